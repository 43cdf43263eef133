import { afterAll, beforeAll, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const importOpml = (opml: string) =>
  api.call('POST', '/v1/sources/opml', { token: api.operator, body: { opml } });
const outline = (url: string, text: string) => `<outline text="${text}" xmlUrl="${url}"/>`;

test('OPML comes in once and goes out', async () => {
  const opml = [
    outline('https://example.com/rss', 'Herald &amp; Co'),
    outline('https://example.org/rss', ''),
    outline('http://10.0.0.1/rss', 'Inside'),
  ].join('');
  const first = await importOpml(opml);
  expect(first).toMatchObject({
    status: 200,
    body: {
      added: [expect.any(String), expect.any(String)],
      known: [],
      refused: [{ url: 'http://10.0.0.1/rss', detail: expect.stringContaining('not a public address') }],
    },
  });
  expect((await importOpml(opml)).body).toMatchObject({
    added: [],
    known: ['https://example.com/rss', 'https://example.org/rss'],
  });
  const { items } = (await api.call('GET', '/v1/sources', { token: api.operator })).body;
  expect(items.map(({ name }: { name: string }) => name).sort()).toEqual(['Herald & Co', 'example.org']);

  const exported = await api.call('GET', '/v1/sources/opml', { token: api.operator });
  expect(exported.headers['content-type']).toBe('text/x-opml; charset=utf-8');
  expect(exported.body).toContain('text="Herald &amp; Co" xmlUrl="https://example.com/rss"');
});

test.each([
  ['no feed', '<opml/>'],
  [
    'too many feeds',
    Array.from({ length: 1001 }, (_, n) => outline(`https://example.com/${n}`, '')).join(''),
  ],
])('OPML with %s is refused', async (_title, opml) => {
  expect(await importOpml(opml)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/opml' }] } });
});

test('OPML may be larger than other bodies, and has its limit', async () => {
  const padding = ' '.repeat(200_000);
  expect((await importOpml(`${padding}${outline('https://example.com/rss', 'A')}`)).status).toBe(200);
  expect((await importOpml(' '.repeat(1_000_001))).status).toBe(422);
  expect((await importOpml(' '.repeat(2_100_000))).status).toBe(413);
});

test('findings are listed with their sources', async () => {
  const [source] = (await api.scan(variable.registryTable)).filter(({ sk }) => sk === 'SOURCE');
  const findings = [{ code: 'stale', since: '2026-11-23T08:00:00.000Z', detail: 'Nothing new for long' }];
  await api.put(variable.registryTable, { ...source, findings });
  const { body } = await api.call('GET', '/v1/findings', { token: api.operator });
  expect(body.items).toEqual([
    { kind: 'source', ...findings[0], sourceId: source!.id, sourceName: source!.name, url: source!.url },
  ]);
});
