import { afterAll, beforeAll, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { keys } from '../../../lambdas/keys.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
let token: string;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

beforeAll(async () => {
  api = await startApi();
  token = (await api.newSubscriber()).token;
  for (let n = 0; n < 48; n++)
    await putArticle(`hourly${n}`, n + 0.5, n % 2 === 0 ? 'A ferry sinks' : 'Rain');
  for (let n = 0; n < 5; n++) await putArticle(`silent${n}`, 1, 'Old news of a ferry', true);
  await putArticle('old', 24 * 9, 'A ferry of last week');
});
afterAll(() => api.stop());

function putArticle(id: string, age: number, title: string, silent = false) {
  const seenAt = hoursAgo(age);
  const summary = `It rained. ${title}, says the harbour.`;
  const article = { id, url: `https://example.com/${id}`, title, summary, sourceId: 's', sourceName: 'Bell' };
  return api.put(variable.articlesTable, {
    ...article,
    ...keys.article(id),
    ...{ storyId: id, contentHash: 'h', silent, seenAt, day: seenAt.slice(0, 10) },
  });
}

const preview = async (query: string) =>
  (await api.call('POST', '/v1/watches/preview', { token, body: { query } })).body;

test('a preview counts, shows the newest and says what to expect', async () => {
  const body = await preview('ferry');
  expect(body).toMatchObject({ reading: 'ferry', warnings: [], articles: 53, matched: 29 });
  expect(body.items).toHaveLength(20);
  expect(body.items[0]).toMatchObject({
    id: 'hourly0',
    sourceName: 'Bell',
    highlights: [{ field: 'title', start: 2, end: 7 }],
    excerpts: [expect.stringContaining('*ferry*')],
  });
  expect(body.perDay).toBeGreaterThan(11.5);
  expect(body.perDay).toBeLessThan(12.5);
});

test('warns of more than anybody reads', async () => {
  for (let n = 0; n < 100; n++) await putArticle(`busy${n}`, 2, 'Ferries everywhere');
  const { warnings } = await preview('ferry');
  expect(warnings).toMatchObject([{ code: 'many-alerts', start: 0, end: 5 }]);
});

test('finds nothing where there is nothing', async () => {
  expect(await preview('zeppelin')).toMatchObject({ matched: 0, perDay: 0, items: [] });
});

test('says where a query cannot be read', async () => {
  expect(await preview('"ferry')).toMatchObject({ status: 422, errors: [{ pointer: '/query' }] });
});
