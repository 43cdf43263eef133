import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFeed } from '../../core/feed-parser.ts';
import { toAtom, toJsonFeed, type WatchFeed } from '../../core/message/watch-feed.ts';
import type { Article } from '../../core/model.ts';

const article: Article = {
  id: 'a1',
  url: 'https://example.com/?a=1&b=<2>',
  title: 'Ferries & "ships" <strike>',
  summary: 'Down\u0000 tools',
  author: 'Ana',
  publishedAt: '2026-11-23T07:00:00.000Z',
  sourceId: 's1',
  sourceName: 'Herald',
};
const feed: WatchFeed = {
  title: 'Ferries',
  id: 'urn:tocsin:watch:w1',
  createdAt: '2026-11-22T08:00:00.000Z',
  alerts: [{ alertedAt: '2026-11-23T08:00:00.000Z', article }],
};

/** With an article of which little is known. */

const bare: Article = { id: 'a2', url: 'https://example.com/bare', title: 'Bare', sourceId: 's1' };
const withBare: WatchFeed = {
  ...feed,
  alerts: [...feed.alerts, { alertedAt: '2026-11-23T07:30:00.000Z', article: bare }],
};

const read = (text: string) =>
  parseFeed(new TextEncoder().encode(text), { url: 'https://tocsin.example/feed' });

test.each([
  ['Atom', toAtom],
  ['JSON Feed', toJsonFeed],
])('%s is read by a feed reader as it was meant', (_title, write) => {
  const { title, entries } = read(write(feed));
  expect(title).toBe('Ferries');
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({
    url: new URL(article.url).href,
    title: article.title,
    author: 'Ana',
    publishedAt: article.publishedAt,
  });
});

test.each([
  ['atom', toAtom(withBare)],
  ['json', `${JSON.stringify(JSON.parse(toJsonFeed(withBare)), null, 2)}\n`],
])('as %s it is written so', async (format, text) => {
  await expect(text).toMatchFileSnapshot(
    join(import.meta.dirname, `../fixtures/messages/watch-feed.${format}.txt`),
  );
});

test('a watch without alerts has its own time', () => {
  expect(toAtom({ ...feed, alerts: [] })).toContain('<updated>2026-11-22T08:00:00.000Z</updated>');
  expect(read(toAtom({ ...feed, alerts: [] })).entries).toEqual([]);
});

test('no text breaks out of its element', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(text, text, (title, summary) => {
      const atom = toAtom({
        ...feed,
        alerts: [{ ...feed.alerts[0]!, article: { ...article, title, summary } }],
      });
      expect(atom.match(/<entry>/g)).toHaveLength(1);
      expect(atom.match(/<\/?\w+/g)).toEqual(toAtom(feed).match(/<\/?\w+/g));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(atom).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    }),
  );
});
