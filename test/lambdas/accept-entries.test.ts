/** Which entries of a source become articles, and which articles alert. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Item } from '../feed-server.ts';
import { feed, type Newsdesk, startNewsdesk } from './newsdesk.ts';

let desk: Newsdesk;
const start = new Date('2026-11-23T08:00:00.000Z');
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

beforeAll(async () => {
  desk = await startNewsdesk();
});
afterAll(() => desk.stop());
beforeEach(() => desk.clear());

describe('which articles are new', () => {
  test('the first poll stores and alerts nobody', async () => {
    await desk.pollThrough(start, feed({ id: '1' }, { id: '2' }));
    expect(await desk.titles()).toEqual(['Story 1', 'Story 2']);
    expect(desk.queued()).toEqual([]);
    for (const article of await desk.articles()) {
      expect(article).toMatchObject({ silent: true, seenAt: start.toISOString() });
      expect(article).not.toHaveProperty('unmatchedKey');
    }
  });

  test('what comes later is marked and queued', async () => {
    await desk.pollThrough(
      start,
      feed({ id: '1' }),
      feed({ id: '1' }, { id: '2', at: '2026-11-23T08:00:30Z' }),
    );
    const [article] = (await desk.articles()).filter(({ silent }) => !silent);
    expect(article).toMatchObject({
      title: 'Story 2',
      publishedAt: '2026-11-23T08:00:30.000Z',
      storyId: article!.id,
      unmatchedKey: 'ARTICLE',
      unmatchedAt: article!.seenAt,
      sourceName: 'The Morning Bell',
      day: '2026-11-23',
    });
    expect(desk.queued()).toEqual([article!.id]);
  });

  test('a first poll that fails is not the first', async () => {
    await desk.pollThrough(start, { status: 500 }, feed({ id: '1' }), feed({ id: '1' }, { id: '2' }));
    expect(desk.queued()).toHaveLength(1);
  });

  test('nor is one that was not modified', async () => {
    await desk.pollThrough(start, { status: 304 }, feed({ id: '1' }), feed({ id: '1' }, { id: '2' }));
    expect(desk.queued()).toHaveLength(1);
  });

  test('an entry older than alerts are kept is stored silently', async () => {
    await desk.pollThrough(
      start,
      feed({ id: '1' }),
      feed({ id: '1' }, { id: '2', at: '2026-10-01T00:00:00Z' }),
    );
    expect(desk.queued()).toEqual([]);
    expect(await desk.titles()).toHaveLength(2);
  });

  test('an entry that leaves and comes back is known', async () => {
    await desk.pollThrough(
      start,
      feed({ id: '1' }),
      feed({ id: '1' }, { id: '2' }),
      feed({ id: '1' }),
      feed({ id: '2' }),
    );
    expect(desk.queued()).toHaveLength(1);
  });

  test('a changed one is matched again and was seen when it was', async () => {
    const first = { id: '2', title: 'Before' };
    await desk.pollThrough(
      start,
      feed(),
      feed(first),
      feed({ ...first, title: 'After' }),
      feed({ ...first, title: 'After' }),
    );
    const ids = desk.queued();
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    const [article] = await desk.articles();
    expect(article).toMatchObject({ title: 'After', seenAt: later(1).toISOString() });
    expect(article!.unmatchedAt).toBe(later(2).toISOString());
  });

  test('a changed one that was silent stays silent', async () => {
    await desk.pollThrough(start, feed({ id: '1', title: 'Before' }), feed({ id: '1', title: 'After' }));
    expect(desk.queued()).toEqual([]);
    expect(await desk.titles()).toEqual(['After']);
  });

  test('two entries with one id are one', async () => {
    await desk.pollThrough(
      start,
      feed(),
      feed({ id: '1', title: 'A' }, { id: '1', title: 'B' }),
      feed({ id: '1', title: 'A' }),
    );
    expect(desk.queued()).toHaveLength(1);
  });

  test('very many are all taken, ten to a batch', async () => {
    await desk.pollThrough(
      start,
      feed(),
      feed(...Array.from({ length: 230 }, (_, n) => ({ id: String(n) }))),
    );
    expect(new Set(desk.queued()).size).toBe(230);
    expect(desk.aws.calls.filter((name) => name === 'BatchGetItemCommand').length).toBeLessThanOrEqual(3);
  });

  test('an unchanged document costs no call per entry', async () => {
    const unchanged = feed(...Array.from({ length: 50 }, (_, n) => ({ id: String(n) })));
    await desk.pollThrough(start, unchanged);
    desk.aws.calls.length = 0;
    await desk.tick(later(1));
    expect(desk.lastPoll()).toMatchObject({ outcome: 'not-modified', newArticles: 0 });
    expect(desk.aws.calls.filter((name) => !/Query|SendMessage/.test(name)).sort()).toEqual([
      'DeleteItemCommand',
      'GetItemCommand',
      'PutItemCommand',
      'TransactWriteItemsCommand',
      'UpdateItemCommand',
    ]);
  });
});

describe('a source that renews all its ids and addresses', () => {
  const items = (edition: string, count = 10): Item[] =>
    Array.from({ length: count }, (_, n) => ({
      id: `${edition}-${n}`,
      title: `Story ${n}`,
      text: `Text ${n}`,
      url: `https://example.com/${edition}/${n}`,
    }));

  test('alerts nobody but for what is new', async () => {
    const news: Item = { id: 'x', title: 'News' };
    await desk.pollThrough(start, feed(...items('a')), feed(...items('b'), news), feed(...items('b'), news));
    expect(desk.queued()).toHaveLength(1);
    expect(desk.logs.filter(({ republishedEntries }) => republishedEntries === 10)).toHaveLength(1);
  });

  test('a few known texts under new ids are no republish', async () => {
    await desk.pollThrough(start, feed(...items('a')), feed(...items('b', 3), ...items('a')));
    expect(desk.queued()).toHaveLength(3);
  });
});

test('what a source showed is remembered when the article is long gone', async () => {
  await desk.pollThrough(start, feed(), feed({ id: '1' }), feed({ id: '2' }));
  expect(desk.queued()).toHaveLength(2);
  await desk.expireArticles();
  desk.publisher.answer = () => feed({ id: '1' }, { id: '2', title: 'Changed' }, { id: '3' });
  await desk.tick(later(60 * 24 * 60));
  expect(desk.queued()).toHaveLength(1);
  expect(await desk.titles()).toEqual(['Story 3']);
});
