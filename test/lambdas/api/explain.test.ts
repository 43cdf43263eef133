import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { keys } from '../../../lambdas/keys.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const past = '2026-01-01T08:00:00.000Z';
const future = '2099-01-01T08:00:00.000Z';

async function putArticle(article: object = {}) {
  const item = {
    ...{
      id: 'a1',
      storyId: 'a1',
      url: 'https://example.com/1',
      title: 'A ferry strike in Busan',
      sourceId: 's1',
    },
    ...{ seenAt: future, matchedAt: future, silent: false, ...article },
  };
  await api.put(variable.articlesTable, { ...item, ...keys.article(item.id) });
  return item;
}

async function watcher(watch: object = {}) {
  const { token, id } = await api.newSubscriber();
  const body = { name: 'Ferries', query: 'ferry -busan', ...watch };
  const { id: watchId } = (await api.call('POST', '/v1/watches', { token, body })).body;
  const explain = async (article: string) =>
    api.call('GET', '/v1/explain', { token, query: { article, watch: watchId } });
  return { token, id, watchId, explain };
}

test('a miss says which clause failed, and which word was found where', async () => {
  await putArticle();
  const { explain } = await watcher();
  expect(await explain('a1')).toMatchObject({
    status: 200,
    body: {
      outcome: 'not-matched',
      matched: false,
      article: { id: 'a1', title: 'A ferry strike in Busan' },
      clauses: [
        { text: 'ferry', matched: true, spans: [{ field: 'title', start: 2, end: 7 }] },
        { matched: false, spans: [{ field: 'title', start: 18, end: 23 }] },
      ],
      deliveries: [],
    },
  });
});

describe('a query that is true of it', () => {
  // biome-ignore format: a table
  test.each<[string, object, object]>([
    ['silent', { silent: true }, {}],
    ['paused', {}, { paused: true }],
    ['older-than-watch', { seenAt: past }, {}],
    ['pending', { matchedAt: undefined }, {}],
    ['no-alert', {}, {}],
  ])('%s', async (outcome, article, watch) => {
    await putArticle({ id: 'a2', ...article });
    const { explain } = await watcher({ query: 'ferry', ...watch });
    const { body } = await explain('a2');
    expect(body).toMatchObject({ outcome, matched: true, why: expect.any(String), deliveries: [] });
  });

  test('alerted, with its deliveries', async () => {
    await putArticle({ id: 'a3', storyId: 'story3' });
    const { id, watchId, explain } = await watcher({ query: 'ferry' });
    const watches = [{ watchId, version: 1, name: 'Ferries', query: 'ferry', matchedAt: future }];
    await api.put(variable.alertsTable, { ...keys.alert(id, 'story3'), storyId: 'story3', watches });
    const delivery = { channelId: 'c1', state: 'sent', sentAt: future };
    await api.put(variable.alertsTable, { ...keys.delivery(id, 'story3', 'c1'), ...delivery });
    expect((await explain('a3')).body).toMatchObject({
      outcome: 'alerted',
      alertId: 'story3',
      deliveries: [delivery],
    });
    const other = await watcher({ query: 'ferry' });
    expect((await other.explain('a3')).body).toMatchObject({ outcome: 'no-alert', deliveries: [] });
  });
});

test('neither an article that expired nor a watch of somebody else is explained', async () => {
  await putArticle();
  const [ana, ben] = [await watcher(), await watcher()];
  expect((await ana.explain('gone')).status).toBe(404);
  const query = { article: 'a1', watch: ben.watchId };
  expect((await api.call('GET', '/v1/explain', { token: ana.token, query })).status).toBe(404);
  expect((await api.call('GET', '/v1/explain', { token: ana.token, query: { article: 'a1' } })).status).toBe(
    400,
  );
});
