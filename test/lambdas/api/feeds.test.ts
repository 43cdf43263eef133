import { afterAll, beforeAll, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { index } from '../../../core/indexes.ts';
import { keys } from '../../../lambdas/keys.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

async function watchWithAlert() {
  const { token, id: subscriberId } = await api.newSubscriber();
  const body = { name: 'Ferries & more', query: 'ferry' };
  const { id: watchId } = (await api.call('POST', '/v1/watches', { token, body })).body;
  const article = { id: 'a1', url: 'https://example.com/1', title: 'A ferry <sank>', sourceId: 's1' };
  const alertedAt = '2026-11-23T08:00:00.000Z';
  const watch = { watchId, version: 1, name: body.name, query: body.query, matchedAt: alertedAt };
  await api.put(variable.alertsTable, {
    ...{ id: 'st1', storyId: 'st1', subscriberId, article, watches: [watch], seenAt: alertedAt },
    ...keys.alert(subscriberId, 'st1'),
    [index.alertsTimeline.pk]: `SUBSCRIBER#${subscriberId}`,
    [index.alertsTimeline.sk]: alertedAt,
  });
  const feed = (await api.call('POST', `/v1/watches/${watchId}/feed`, { token })).body;
  return { token, watchId, subscriberId, feed };
}

const get = (address: string) => {
  const { pathname, searchParams } = new URL(address, 'http://api');
  return api.call('GET', pathname, { query: Object.fromEntries(searchParams) });
};

test('a watch is read as Atom and as JSON Feed by whoever has the address', async () => {
  const { feed } = await watchWithAlert();
  const atom = await get(feed.atom);
  expect(atom).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'application/atom+xml; charset=utf-8',
      'cache-control': 'private, max-age=300',
    },
  });
  expect(atom.body).toContain('<title>A ferry &lt;sank&gt;</title><link href="https://example.com/1"/>');
  const json = await get(feed.json);
  expect(json.headers['content-type']).toBe('application/feed+json; charset=utf-8');
  expect(json.body).toMatchObject({ title: 'Ferries & more', items: [{ url: 'https://example.com/1' }] });
});

test('the address is stored as a hash, and is none after it was replaced, taken back, or the watch removed', async () => {
  const { token, watchId, feed } = await watchWithAlert();
  const secret = feed.atom.split('/').at(-1);
  expect(JSON.stringify(await api.scan(variable.registryTable))).not.toContain(secret);
  const path = `/v1/watches/${watchId}/feed`;
  const second = (await api.call('POST', path, { token })).body;
  expect((await get(feed.atom)).status).toBe(404);
  expect((await get(second.atom)).status).toBe(200);
  expect((await api.call('DELETE', path, { token })).status).toBe(204);
  expect((await api.call('DELETE', path, { token })).status).toBe(404);
  expect((await get(second.atom)).status).toBe(404);
  const third = (await api.call('POST', path, { token })).body;
  await api.call('DELETE', `/v1/watches/${watchId}`, { token });
  expect((await get(third.atom)).status).toBe(404);
});

test("another's watch gets no feed, and a subscriber takes feeds along", async () => {
  const [ana, ben] = [await watchWithAlert(), await watchWithAlert()];
  for (const method of ['POST', 'DELETE']) {
    const { status } = await api.call(method, `/v1/watches/${ana.watchId}/feed`, { token: ben.token });
    expect(status).toBe(404);
  }
  await api.call('DELETE', '/v1/me', { token: ana.token });
  expect((await get(ana.feed.atom)).status).toBe(404);
  expect((await get(ben.feed.atom)).status).toBe(200);
  const left = (await api.scan(variable.registryTable)).filter(({ pk }) => pk.startsWith('FEED#'));
  expect(left.map(({ watchId }) => watchId)).not.toContain(ana.watchId);
});
