import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { articlesAt, feeds } from '../../local/newsroom/articles.ts';
import { type Newsroom, startNewsroom } from '../../local/newsroom/newsroom.ts';

const everyMs = 4000;
const at = Date.parse('2026-11-23T08:00:00.000Z');

describe('articles', () => {
  test.each(feeds)('$name shows fifteen distinct articles with every fact filled in', (feed) => {
    const articles = articlesAt(feed, at, everyMs);
    expect(new Set(articles.map((article) => article.number)).size).toBe(15);
    for (const article of articles) expect(article.title + article.summary).not.toMatch(/[{}]|undefined/);
  });

  test('a new article appears every interval, the feeds taking turns', () => {
    const shown = (time: number) =>
      feeds.flatMap((feed) => articlesAt(feed, time, everyMs)).map((a) => a.number);
    const before = new Set(shown(at));
    const fresh = shown(at + everyMs).filter((number) => !before.has(number));
    expect(fresh).toEqual([Math.floor(at / everyMs) + 1]);
  });

  test('none is dated in the future', () => {
    for (const feed of feeds)
      expect(articlesAt(feed, at, everyMs)[0]!.publishedAt.getTime()).toBeLessThanOrEqual(at);
  });
});

describe('server', () => {
  let newsroom: Newsroom;
  let clock = at;
  beforeAll(async () => {
    newsroom = await startNewsroom({ everySeconds: everyMs / 1000, now: () => clock });
  });
  afterAll(() => newsroom.close());

  test('answers 304 to its own ETag until something new is published', async () => {
    const { url } = newsroom.feeds[0]!;
    const etag = (await fetch(url)).headers.get('etag')!;
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
    clock += everyMs * feeds.length;
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  test('every link of a feed leads to a page', async () => {
    const feed = (await (await fetch(newsroom.feeds[2]!.url)).json()) as {
      items: { url: string; title: string }[];
    };
    const page = await fetch(feed.items[0]!.url);
    expect(page.status).toBe(200);
  });

  test('goes on at its port after a restart', async () => {
    const { url } = newsroom.feeds[1]!;
    const before = await (await fetch(url)).text();
    await newsroom.close();
    const port = Number(new URL(url).port);
    newsroom = await startNewsroom({ everySeconds: everyMs / 1000, port, now: () => clock });
    const after = await vi.waitFor(() => fetch(url)); // the first may take a connection that was closed
    expect(await after.text()).toBe(before);
    await expect(startNewsroom({ everySeconds: 4, port })).rejects.toThrow('EADDRINUSE');
  });

  test('an unknown address is not found', async () => {
    expect((await fetch(`${newsroom.url}/nothing`)).status).toBe(404);
  });
});
