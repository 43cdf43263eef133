/** Articles of sources set to `fullText`, from the poll over their page to `match`. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Log } from '../../lambdas/logger.ts';
import type { ReadMessage } from '../../lambdas/messages.ts';
import type { Answer } from '../feed-server.ts';
import { feed, type Newsdesk, queues, startNewsdesk } from './newsdesk.ts';

const start = new Date('2026-11-23T08:00:00.000Z');
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const text = Array.from(
  { length: 8 },
  (_, n) => `<p>Sentence ${n} of the report tells what happened at the harbour.</p>`,
);
const page = (name: string) =>
  `<html lang="en"><head><title>${name}</title></head><body><article><h1>${name}</h1>${text.join('')}</article></body></html>`;
const html = { 'content-type': 'text/html; charset=utf-8' };

let desk: Newsdesk;
let readPages: typeof import('../../lambdas/read.ts').readPages;
beforeAll(async () => {
  desk = await startNewsdesk();
  ({ readPages } = await import('../../lambdas/read.ts'));
});
afterAll(() => desk.stop());
beforeEach(() => desk.clear());

/** Polls a source twice: the second time these articles are new. Their pages answer as told, by path. */
async function publish(paths: readonly string[], pages: Record<string, Answer>): Promise<Date> {
  const items = paths.map((path) => ({
    id: path,
    title: `Story ${path}`,
    url: desk.publisher.url + path,
    text: 'Short',
  }));
  let shown: typeof items = [];
  desk.publisher.answer = ({ url }) =>
    url === '/feed.xml' ? feed(...shown) : (pages[url!] ?? { status: 404 });
  await desk.addSource('s', start, { fullText: true });
  await desk.tick(start);
  shown = items;
  const now = new Date((await desk.source('s')).nextPollAt);
  await desk.tick(now);
  desk.publisher.requests.length = 0;
  return now;
}

const taken = () => desk.aws.take(queues.read).map(({ body }) => body as ReadMessage);

/** Works the ReadQueue off at a time; pauses take their time. @returns the pauses made */
async function read(now: Date, messages = taken(), log: Log = desk.log): Promise<number[]> {
  const pauses: number[] = [];
  const pause = async (ms: number) => {
    pauses.push(ms);
    now = new Date(now.getTime() + ms);
  };
  for (const message of messages) await readPages(message, log, { now: () => now, pause });
  return pauses;
}

const asked = () => desk.publisher.requests.map(({ path }) => path);
const article = async () => (await desk.articles())[0]!;

describe('an article of a source set to fullText', () => {
  test('is matched with the text of its page', async () => {
    const now = await publish(['/a'], { '/a': { headers: html, body: page('A') } });
    expect(desk.queued()).toEqual([]);
    expect(await read(now)).toEqual([1000]);
    expect(desk.queued()).toEqual([(await article()).id]);
    expect(await article()).toMatchObject({
      summary: 'Short',
      body: expect.stringContaining('Sentence 7'),
      unmatchedAt: now.toISOString(),
    });
    expect(await article()).not.toHaveProperty('readBy');
    expect(await desk.lease()).toBeUndefined();
  });

  test('is asked for once, whatever comes twice', async () => {
    const now = await publish(['/a'], { '/a': { headers: html, body: page('A') } });
    const messages = taken();
    await read(now, [...messages, ...messages]);
    expect(asked()).toEqual(['/a']);
    expect(desk.queued()).toHaveLength(2);
  });

  const unreadable: [name: string, answer: Answer][] = [
    ['a page that is gone', { status: 404 }],
    ['an error', { status: 500, body: 'x' }],
    ['a picture', { headers: { 'content-type': 'image/png' }, body: 'PNG' }],
    ['a page without an article', { headers: html, body: '<html><body></body></html>' }],
    ['a redirect to nowhere', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
    ['an address that is private', { status: 302, headers: { location: 'http://10.0.0.1/' } }],
  ];
  test.each(unreadable)('is matched without %s', async (_, answer) => {
    const now = await publish(['/a'], { '/a': answer });
    await read(now);
    expect(desk.queued()).toEqual([(await article()).id]);
    expect(await article()).not.toHaveProperty('body');
    expect(await article()).not.toHaveProperty('readBy');
  });

  test('keeps the text of its page when its entry changes, and is not asked for again', async () => {
    const now = await publish(['/a'], { '/a': { headers: html, body: page('A') } });
    await read(now);
    const changed = { id: '/a', title: 'Changed', url: `${desk.publisher.url}/a`, text: 'Other' };
    desk.publisher.answer = () => feed(changed);
    await desk.tick(new Date((await desk.source('s')).nextPollAt));
    expect(taken()).toEqual([]);
    expect(await article()).toMatchObject({
      title: 'Changed',
      summary: 'Other',
      body: expect.stringContaining('Sentence 7'),
    });
  });

  test('is not asked for when it is silent', async () => {
    desk.publisher.answer = () => feed({ id: '1', url: `${desk.publisher.url}/a` });
    await desk.addSource('s', start, { fullText: true });
    await desk.tick(start);
    expect(taken()).toEqual([]);
  });
});

describe('the pages of one host', () => {
  const paths = Array.from({ length: 40 }, (_, n) => `/${n}`);
  const pages = Object.fromEntries(paths.map((path) => [path, { headers: html, body: page(path) }]));

  test('are asked for one after another with a pause, for as long as a run may take', async () => {
    const now = await publish(paths, pages);
    const pauses = await read(now);
    expect(pauses).toEqual(Array.from({ length: 30 }, () => 1000));
    expect(asked().sort()).toEqual(
      paths
        .slice(0, 40)
        .filter((path) => asked().includes(path))
        .sort(),
    );
    const [{ articleIds } = { articleIds: [] }, ...others] = taken();
    expect([articleIds.length, others.length]).toEqual([10, 0]);
    expect(desk.queued()).toHaveLength(30);
  });

  test('wait while another holds the lease', async () => {
    const now = await publish(['/0'], pages);
    const [message] = taken();
    const { takeLease } = await import('../../lambdas/source/host-lease.ts');
    await takeLease({ host: message!.host, leaseId: 'poll' }, later(600), start);
    await read(now, [message!]);
    expect(asked()).toEqual([]);
    expect(desk.aws.take(queues.read)).toMatchObject([{ body: message, delaySeconds: 5 }]);
  });

  test('leave a host to dispatch on which a poll died', async () => {
    const now = await publish(['/0'], pages);
    const [message] = taken();
    const { takeLease, takeTurn } = await import('../../lambdas/source/host-lease.ts');
    const lease = { host: message!.host, leaseId: 'poll' };
    await takeLease(lease, start, start);
    await takeTurn(lease, { pollsLeft: 1, sourceId: 's', lastAt: start.toISOString() }, start);
    await read(later(180), [message!]);
    expect(asked()).toEqual([]);
    await read(later(900), [{ ...message!, until: later(1000).toISOString() }]);
    expect(await desk.lease()).toBeUndefined();
    expect(now < later(180)).toBe(true);
  });

  test('are no more asked for when the publisher says that it is too much', async () => {
    const now = await publish(['/x', '/y', '/z'], {
      '/x': { status: 429 },
      '/y': { status: 429 },
      '/z': { status: 429 },
    });
    await read(now);
    expect(asked()).toHaveLength(1);
    expect(desk.queued()).toHaveLength(3);
    for (const each of await desk.articles()) expect(each).not.toHaveProperty('readBy');
  });

  test('are handed on unread when it is too late', async () => {
    const now = await publish(['/0', '/1'], pages);
    await read(new Date(now.getTime() + 300_000));
    expect(asked()).toEqual([]);
    expect(desk.queued()).toHaveLength(2);
  });
});

describe('match', () => {
  async function match(id: string, now: Date) {
    const { matchArticle } = await import('../../lambdas/match.ts');
    const { Percolator } = await import('../../core/percolator.ts');
    await matchArticle({ articleId: id }, desk.log, {
      watches: { begun: () => 0, after: async () => Percolator.build([]) },
      now: () => now,
    });
  }

  test('leaves an article that waits for its page, but not for long', async () => {
    const now = await publish(['/a'], {});
    const { id } = await article();
    await match(id, new Date(now.getTime() + 299_000));
    expect(await article()).toHaveProperty('unmatchedAt');
    await match(id, new Date(now.getTime() + 300_000));
    expect(await article()).not.toHaveProperty('unmatchedAt');
  });
});

test('a function that dies at any call loses no article', async () => {
  let deaths = 0;
  for (const when of ['before', 'after'] as const) {
    for (let call = 0; ; call++) {
      await desk.clear();
      const now = await publish(['/a', '/b'], {
        '/a': { headers: html, body: page('A') },
        '/b': { status: 500 },
      });
      const messages = taken();
      desk.aws.dieAt(call, when);
      await read(now, messages).catch(() => {});
      const died = desk.aws.live();
      if (died) deaths++;
      await read(new Date(now.getTime() + 200_000), [...messages, ...taken()]);
      const queued = new Set(desk.queued());
      expect(queued).toEqual(new Set((await desk.articles()).map(({ id }) => id)));
      for (const each of await desk.articles()) expect(each).not.toHaveProperty('readBy');
      if (!died) break;
    }
  }
  expect(deaths).toBeGreaterThanOrEqual(16);
});
