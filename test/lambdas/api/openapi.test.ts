import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, startApi } from './harness.ts';

let api: Api;
// biome-ignore lint/suspicious/noExplicitAny: a document of any shape
let document: any;
beforeAll(async () => {
  api = await startApi();
  document = (await api.call('GET', '/v1/openapi.json')).body;
});
afterAll(() => api.stop());

/** Every object in the document that has a key. */
function holders(key: string, from: unknown = document): Record<string, unknown>[] {
  if (typeof from !== 'object' || from === null) return [];
  const inside = Object.values(from).flatMap((value) => holders(key, value));
  return key in from ? [from as Record<string, unknown>, ...inside] : inside;
}

test('it has an operation for every endpoint, each with a name of its own', () => {
  const operations = holders('operationId');
  expect(operations).toHaveLength(api.endpoints.length);
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  for (const { method, path } of api.endpoints) {
    expect(document.paths[path]).toHaveProperty(method.toLowerCase());
  }
});

test('every reference leads somewhere', () => {
  const references = holders('$ref').map(({ $ref }) => String($ref));
  expect(references).not.toEqual([]);
  for (const reference of references) {
    const steps = reference.replace('#/', '').split('/');
    expect(steps.reduce((at, step) => at?.[step], document)).toBeTypeOf('object');
  }
});

test('a watch is described as it is validated', () => {
  const { post } = document.paths['/v1/watches'];
  expect(post.requestBody.content['application/json'].schema).toMatchObject({
    additionalProperties: false,
    required: ['name', 'query'],
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 100 },
      query: { type: 'string', minLength: 1, maxLength: 4096 },
      frequency: { enum: ['instant', 'hourly', 'daily', 'weekly'], default: 'instant' },
    },
  });
  expect(Object.keys(post.responses)).toEqual([
    '201',
    '400',
    '401',
    '403',
    '404',
    '409',
    '413',
    '415',
    '422',
    '500',
    '503',
  ]);
  expect(post.security).toEqual([{ subscriber: [] }]);
});

test('parameters are those of path and query string', () => {
  const names = (path: string) =>
    document.paths[path].get.parameters.map((one: { in: string; name: string }) => `${one.in} ${one.name}`);
  expect(names('/v1/alerts')).toEqual(['query limit', 'query cursor', 'query watch', 'query search']);
  expect(names('/v1/alerts/{alertId}')).toEqual(['path alertId']);
});
