import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, type Item, rss } from '../feed-server.ts';
import { type Newsdesk, startNewsdesk } from './newsdesk.ts';

let desk: Newsdesk;
const start = new Date('2026-11-23T08:00:00.000Z');
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

beforeAll(async () => {
  desk = await startNewsdesk();
});
afterAll(() => desk.stop());
beforeEach(() => desk.clear());

/** Polls a source once for each answer, when its time has come. */
async function pollThrough(...answers: Answer[]): Promise<void> {
  await desk.addSource('s', start);
  for (const answer of answers) {
    desk.publisher.answer = () => answer;
    await desk.tick(new Date((await desk.source('s')).nextPollAt));
  }
}

const feed = (...items: Item[]): Answer => ({ body: rss(items) });
const titles = async () => (await desk.articles()).map(({ title }) => title).sort();

describe('which articles are new', () => {
  test('the first poll stores and alerts nobody', async () => {
    await pollThrough(feed({ id: '1' }, { id: '2' }));
    expect(await titles()).toEqual(['Story 1', 'Story 2']);
    expect(desk.queued()).toEqual([]);
    for (const article of await desk.articles()) {
      expect(article).toMatchObject({ silent: true, seenAt: start.toISOString() });
      expect(article).not.toHaveProperty('unmatchedKey');
    }
  });

  test('what comes later is marked and queued', async () => {
    await pollThrough(feed({ id: '1' }), feed({ id: '1' }, { id: '2', at: '2026-11-23T08:00:30Z' }));
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
    await pollThrough({ status: 500 }, feed({ id: '1' }), feed({ id: '1' }, { id: '2' }));
    expect(desk.queued()).toHaveLength(1);
  });

  test('nor is one that was not modified', async () => {
    await pollThrough({ status: 304 }, feed({ id: '1' }), feed({ id: '1' }, { id: '2' }));
    expect(desk.queued()).toHaveLength(1);
  });

  test('an entry older than alerts are kept is stored silently', async () => {
    await pollThrough(feed({ id: '1' }), feed({ id: '1' }, { id: '2', at: '2026-10-01T00:00:00Z' }));
    expect(desk.queued()).toEqual([]);
    expect(await titles()).toHaveLength(2);
  });

  test('an entry that leaves and comes back is known', async () => {
    await pollThrough(
      feed({ id: '1' }),
      feed({ id: '1' }, { id: '2' }),
      feed({ id: '1' }),
      feed({ id: '2' }),
    );
    expect(desk.queued()).toHaveLength(1);
  });

  test('a changed one is matched again and was seen when it was', async () => {
    const first = { id: '2', title: 'Before' };
    await pollThrough(
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
    await pollThrough(feed({ id: '1', title: 'Before' }), feed({ id: '1', title: 'After' }));
    expect(desk.queued()).toEqual([]);
    expect(await titles()).toEqual(['After']);
  });

  test('two entries with one id are one', async () => {
    await pollThrough(
      feed(),
      feed({ id: '1', title: 'A' }, { id: '1', title: 'B' }),
      feed({ id: '1', title: 'A' }),
    );
    expect(desk.queued()).toHaveLength(1);
  });

  test('very many are all taken, ten to a batch', async () => {
    await pollThrough(feed(), feed(...Array.from({ length: 230 }, (_, n) => ({ id: String(n) }))));
    expect(new Set(desk.queued()).size).toBe(230);
    expect(desk.aws.calls.filter((name) => name === 'BatchGetItemCommand').length).toBeLessThanOrEqual(3);
  });

  test('an unchanged document costs no call per entry', async () => {
    const unchanged = feed(...Array.from({ length: 50 }, (_, n) => ({ id: String(n) })));
    await pollThrough(unchanged);
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

describe('what is remembered', () => {
  test('validators of the last answer that was read, through 304s and failures', async () => {
    const headers = { ETag: '"1"', 'Last-Modified': 'yesterday' };
    await pollThrough({ ...feed({ id: '1' }), headers }, { status: 304 }, { status: 500 }, { status: 304 });
    expect(desk.publisher.requests.map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
      '"1"',
      '"1"',
      '"1"',
    ]);
    expect(await desk.source('s')).toMatchObject({ etag: '"1"', lastModified: 'yesterday', failures: 0 });
  });

  test.each<[string, Answer]>([
    ['HTTP 404', { status: 404 }],
    ['HTTP 500', { status: 500 }],
    ['not-a-feed', { body: '<!doctype html><title>Down for maintenance</title>' }],
    ['bad-encoding', { ...feed({ id: '1' }), headers: { 'Content-Encoding': 'gzip' } }],
    ['private-address', { status: 302, headers: { Location: 'http://10.0.0.1/' } }],
  ])('why it failed: %s', async (error, answer) => {
    await pollThrough(feed({ id: '1' }), answer, answer);
    const source = await desk.source('s');
    expect(source).toMatchObject({ failures: 2, lastSuccessAt: start.toISOString(), dueKey: 'SOURCE' });
    expect(source.lastError).toContain(error);
    expect(source.nextPollAt).toBe(later(1 + 2 + 4).toISOString());
  });

  test('nothing of a failure once it is over', async () => {
    await pollThrough({ status: 500 }, { status: 500 }, feed({ id: '1' }));
    const source = await desk.source('s');
    expect(source).toMatchObject({ failures: 0 });
    expect(source).not.toHaveProperty('lastError');
  });

  test('a feed that is gone is asked for no more', async () => {
    await pollThrough(feed({ id: '1' }), { status: 410 });
    const source = await desk.source('s');
    expect(source.lastError).toContain('410');
    expect(source).not.toHaveProperty('dueKey');
    await desk.tick(later(60 * 24 * 30));
    expect(desk.publisher.requests).toHaveLength(2);
  });

  test('a ttl counts, also after a 304', async () => {
    await pollThrough({ body: rss([{ id: '1' }], '<ttl>30</ttl>') }, { status: 304 });
    expect((await desk.source('s')).nextPollAt).toBe(later(60).toISOString());
  });
});

describe('redirects', () => {
  /** Polls at these hours while redirects with these statuses lead on; returns where the source is then. */
  const moved = async (statuses: readonly number[], hours: readonly number[]) => {
    await desk.addSource('s', start);
    desk.publisher.answer = ({ url }) => {
      const hop = Number(/\d+/.exec(url!)?.[0] ?? 0);
      if (hop >= statuses.length) return feed({ id: '1' });
      return { status: statuses[hop]!, headers: { Location: `/hop-${hop + 1}` } };
    };
    for (const hour of hours) await desk.tick(later(hour * 60));
    return new URL((await desk.source('s')).url).pathname;
  };

  test.each([
    [[301], [0, 1, 25], '/hop-1'],
    [[301], [0, 1, 23], '/feed.xml'],
    [[308, 301], [0, 25], '/hop-2'],
    [[302], [0, 25], '/feed.xml'],
    [[301, 307], [0, 25], '/feed.xml'],
    [[303], [0, 25], '/feed.xml'],
  ])('%j seen after %j hours: the source is at %s', async (statuses, hours, path) => {
    expect(await moved(statuses, hours)).toBe(path);
  });

  test('to the URL of another source: both stay where they are', async () => {
    const url = `${desk.publisher.url}/hop-1`;
    await desk.addSource('other', start, { url, nextPollAt: later(9999).toISOString() });
    expect(await moved([301], [0, 25])).toBe('/feed.xml');
    expect((await desk.source('other')).url).toBe(url);
  });
});

describe('findings', () => {
  const codes = async () => (await desk.source('s')).findings?.map(({ code }) => code) ?? [];
  const refused: Answer = { status: 403 };
  const challenged: Answer = { body: '<html><title>Just a moment...</title></html>' };
  const many = feed(...Array.from({ length: 20 }, (_, n) => ({ id: String(n) })));

  test.each<[string, Answer[], string[]]>([
    ['none for a healthy source', [many, many], []],
    ['gone', [many, { status: 410 }], ['dead']],
    ['refused twice', [refused, refused], []],
    ['refused three times', [refused, challenged, refused], ['blocked']],
    ['recovered', [refused, challenged, refused, many], []],
    ['old news only', [feed({ id: '1', at: '2026-01-01T00:00:00Z' }), { status: 304 }], ['stale']],
    ['almost empty', [many, feed({ id: '1' })], ['shrunken']],
    ['full again', [many, feed({ id: '1' }), many], []],
    ['nothing in common', [feed({ id: '1' }), feed({ id: '2' }), feed({ id: '2' })], ['gap']],
  ])('%s', async (_, answers, expected) => {
    await pollThrough(...answers);
    expect(await codes()).toEqual(expected);
  });
});

describe('the lease', () => {
  test('is given back after the last poll of the host', async () => {
    await pollThrough(feed({ id: '1' }));
    expect(await desk.lease()).toBeUndefined();
  });

  test('paused, removed and early sources are left alone', async () => {
    await desk.addSource('s', later(-1));
    desk.publisher.answer = () => feed();
    const { dispatchPolls } = await import('../../lambdas/dispatch.ts');
    await dispatchPolls(desk.log, start);
    await desk.addSource('s', start, { nextPollAt: later(60).toISOString() });
    await desk.workPolls(start);
    expect(desk.publisher.requests).toHaveLength(0);
    expect(await desk.lease()).toBeUndefined();
  });

  test('a host sees one of us: sources of one host follow each other', async () => {
    for (const id of ['a', 'b', 'c']) await desk.addSource(id, start);
    desk.publisher.answer = () => feed({ id: '1' });
    await desk.tick(start);
    expect(
      desk.logs.filter(({ message }) => message === 'polled').map(({ sourceId }) => sourceId),
    ).toHaveLength(3);
    expect(desk.logs[0]).toMatchObject({ message: 'dispatched', sources: 3, hosts: 1, polls: 3 });
  });
});

describe('the same article', () => {
  const day = 24 * 60;
  const front = (...items: Item[]) => ({ front: feed(...items) });
  const world = (...items: Item[]) => ({ world: feed(...items) });
  type Round = { at?: number; front?: Answer; world?: Answer };

  /** Both sources are polled in each round; one that publishes nothing new answers 304. */
  async function rounds(...rounds: Round[]): Promise<void> {
    for (const id of ['front', 'world']) {
      await desk.addSource(id, start, { name: id, url: `${desk.publisher.url}/${id}` });
    }
    let minute = 0;
    for (const round of rounds) {
      minute = Math.max(minute + 5, round.at ?? 0);
      desk.publisher.answer = ({ url }) => round[url!.slice(1) as 'front' | 'world'] ?? { status: 304 };
      await desk.tick(later(minute));
    }
  }
  const story: Item = {
    id: 'guid',
    title: 'Storm',
    url: 'https://example.com/storm?utm_source=front',
    at: '2026-11-23T08:02:00Z',
  };
  const copy: Item = { ...story, id: 'other-guid', url: 'http://www.example.com/storm/?utm_source=world' };
  const old: Item = { id: 'old', title: 'Old' };
  const start2 = { ...front(old), ...world(old) };

  test('from two sources is one, and matched for both', async () => {
    await rounds(start2, front(old, story), world(old, copy), world(old, copy));
    const article = (await desk.articles()).find(({ title }) => title === 'Storm');
    expect(article).toMatchObject({
      sourceId: 'front',
      otherSources: [{ id: 'world', name: 'world' }],
      silent: false,
    });
    expect(desk.queued()).toEqual([article!.id, article!.id]);
    expect(await titles()).toEqual(['Old', 'Storm']);
  });

  test('from the first poll of a source is silent, yet news once from another', async () => {
    await rounds(world(old), { ...front(old, story) }, world(old, copy), front(old, story), world(old, copy));
    const article = (await desk.articles()).find(({ title }) => title === 'Storm');
    expect(article).toMatchObject({ sourceId: 'world', silent: false });
    expect(desk.queued()).toEqual([article!.id]);
  });

  test('that is news of one source stays so when another brings it silently', async () => {
    await rounds(front(old), front(old, story), world(old, copy));
    expect(desk.queued()).toHaveLength(1);
    expect((await desk.articles()).find(({ title }) => title === 'Storm')).not.toHaveProperty('otherSources');
  });

  test('changes only as the source that owns it says', async () => {
    await rounds(
      start2,
      front(old, story),
      world(old, { ...copy, text: 'Less' }),
      world(old, { ...copy, text: 'More' }),
    );
    expect((await desk.articles()).find(({ title }) => title === 'Storm')).not.toHaveProperty('summary');
    await desk.clear();
    await rounds(start2, front(old, story), front(old, { ...story, text: 'More' }));
    expect((await desk.articles()).find(({ title }) => title === 'Storm')).toMatchObject({ summary: 'More' });
    expect(desk.queued()).toHaveLength(2);
  });

  test('under a new id is no news', async () => {
    await rounds(start2, front(story), front({ ...story, id: 'renewed' }));
    expect(desk.queued()).toHaveLength(1);
  });

  test('but a notice that recurs days later is', async () => {
    await rounds(start2, front(story), {
      at: 5 * day,
      ...front({ ...story, id: 'renewed', at: '2026-11-28T08:00:00Z' }),
    });
    expect(new Set(desk.queued()).size).toBe(2);
  });

  test('nor are entries that share an address the same', async () => {
    const live = (id: string): Item => ({ id, title: `Update ${id}`, url: 'https://example.com/live' });
    await rounds(start2, front(live('1')), front(live('2'), live('1')));
    expect(new Set(desk.queued()).size).toBe(2);
  });

  test('nor two that share address and title, but not their text', async () => {
    const briefing = (id: string): Item => ({
      id,
      title: 'Briefing',
      url: 'https://example.com/',
      text: `Text ${id}`,
    });
    await rounds(start2, front(briefing('1')), front(briefing('2'), briefing('1')), front(briefing('2')));
    expect(new Set(desk.queued()).size).toBe(2);
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
    await pollThrough(feed(...items('a')), feed(...items('b'), news), feed(...items('b'), news));
    expect(desk.queued()).toHaveLength(1);
    expect(desk.logs.filter(({ republishedEntries }) => republishedEntries === 10)).toHaveLength(1);
  });

  test('a few known texts under new ids are no republish', async () => {
    await pollThrough(feed(...items('a')), feed(...items('b', 3), ...items('a')));
    expect(desk.queued()).toHaveLength(3);
  });
});

test('what a source showed is remembered when the article is long gone', async () => {
  await pollThrough(feed(), feed({ id: '1' }), feed({ id: '2' }));
  expect(desk.queued()).toHaveLength(2);
  await desk.expireArticles();
  desk.publisher.answer = () => feed({ id: '1' }, { id: '2', title: 'Changed' }, { id: '3' });
  await desk.tick(later(60 * 24 * 60));
  expect(desk.queued()).toHaveLength(1);
  expect(await titles()).toEqual(['Story 3']);
});
