/** Every documented answer occurs: each operation is asked well, and in every way that its document says may fail. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import type { Endpoint } from '../../../lambdas/api/endpoint.ts';
import { problemsOf } from '../../../lambdas/api/openapi.ts';
import { type ProblemSlug, statusOf } from '../../../lambdas/api/problems.ts';
import { keys } from '../../../lambdas/keys.ts';
import { type FeedServer, rss, startFeedServer } from '../../feed-server.ts';
import { type Api, type Call, startApi } from './harness.ts';

let api: Api;
let site: FeedServer;
beforeAll(async () => {
  api = await startApi({ signUp: 'open', loopback: 'allow' });
  site = await startFeedServer();
  site.answer = () => ({ body: rss([]) });
});
afterAll(() => {
  site.stop();
  api.stop();
});

let next = 0;
const email = () => ({ kind: 'email', address: `answer${next++}@example.com` });
const watch = { name: 'Ferries', query: 'ferry' };
const phone = () => ({
  kind: 'sms',
  address: `+1${200 + (next % 300)}55501${String(next++ % 100).padStart(2, '0')}`,
});
const source = () => ({ url: `https://example.com/feed/${next++}` });

/** What makes a request of each operation a good one, by method and path. */
const bodies: Record<string, () => object> = {
  'POST /v1/sources': source,
  'POST /v1/sources/opml': () => ({ opml: '<outline xmlUrl="https://example.org/rss"/>' }),
  'POST /v1/sources/discover': () => ({ url: site.url }),
  'PATCH /v1/sources/{sourceId}': () => ({ name: 'Herald' }),
  'POST /v1/subscribers': () => ({ channels: [email()] }),
  'POST /v1/subscribers/{subscriberId}/channels': email,
  'POST /v1/subscribers/{subscriberId}/tokens': () => ({ name: 'script' }),
  'POST /v1/sessions': email,
  'POST /v1/sessions/verify': () => ({ ...email(), code: 'AAAA-AAAA' }),
  'POST /v1/channels/confirm': () => ({
    link: 'https://sns.us-east-1.amazonaws.com/?TopicArn=arn:aws:sns:us-east-1:000000000000:Tocsin-channel-aaaaaaaaaaaaaaaa&Token=sound',
  }),
  'PATCH /v1/me': () => ({ name: 'Ana' }),
  'POST /v1/me/channels': email,
  'PATCH /v1/me/channels/{channelId}': () => ({ quietHours: null }),
  'POST /v1/me/channels/{channelId}/confirm': () => ({ code: 'AAAA-AAAA' }),
  'POST /v1/me/tokens': () => ({ name: 'script' }),
  'POST /v1/watches': () => watch,
  'PUT /v1/watches/{watchId}': () => watch,
  'PATCH /v1/watches/{watchId}': () => ({ paused: true }),
  'POST /v1/watches/preview': () => ({ query: 'ferry' }),
  'POST /v1/lists': () => watch,
  'PATCH /v1/lists/{listId}': () => ({ frequency: 'daily' }),
  'POST /v1/lists/{listId}/members': email,
};

/** Somebody who has one of everything. */
async function someone() {
  const channels = [email(), { kind: 'webhook', address: `https://hooks.example.com/${next++}` }];
  const { id, token, subscriber } = await api.newSubscriber({ channels });
  const as = (method: string, path: string, body?: object) =>
    api.call(method, path, { token, ...(body && { body }) });
  const watchId = (await as('POST', '/v1/watches', watch)).body.id;
  const feed = (await as('POST', `/v1/watches/${watchId}/feed`)).body.atom;
  await api.put(variable.alertsTable, { ...keys.alert(id, 'story1'), ...alert });
  await api.put(variable.articlesTable, { ...keys.article('a1'), ...article });
  const tokenId = (await as('POST', '/v1/me/tokens', { name: 'script' })).body.id;
  const made = (await api.call('POST', '/v1/sources', { token: api.operator, body: source() })).body;
  const channelId = subscriber.channels[1].id;
  const listId = (await api.call('POST', '/v1/lists', { token: api.operator, body: watch })).body.id;
  const { signAction } = await import('../../../lambdas/delivery/action-link.ts');
  const signed = await signAction({ subscriberId: id, channelId, storyId: 'story1', endsAt: never });
  await api.put(variable.alertsTable, { ...keys.shortLink('short'), url: article.url, endsAt: never });
  const ids: Record<string, string> = {
    ...{ signed, code: 'short', name: 'MatchQueue', span: 'day', listId },
    ...{ subscriberId: id, watchId, tokenId, sourceId: made.id, alertId: 'story1' },
    ...{ channelId: channelId, secret: feed.split('/').at(-1) },
  };
  return { id, token, ids, subscriber };
}
type Someone = Awaited<ReturnType<typeof someone>>;

const at = '2026-11-23T08:00:00.000Z';
const never = '2099-11-23T08:00:00.000Z';
const article = {
  id: 'a1',
  storyId: 'a1',
  url: 'https://example.com/1',
  title: 'A ferry',
  sourceId: 's',
  seenAt: at,
  silent: false,
};
const alert = { storyId: 'story1', article, watches: [], seenAt: at };

const nameOf = ({ method, path }: Pick<Endpoint, 'method' | 'path'>) => `${method} ${path}`;

/** From an address of its own, so that no limit is met by chance. */
const elsewhere = () => `203.0.113.${next++ % 256}`;

function ask({ token, ids }: Someone, endpoint: Endpoint, call: Call = {}) {
  // As if nobody had ever driven them again.
  Object.assign(api.sqs.queues.get('MatchQueue')!, { dead: 1, task: undefined });
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_: string, name: string) => ids[name]!);
  const tokenless = endpoint.role === 'anyone' || endpoint.role === 'visitor';
  const who = endpoint.role === 'subscriber' ? token : tokenless ? undefined : api.operator;
  const query: Record<string, string> =
    endpoint.path === '/v1/explain' ? { article: 'a1', watch: ids.watchId! } : {};
  const body = bodies[nameOf(endpoint)]?.();
  return api.call(endpoint.method, path, {
    ...{ token: who, query, sourceIp: elsewhere(), ...(body && { body }) },
    ...call,
  });
}

const idsOfNothing = new Proxy({}, { get: () => 'aaaaaaaaaaaaaaaa' });

/** How each problem comes about, whatever the operation. */
const causes: Partial<Record<ProblemSlug, (one: Endpoint) => Promise<unknown>>> = {
  'invalid-parameters': async (one) => ask(await someone(), one, { query: { nonsense: '1' } }),
  unauthenticated: async (one) => ask(await someone(), one, { token: 'nonsense' }),
  forbidden: async (one) => {
    const ana = await someone();
    return ask(ana, one, { token: one.role === 'subscriber' ? api.operator : ana.token });
  },
  'not-found': async (one) => {
    const ana = await someone();
    await ask(
      { ...ana, ids: idsOfNothing },
      one,
      one.path === '/v1/explain' ? { query: { article: 'x', watch: 'y' } } : {},
    );
    if (one.path.includes('{')) return;
    // Whoever leaves while a request of theirs is under way.
    await api.drop(variable.registryTable, keys.subscriber(ana.id));
    await ask(ana, one, one.path === '/v1/explain' ? { query: { article: 'x', watch: 'y' } } : {});
  },
  'body-too-large': async (one) => ask(await someone(), one, { body: ' '.repeat(2_100_000) }),
  'not-json': async (one) => ask(await someone(), one, { headers: { 'content-type': 'text/plain' } }),
  'malformed-json': async (one) => ask(await someone(), one, { body: '{' }),
  'invalid-body': async (one) => ask(await someone(), one, { body: { nonsense: true } }),
  'version-mismatch': async (one) => ask(await someone(), one, { headers: { 'if-match': '"99"' } }),
  'key-reused': async (one) => {
    const ana = await someone();
    for (let n = 0; n < 2; n++) {
      const body = {
        ...bodies[nameOf(one)]!(),
        ...(n && one.path !== '/v1/watches' ? {} : { name: `N${n}` }),
      };
      const { name: _, ...plain } = body as { name?: string };
      const sent = /channels$/.test(one.path) ? plain : body;
      await ask(ana, one, {
        token: one.role === 'subscriber' ? ana.token : api.operator,
        body: sent,
        headers: { 'idempotency-key': `k${ana.id}` },
      });
    }
  },
  'too-many-requests': async (one) => {
    const ana = await someone();
    const body = bodies[nameOf(one)]!();
    const token = one.role === 'guest' ? undefined : ana.token;
    const asked = Array.from({ length: 70 }, () => ask(ana, one, { body, sourceIp: '192.0.2.1', token }));
    return Promise.all(asked);
  },
};

/** What has to have been done before an operation can be asked well. */
const before: Record<string, (ana: Someone) => Promise<void>> = {
  'DELETE /v1/lists/{listId}/members/{channelId}': async (ana) => {
    ana.ids.channelId = await joinByText(ana);
  },
};

/** @returns the phone that follows the list, and asked to twice */
async function joinByText({ id, token, ids }: Someone): Promise<string> {
  const path = `/v1/subscribers/${id}/channels`;
  const channelId = (await api.call('POST', path, { token: api.operator, body: phone() })).body.id;
  for (let n = 0; n < 2; n++) {
    await api.call('POST', `/v1/lists/${ids.listId}/members`, { token, body: { channelId } });
  }
  return channelId;
}

test('every operation answers as it should when it is asked well', { timeout: 300_000 }, async () => {
  for (const one of api.endpoints) {
    const ana = await someone();
    await before[nameOf(one)]?.(ana);
    const { status } = await ask(ana, one);
    if (nameOf(one) !== 'POST /v1/sessions/verify' && !one.path.endsWith('/confirm')) {
      expect([nameOf(one), status]).toEqual([nameOf(one), expect.toSatisfy((code: number) => code < 400)]);
    }
  }
});

/** Only races bring these about, and faults: `transactions.test.ts`, `faults.test.ts`. */
const byChance = new Set<ProblemSlug>(['conflict', 'internal', 'unavailable']);

test('every documented answer occurs', { timeout: 600_000 }, async () => {
  for (const one of api.endpoints) {
    for (const slug of problemsOf(one)) await causes[slug]?.(one);
  }
  await signInAndLeave();
  await followByText();
  await meetLimits();
  const certain = api.endpoints.flatMap((one) => {
    const statuses = problemsOf(one)
      .filter((slug) => !byChance.has(slug))
      .map(statusOf);
    return [...one.success, ...statuses].map((status) => `${operationOf(one)} ${status}`);
  });
  expect([...new Set(certain)].filter((answer) => !api.documented.seen.has(answer)).toSorted()).toEqual([]);
});

const operationOf = ({ method, path }: Endpoint) => api.documented.operationOf(method, path);

/** What only a sequence of requests brings about. */
async function signInAndLeave(): Promise<void> {
  const phone = { kind: 'sms', address: '+15555550150' };
  const post = (path: string, body: object, token?: string) =>
    api.call('POST', path, { body, sourceIp: elsewhere(), token });
  const code = () => /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(api.sns.published.at(-1)?.text ?? '')![0];
  await post('/v1/subscribers', { channels: [phone] });
  const { token } = (await post('/v1/sessions/verify', { ...phone, code: code() })).body;
  const second = { kind: 'sms', address: '+15555550151' };
  const added = (await post('/v1/me/channels', second, token)).body;
  await post('/v1/me/channels', second, token);
  await post(`/v1/me/channels/${added.id}/confirm`, { code: code() }, token);
  const channels = (await api.call('GET', '/v1/me/channels', { token })).body.items;
  await api.call('DELETE', `/v1/me/channels/${channels[0].id}`, { token });
  await api.call('DELETE', `/v1/me/channels/${channels[1].id}`, { token });
  const left = (await api.call('GET', '/v1/me/channels', { token })).body.items;
  await api.call('DELETE', `/v1/me/channels/${left[0].id}`, { token });
  const known = email();
  const ana = await api.newSubscriber({ channels: [known] });
  await post('/v1/subscribers', { channels: [known] }, api.operator);
  await post(`/v1/subscribers/${ana.id}/channels`, known, api.operator);
  const ben = await api.newSubscriber();
  await post(`/v1/subscribers/${ben.id}/channels`, known, api.operator);
}

/** As many as may follow a list by text, and one who is nobody. */
async function followByText(): Promise<void> {
  const ana = await someone();
  await joinByText(ana);
  const path = `/v1/lists/${ana.ids.listId}/members`;
  await api.call('POST', path, { body: { channelId: 'aaaaaaaaaaaaaaaa' }, sourceIp: elsewhere() });
  const items = await api.partition(variable.registryTable, `SUBSCRIBER#${ana.ids.listId}`);
  const list = items.find(({ sk }) => sk === 'LIST');
  await api.put(variable.registryTable, { ...list, memberCount: 100 });
  await joinByText(ana);
}

/** A subscriber who has as many of everything as there may be, and a source that is there. */
async function meetLimits(): Promise<void> {
  const { id, token } = await api.newSubscriber();
  const [item] = (await api.partition(variable.registryTable, `SUBSCRIBER#${id}`)).filter(
    ({ sk }) => sk === 'SUBSCRIBER',
  );
  await api.put(variable.registryTable, { ...item, watchCount: 500, tokenCount: 50, channelCount: 20 });
  await api.call('POST', '/v1/watches', { token, body: watch });
  await api.call('POST', '/v1/me/tokens', { token, body: { name: 'one more' } });
  await api.call('POST', '/v1/me/channels', { token, body: email() });
  await api.call('POST', `/v1/subscribers/${id}/tokens`, { token: api.operator, body: { name: 'one more' } });
  const body = source();
  for (let n = 0; n < 2; n++) await api.call('POST', '/v1/sources', { token: api.operator, body });
  await api.call('POST', '/v1/queues/PollQueue/redrive', { token: api.operator });
}
