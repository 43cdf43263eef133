/** Every route with every role and with every kind of bad input. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../../lambdas/api/endpoint.ts';
import { type Answer, type Api, startApi } from './harness.ts';

const api: Api = await startApi({ loopback: 'allow' });
afterAll(() => api.stop());

const tokens = {
  nobody: undefined,
  stranger: `tocsin_op_${'x'.repeat(32)}`,
  garbage: 'abc',
  operator: api.operator,
  subscriber: (await api.newSubscriber()).token,
};
type Who = keyof typeof tokens;

/** Ids of things that are somebody else's, and exist. */
const ids: Record<string, string> = {};
beforeAll(async () => {
  const channels = [{ kind: 'sms', address: '+15555550101' }];
  const other = await api.newSubscriber({ channels });
  const watch = { name: 'Ferries', query: 'ferry' };
  const made = await api.call('POST', '/v1/watches', { token: other.token, body: watch });
  const source = { url: 'https://example.com/feed' };
  Object.assign(ids, {
    subscriberId: other.id,
    channelId: other.subscriber.channels[0].id,
    watchId: made.body.id,
    sourceId: (await api.call('POST', '/v1/sources', { token: api.operator, body: source })).body.id,
    listId: (await api.call('POST', '/v1/lists', { token: api.operator, body: watch })).body.id,
    alertId: 'story1',
    secret: 'secret',
    name: 'PollQueue',
    tokenId: (await api.call('GET', '/v1/me/tokens', { token: other.token })).body.items[0].id,
  });
});

async function send({ method, path, body }: Endpoint, who: Who, unknown = false): Promise<Answer> {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_: string, name: string) =>
    unknown ? 'aaaaaaaaaaaaaaaa' : ids[name]!,
  );
  const leaves = method === 'DELETE' && path === '/v1/me' && who === 'subscriber';
  const token = leaves ? (await api.newSubscriber()).token : tokens[who];
  return api.call(method, filled, { token, ...(body && { body: { nonsense: true } }) });
}

const all = api.endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const);

/** One of those who may. Where sign-up is by invitation, a guest is an operator. */
function scopeOf({ role }: Endpoint): Who {
  const oneOf = { anyone: 'nobody', visitor: 'nobody', known: 'subscriber', guest: 'operator' } as const;
  return role === 'operator' || role === 'subscriber' ? role : oneOf[role];
}

function isProblem({ status, headers, body }: Answer): void {
  expect(headers['content-type']).toBe('application/problem+json');
  expect(body).toMatchObject({ type: expect.stringMatching(/^\/v1\/docs#[a-z-]+$/), status });
  expect(body.title).toEqual(expect.any(String));
}

describe('who may', () => {
  test.each(all)('%s', async (_title, endpoint) => {
    for (const who of Object.keys(tokens) as Who[]) {
      const answer = await send(endpoint, who);
      const isWelcome = endpoint.role === 'visitor' && who !== 'stranger' && who !== 'garbage';
      if (endpoint.role === 'anyone' || isWelcome) {
        expect([200, 404, 422]).toContain(answer.status);
      } else if (who === 'nobody' || who === 'stranger' || who === 'garbage') {
        isProblem(answer);
        const challenge = `Bearer realm="tocsin"${who === 'nobody' ? '' : ', error="invalid_token"'}`;
        expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': challenge } });
      } else if (endpoint.role !== 'known' && who !== scopeOf(endpoint)) {
        isProblem(answer);
        expect(answer.status).toBe(403);
      } else if (who === 'operator' && endpoint.method === 'DELETE') {
        expect(answer.status).toBeLessThan(500);
      } else {
        expect([401, 403]).not.toContain(answer.status);
        if (who === 'subscriber' && endpoint.path.includes('{') && !endpoint.body) {
          expect(answer.status).toBe(404);
        }
      }
    }
  });
});

describe('ids that name nothing', () => {
  const withId = all.filter(([, { path, body }]) => path.includes('{') && !body);
  test.each(withId)('%s', async (_title, endpoint) => {
    const answer = await send(endpoint, scopeOf(endpoint), true);
    isProblem(answer);
    expect(answer.status).toBe(404);
  });

  test.each(['a#b', 'a%23b', '..', 'ä', 'a'.repeat(65)])('%s', async (id) => {
    const { status } = await api.call('GET', `/v1/sources/${id}`, { token: api.operator });
    expect(status).toBe(404);
  });
});

describe('bodies that are no JSON objects', () => {
  const withBody = all.filter(([, { body }]) => body);
  const bad: [string, object, number][] = [
    ['nothing', { headers: { 'content-type': 'application/json' } }, 400],
    ['not JSON', { body: '{"name":' }, 400],
    ['deep', { body: '['.repeat(60_000) }, 400],
    ['prototype', { body: '{"__proto__":{"a":1}}' }, 400],
    ['plain text', { body: '{}', headers: { 'content-type': 'text/plain' } }, 415],
    ['large', { body: JSON.stringify({ name: 'a'.repeat(2_100_000) }) }, 413],
    ['a number', { body: '1' }, 422],
    ['an array', { body: '[]' }, 422],
    ['null', { body: 'null' }, 422],
  ];
  test.each(withBody)('%s', async (_title, endpoint) => {
    const { method, path } = endpoint;
    const filled = path.replaceAll(/\{(\w+)\}/g, (_: string, name: string) => ids[name]!);
    for (const [, options, status] of bad) {
      const answer = await api.call(method, filled, { token: tokens[scopeOf(endpoint)], ...options });
      isProblem(answer);
      expect(answer.status).toBe(status);
    }
  });

  test.each(withBody)('random JSON: %s', async (_title, endpoint) => {
    const { method, path } = endpoint;
    const filled = path.replaceAll(/\{(\w+)\}/g, (_: string, name: string) => ids[name]!);
    const known = fc.constantFrom(
      'name',
      'query',
      'channels',
      'kind',
      'address',
      'url',
      'paused',
      'frequency',
    );
    const body = fc.oneof(fc.jsonValue(), fc.dictionary(known, fc.jsonValue()));
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        const answer = await api.call(method, filled, {
          token: tokens[scopeOf(endpoint)],
          body: JSON.stringify(value),
        });
        if (answer.status < 300) return;
        isProblem(answer);
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });
});

test.each([
  ['GET', '/', 404],
  ['GET', '/v1', 404],
  ['GET', '/v1/nothing', 404],
  ['GET', '/v1/__proto__', 404],
  ['HEAD', '/v1/health', 405],
  ['DELETE', '/v1/sources', 405],
  ['PUT', '/v1/sources/abc', 405],
])('%s %s: %i', async (method, path, status) => {
  const answer = await api.call(method, path, { token: api.operator });
  isProblem(answer);
  expect(answer.status).toBe(status);
  if (status === 405) expect(answer.headers.allow).toMatch(/GET|POST/);
});

test('every answer keeps browsers and caches out', async () => {
  for (const path of ['/v1/health', '/v1/nothing']) {
    expect((await api.call('GET', path)).headers).toMatchObject({
      'cache-control': 'no-store',
      'Content-Security-Policy': expect.stringContaining("default-src 'none'"),
      'X-Content-Type-Options': 'nosniff',
      'Strict-Transport-Security': expect.any(String),
    });
  }
});

test('a query string that nobody asked for is refused', async () => {
  const answer = await api.call('GET', '/v1/me', { token: tokens.subscriber, query: { all: '1' } });
  isProblem(answer);
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ parameter: 'all' }] } });
});
