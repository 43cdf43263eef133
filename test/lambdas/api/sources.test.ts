import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const url = 'https://www.koreaherald.com/rss/newsAll';

test('a source is made, read, listed, changed and removed', async () => {
  const token = api.operator;
  const made = await api.call('POST', '/v1/sources', { token, body: { url, name: 'Korea Herald' } });
  expect(made).toMatchObject({
    status: 201,
    headers: { location: `/v1/sources/${made.body.id}`, 'cache-control': 'no-store' },
    body: { url, name: 'Korea Herald', intervalSeconds: 300, paused: false, failures: 0 },
  });
  expect(made.body.nextPollAt).toBe(made.body.createdAt);
  const path = `/v1/sources/${made.body.id}`;
  expect((await api.call('GET', path, { token })).body).toEqual(made.body);
  expect((await api.call('GET', '/v1/sources', { token })).body).toEqual({ items: [made.body] });

  const paused = await api.call('PATCH', path, { token, body: { paused: true, name: 'Herald' } });
  expect(paused.body).toMatchObject({ paused: true, name: 'Herald' });
  expect(paused.body.nextPollAt).toBeUndefined();
  expect(await stored()).not.toHaveProperty('dueKey');

  const resumed = await api.call('PATCH', path, { token, body: { paused: false } });
  expect(await stored()).toMatchObject({ dueKey: 'SOURCE', dueAt: resumed.body.nextPollAt });

  expect((await api.call('DELETE', path, { token })).status).toBe(204);
  expect((await api.call('DELETE', path, { token })).status).toBe(404);
  expect((await api.call('GET', path, { token })).status).toBe(404);
  expect((await api.call('POST', '/v1/sources', { token, body: { url } })).status).toBe(201);

  async function stored() {
    return (await api.scan(variable.registryTable)).find(({ id }) => id === made.body.id);
  }
});

test('a URL is polled by one source, however it is spelled', async () => {
  const body = { url: 'https://Example.com:443/feed.xml#top' };
  const made = await api.call('POST', '/v1/sources', { token: api.operator, body });
  expect(made.body).toMatchObject({ url: 'https://example.com/feed.xml', name: 'example.com' });
  const again = { url: 'https://example.com/feed.xml' };
  expect(await api.call('POST', '/v1/sources', { token: api.operator, body: again })).toMatchObject({
    status: 409,
    headers: { 'content-type': 'application/problem+json' },
    body: { type: '/v1/docs#source-exists', status: 409, errors: [{ pointer: '/url' }] },
  });
});

describe('bodies that are refused', () => {
  const table: [string, unknown, string | undefined][] = [
    ['no URL', {}, '/url'],
    ['a private address', { url: 'http://10.0.0.1/' }, '/url'],
    ['loopback, which only a laptop allows', { url: 'http://127.0.0.1:8080/' }, '/url'],
    ['another scheme', { url: 'file:///etc/passwd' }, '/url'],
    ['a password', { url: 'https://a:b@example.com/' }, '/url'],
    ['polled too often', { url, intervalSeconds: 59 }, '/intervalSeconds'],
    ['polled too rarely', { url, intervalSeconds: 86_401 }, '/intervalSeconds'],
    ['part of a second', { url, intervalSeconds: 60.5 }, '/intervalSeconds'],
    ['a name of two lines', { url, name: 'a\r\nb' }, '/name'],
    ['an empty name', { url, name: '  ' }, '/name'],
    ['a long name', { url, name: 'a'.repeat(101) }, '/name'],
    ['a name that turns the text around', { url, name: 'a\u202eb' }, '/name'],
    ['an unknown field', { url, 'a/b~c': 1 }, '/a~1b~0c'],
    ['an array', [], ''],
    ['null', null, ''],
  ];
  test.each(table)('%s', async (_title, body, pointer) => {
    const { status, body: problem } = await api.call('POST', '/v1/sources', { token: api.operator, body });
    expect(status).toBe(422);
    expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });
});

test('lists come in pages', async () => {
  const { call, operator: token } = api;
  for (let n = 0; n < 5; n++) {
    await call('POST', '/v1/sources', { token, body: { url: `https://pages.example.com/${n}` } });
  }
  const all = (await call('GET', '/v1/sources', { token })).body.items;
  const read = [];
  let cursor: string | undefined;
  do {
    const query: Record<string, string> = cursor ? { limit: '2', cursor } : { limit: '2' };
    const page = (await call('GET', '/v1/sources', { token, query })).body;
    read.push(...page.items);
    cursor = page.next;
  } while (cursor);
  expect(read).toEqual(all);
});
