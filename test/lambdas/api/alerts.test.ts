import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Delivery } from '../../../core/delivery/delivery.ts';
import { variable } from '../../../core/environment.ts';
import { index } from '../../../core/indexes.ts';
import { keys, partition } from '../../../lambdas/keys.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
let ana: { id: string; token: string };
beforeAll(async () => {
  api = await startApi();
  ana = await api.newSubscriber();
  for (let n = 0; n < 9; n++) await putAlert(n, n % 3 === 0 ? 'port' : 'ferry');
});
afterAll(() => api.stop());

const minute = (n: number) => `2026-11-23T08:0${n}:00.000Z`;

function putAlert(n: number, watchId: string) {
  const storyId = `story${n}`;
  const watch = { watchId, version: 1, name: watchId, query: watchId, matchedAt: minute(n) };
  return api.put(variable.alertsTable, {
    ...keys.alert(ana.id, storyId),
    id: `${ana.id}-${storyId}`,
    storyId,
    subscriberId: ana.id,
    article: {
      id: 'a',
      url: 'https://example.com/a',
      title: `Story ${n}`,
      body: 'Text',
      sourceId: 's',
      sourceName: n > 4 ? 'Die Zeit' : 'São Bento',
    },
    watches: [watch],
    seenAt: minute(n),
    matchedAt: minute(n),
    [index.alertsTimeline.pk]: partition.subscriber(ana.id),
    [index.alertsTimeline.sk]: minute(n),
  });
}

async function pages(query: Record<string, string>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await api.call('GET', '/v1/alerts', {
      token: ana.token,
      query: cursor ? { ...query, cursor } : query,
    });
    ids.push(...body.items.map(({ id }: { id: string }) => id));
    cursor = body.next;
  } while (cursor);
  return ids;
}

test('alerts come newest first, in pages of any size', async () => {
  const all = [8, 7, 6, 5, 4, 3, 2, 1, 0].map((n) => `story${n}`);
  for (const limit of ['1', '2', '4', '9', '100']) expect(await pages({ limit })).toEqual(all);
});

test('or only those of one watch', async () => {
  for (const limit of ['1', '2', '3', '100']) {
    expect(await pages({ limit, watch: 'port' })).toEqual(['story6', 'story3', 'story0']);
  }
  expect(await pages({ watch: 'other' })).toEqual([]);
});

test.each<[string, string[], Record<string, string>?]>([
  ['story', [8, 7, 6, 5, 4, 3, 2, 1, 0].map((n) => `story${n}`)],
  ['STORY 3', ['story3']],
  ['sao  story', ['story4', 'story3', 'story2', 'story1', 'story0']],
  ['zeit port', ['story6']],
  ['zeit', ['story6'], { watch: 'port' }],
  ['text', []],
])('or those with the words %s', async (search, found, rest = {}) => {
  for (const limit of ['1', '2', '100']) expect(await pages({ limit, search, ...rest })).toEqual(found);
});

test('an alert says what it is, without the text of the article', async () => {
  const { body } = await api.call('GET', '/v1/alerts/story1', { token: ana.token });
  expect(body).toEqual({
    id: 'story1',
    article: {
      id: 'a',
      url: 'https://example.com/a',
      title: 'Story 1',
      sourceId: 's',
      sourceName: 'São Bento',
    },
    watches: [{ watchId: 'ferry', version: 1, name: 'ferry', query: 'ferry', matchedAt: minute(1) }],
    seenAt: minute(1),
    matchedAt: minute(1),
    copies: [],
    deliveries: [],
  });
});

describe('a delivery', () => {
  const at = minute(9);
  // biome-ignore format: a table
  const table: [string, Delivery, object][] = [
    ['waits', { state: 'waiting', dueAt: at, attempts: 0 }, { state: 'waiting', dueAt: at }],
    ['waits for its channel', { state: 'waiting', dueAt: at, attempts: 0, hold: 'channel-pending' }, { state: 'waiting', dueAt: at, why: 'channel-pending' }],
    ['is being sent', { state: 'claimed', dueAt: at, attempts: 1, claimId: 'secret' }, { state: 'claimed', dueAt: at }],
    ['was sent', { state: 'sent', sentAt: at, messageId: 'm' }, { state: 'sent', sentAt: at }],
    ['failed', { state: 'failed', failedAt: at, error: 'EndpointDisabled' }, { state: 'failed', failedAt: at, why: 'EndpointDisabled' }],
    ['was withdrawn', { state: 'withdrawn', withdrawnAt: at, reason: 'expired' }, { state: 'withdrawn', withdrawnAt: at, why: 'expired' }],
    ['is for a digest', { state: 'in-digest', slot: at }, { state: 'in-digest', digestAt: at }],
  ];
  test.each(table)('%s', async (_title, delivery, answer) => {
    await api.put(variable.alertsTable, {
      ...keys.delivery(ana.id, 'story2', 'c1'),
      channelId: 'c1',
      ...delivery,
    });
    const { body } = await api.call('GET', '/v1/alerts/story2', { token: ana.token });
    expect(body.deliveries).toEqual([{ channelId: 'c1', ...answer }]);
  });

  test('in a digest shares what becomes of it', async () => {
    const digest: Delivery = { state: 'sent', sentAt: minute(8), messageId: 'm' };
    await api.put(variable.alertsTable, {
      ...keys.delivery(ana.id, 'story4', 'c1'),
      channelId: 'c1',
      state: 'in-digest',
      slot: at,
    });
    await api.put(variable.alertsTable, {
      ...keys.digest(ana.id, 'c1', at),
      channelId: 'c1',
      slot: at,
      ...digest,
    });
    const { body } = await api.call('GET', '/v1/alerts/story4', { token: ana.token });
    expect(body.deliveries).toEqual([{ channelId: 'c1', state: 'sent', sentAt: minute(8), digestAt: at }]);
  });
});

test("another's alert is not there", async () => {
  const ben = await api.newSubscriber();
  expect((await api.call('GET', '/v1/alerts/story1', { token: ben.token })).status).toBe(404);
  const { body } = await api.call('GET', '/v1/alerts', { token: ana.token, query: { limit: '2' } });
  const stolen = await api.call('GET', '/v1/alerts', { token: ben.token, query: { cursor: body.next } });
  expect(stolen).toMatchObject({ status: 200, body: { items: [] } });
});

test.each([
  ['limit=0', { limit: '0' }],
  ['limit=101', { limit: '101' }],
  ['limit=x', { limit: 'x' }],
  ['a cursor that is none', { cursor: 'abc' }],
  [
    'a cursor with a key in it',
    { cursor: Buffer.from('{"id":"a","pk":"SUBSCRIBER#x"}').toString('base64url') },
  ],
  ['a search of nothing', { search: '  ' }],
  ['a search that is long', { search: 'a'.repeat(201) }],
  ['an unknown parameter', { since: '2026' }],
])('%s is refused', async (_title, query) => {
  const { status, body } = await api.call('GET', '/v1/alerts', {
    token: ana.token,
    query: query as Record<string, string>,
  });
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([{ parameter: Object.keys(query)[0], detail: expect.any(String) }]);
});
