import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { keys } from '../../../lambdas/keys.ts';
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
  const { call, operator: token, readPages } = api;
  for (let n = 0; n < 5; n++) {
    await call('POST', '/v1/sources', { token, body: { url: `https://pages.example.com/${n}` } });
  }
  const all = (await call('GET', '/v1/sources', { token })).body.items;
  expect(await readPages('/v1/sources', token, 2)).toEqual(all);
});

describe('a changed source is polled', () => {
  const [now, before, soon, later] = ['08:00:00', '07:59:30', '08:00:30', '08:04:30'].map(
    (time) => `2026-11-23T${time}.000Z`,
  ) as [string, string, string, string];
  const source = {
    ...{ id: 's', url, name: 's', intervalSeconds: 300, paused: false, createdAt: before },
    ...{ nextPollAt: later, lastPolledAt: before, failures: 0, seen: [], dueKey: 'SOURCE' },
  };
  const paused = { ...source, paused: true, dueKey: undefined };
  const stopped = { ...source, dueKey: undefined };
  // biome-ignore format: a table
  const table: [string, object, object, string | undefined][] = [
    ['as before when only its name changes', source, { name: 'New' }, undefined],
    ['sooner when its interval is shorter', source, { intervalSeconds: 60 }, soon],
    ['as before when its interval is longer', source, { intervalSeconds: 600 }, undefined],
    ['as before when it waits longer than its interval', { ...source, nextPollAt: before }, { intervalSeconds: 60 }, undefined],
    ['never when it is paused', source, { paused: true }, undefined],
    ['never while it stays paused', paused, { intervalSeconds: 60 }, undefined],
    ['when its interval has passed since the last poll', paused, { paused: false }, later],
    ['at once when that was long ago', { ...paused, lastPolledAt: '2026-11-22T08:00:00.000Z' }, { paused: false }, now],
    ['at once when it never was', { ...paused, lastPolledAt: undefined }, { paused: false }, now],
    ['again when it had been stopped', stopped, { paused: false }, later],
    ['never when it was stopped and only renamed', stopped, { name: 'New' }, undefined],
  ];
  test.each(table)('%s', async (_title, from, change, expected) => {
    const { nextPollAfter } = await import('../../../lambdas/api/sources.ts');
    expect(nextPollAfter(from as typeof source, change, now)).toBe(expected);
  });
});

test('a source that nobody named takes its feed’s title, until somebody does', async () => {
  const body = { url: 'https://unnamed.example.com/feed' };
  const { id, name } = (await api.call('POST', '/v1/sources', { token: api.operator, body })).body;
  expect(name).toBe('unnamed.example.com');
  const stored = async () => (await api.partition(variable.registryTable, keys.source(id).pk))[0];
  expect(await stored()).toMatchObject({ unnamed: true });
  const patch = (change: object) =>
    api.call('PATCH', `/v1/sources/${id}`, { token: api.operator, body: change });
  await patch({ intervalSeconds: 600 });
  expect(await stored()).toMatchObject({ unnamed: true });
  await patch({ name: 'Herald' });
  expect(await stored()).not.toHaveProperty('unnamed');
});
