import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { index } from '../../../core/indexes.ts';
import { keys } from '../../../lambdas/keys.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const past = '2026-01-01T08:00:00.000Z';
const future = '2099-01-01T08:00:00.000Z';

/** As `poll` stores it, with what it is found by. */
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
  const { urlKeyOf } = await import('../../../lambdas/article/article-url.ts');
  const found = { [index.articlesUrl.pk]: urlKeyOf(item.url) };
  await api.put(variable.articlesTable, { ...item, ...found, ...keys.article(item.id) });
  return item;
}

async function watcher(watch: object = {}) {
  const { token, id } = await api.newSubscriber();
  const body = { name: 'Ferries', query: 'ferry -busan', ...watch };
  const { id: watchId } = (await api.call('POST', '/v1/watches', { token, body })).body;
  const explain = async (article: string) =>
    api.call('GET', '/v1/explain', { token, query: { article, watch: watchId } });
  const explainUrl = async (url: string) =>
    api.call('GET', '/v1/explain', { token, query: { url, watch: watchId } });
  return { token, id, watchId, explain, explainUrl };
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

describe('by the address of its page', () => {
  const url = 'https://www.example.com/world/ferry?id=7&utm_source=rss';

  test.each([
    url,
    'http://example.com/world/ferry/?utm_medium=mail&id=7',
    ' example.com/world/ferry?id=7&fbclid=x ',
    `${url}#comments`,
  ])('however it is written: %s', async (asked) => {
    await putArticle({ id: 'byUrl', url, title: 'A ferry' });
    const { explainUrl } = await watcher({ query: 'ferry' });
    expect(await explainUrl(asked)).toMatchObject({
      status: 200,
      body: { outcome: 'no-alert', article: { id: 'byUrl', title: 'A ferry' }, others: [] },
    });
  });

  test('the newest of an address is explained, the others are named', async () => {
    const at = (day: number) => `2099-01-0${day}T08:00:00.000Z`;
    const ticker = 'https://example.com/ticker';
    await putArticle({ id: 't2', url: ticker, title: 'Ticker: noon', seenAt: at(2) });
    await putArticle({ id: 't3', url: ticker, title: 'Ticker: ferry', seenAt: at(3) });
    await putArticle({ id: 't1', url: ticker, title: 'Ticker: dawn', seenAt: at(1) });
    const { explainUrl } = await watcher();
    const { body } = await explainUrl(ticker);
    expect(body.article).toMatchObject({ id: 't3' });
    expect(body.others).toEqual([
      { id: 't2', title: 'Ticker: noon', seenAt: at(2) },
      { id: 't1', title: 'Ticker: dawn', seenAt: at(1) },
    ]);
  });

  test('of a site that nobody polls: so it is said', async () => {
    const { explainUrl } = await watcher();
    const { status, body } = await explainUrl('https://www.nowhere.co.uk/1');
    expect({ status, ...body }).toMatchObject({
      status: 404,
      type: '/v1/docs#site-not-polled',
      detail: 'No source of nowhere.co.uk is polled',
    });
  });

  test('that no source brought: with how its sources are', async () => {
    const add = async (name: string, state: object) => {
      const body = { url: `https://feeds.herald.example.org/${name}`, name };
      const { id } = (await api.call('POST', '/v1/sources', { token: api.operator, body })).body;
      const [item] = await api.partition(variable.registryTable, keys.source(id).pk);
      await api.put(variable.registryTable, { ...item, ...state });
    };
    await add('World', {
      lastSuccessAt: past,
      findings: [{ code: 'blocked', since: past, detail: 'The publisher refuses our requests' }],
    });
    await add('Sport', { paused: true });
    const { explainUrl } = await watcher();
    const { status, body } = await explainUrl('https://www.herald.example.org/2');
    expect(status).toBe(404);
    expect(body).toMatchObject({
      type: '/v1/docs#article-not-seen',
      detail: expect.stringContaining('example.org'),
      errors: [
        { parameter: 'url', detail: `World: last read at ${past}; blocked since ${past}` },
        { parameter: 'url', detail: 'Sport: paused; never read yet' },
      ],
    });
    expect(JSON.stringify(body)).not.toContain('feeds.herald');
  });

  test.each([
    'javascript:alert(1)',
    'ftp://example.com/1',
    'two words',
    '',
    `https://example.com/${'a'.repeat(5_000)}`,
  ])('what is no address of a page is refused: %s', async (asked) => {
    const { explainUrl } = await watcher();
    expect(await explainUrl(asked)).toMatchObject({ status: 400, body: { errors: [{ parameter: 'url' }] } });
  });

  test('either an id or an address, not both', async () => {
    const { token, watchId } = await watcher();
    const query = { article: 'a1', url, watch: watchId };
    const answer = await api.call('GET', '/v1/explain', { token, query });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ detail: 'Either article or url' }] } });
  });
});
