import { afterAll, beforeAll, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi({ loopback: 'allow' });
});
afterAll(() => api.stop());

const ferry = { name: 'Ferries', query: 'ferry' };
const post = (path: string, token: string, key: string, body: unknown) =>
  api.call('POST', path, { token, body, headers: { 'idempotency-key': key } });

test('a create that is sent again makes nothing new and gets the first answer', async () => {
  const { token } = await api.newSubscriber();
  const first = await post('/v1/watches', token, 'a', ferry);
  expect(await post('/v1/watches', token, 'a', ferry)).toEqual(first);
  expect((await api.call('GET', '/v1/watches', { token })).body.items).toHaveLength(1);
  expect((await post('/v1/watches', token, 'b', ferry)).body.id).not.toBe(first.body.id);
});

test('of many at once one is made', async () => {
  const { token } = await api.newSubscriber();
  const answers = await Promise.all(Array.from({ length: 8 }, () => post('/v1/watches', token, 'k', ferry)));
  const made = answers.filter(({ status }) => status === 201).map(({ body }) => body.id);
  expect(new Set(made).size).toBe(1);
  expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
  expect((await api.call('GET', '/v1/watches', { token })).body.items).toHaveLength(1);
});

test('a key belongs to one request, and to whoever sent it', async () => {
  const [ana, ben] = [await api.newSubscriber(), await api.newSubscriber()];
  await post('/v1/watches', ana.token, 'k', ferry);
  expect(await post('/v1/watches', ana.token, 'k', { ...ferry, name: 'Other' })).toMatchObject({
    status: 422,
    body: { type: '/v1/docs#key-reused' },
  });
  expect((await post('/v1/watches', ben.token, 'k', { ...ferry, name: 'Other' })).status).toBe(201);
});

test('what was refused may be corrected under the same key', async () => {
  const { token } = await api.newSubscriber();
  expect((await post('/v1/watches', token, 'k', { ...ferry, query: '"ferry' })).status).toBe(422);
  expect((await post('/v1/watches', token, 'k', ferry)).status).toBe(201);
});

test('a claim of a function that died is taken over', async () => {
  const { token, id } = await api.newSubscriber();
  await post('/v1/watches', token, 'k', ferry);
  const [kept] = await api.partition(variable.alertsTable, `SUBSCRIBER#${id}`);
  const { answer: _, ...dead } = kept!;
  await api.put(variable.alertsTable, dead);
  expect(await post('/v1/watches', token, 'k', ferry)).toMatchObject({
    status: 409,
    headers: { 'retry-after': '1' },
  });
  await api.put(variable.alertsTable, { ...dead, claimedUntil: 1 });
  expect((await post('/v1/watches', token, 'k', ferry)).status).toBe(201);
});

test.each(['', ' ', 'ä', 'a'.repeat(101)])('key "%s"', async (key) => {
  const { token } = await api.newSubscriber();
  const { status } = await post('/v1/watches', token, key, ferry);
  expect(status).toBe(key === '' ? 201 : 400);
});

test('operators have it too, and a subscriber takes what was kept along', async () => {
  const body = { name: 'Ana', channels: [{ kind: 'email', address: 'once@example.com' }] };
  const [first, second] = [
    await post('/v1/subscribers', api.operator, 's', body),
    await post('/v1/subscribers', api.operator, 's', body),
  ];
  expect(second).toEqual(first);
  const source = { url: 'https://example.com/feed' };
  const made = await post('/v1/sources', api.operator, 'f', source);
  expect(await post('/v1/sources', api.operator, 'f', source)).toEqual(made);
  const { token, id } = await api.newSubscriber();
  await post('/v1/watches', token, 'k', ferry);
  expect((await api.call('GET', '/v1/me/export', { token })).body.alerts).toEqual([]);
  await api.call('DELETE', '/v1/me', { token });
  expect(await api.partition(variable.alertsTable, `SUBSCRIBER#${id}`)).toEqual([]);
});

test('sources and subscribers hold to If-Match', async () => {
  const { token } = await api.newSubscriber();
  const source = { url: 'https://example.com/versions' };
  const made = (await api.call('POST', '/v1/sources', { token: api.operator, body: source })).body;
  for (const [path, who, body] of [
    [`/v1/sources/${made.id}`, api.operator, { name: 'New' }],
    ['/v1/me', token, { name: 'New' }],
  ] as const) {
    const { etag } = (await api.call('GET', path, { token: who })).headers;
    const change = (ifMatch: string) =>
      api.call('PATCH', path, { token: who, body, headers: { 'if-match': ifMatch } });
    const changed = await change(etag!);
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).not.toBe(etag);
    expect(await change(etag!)).toMatchObject({ status: 412, body: { type: '/v1/docs#version-mismatch' } });
    const at = (await api.call('GET', path, { token: who })).headers.etag;
    expect(at).toBe(changed.headers.etag);
  }
  const remove = (ifMatch: string) =>
    api.call('DELETE', `/v1/sources/${made.id}`, { token: api.operator, headers: { 'if-match': ifMatch } });
  expect((await remove('"1"')).status).toBe(412);
  expect((await remove('"2"')).status).toBe(204);
});
