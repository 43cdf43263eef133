import type { Context, SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, rss } from '../feed-server.ts';
import { feed, type Newsdesk, queues, startNewsdesk } from './newsdesk.ts';

let desk: Newsdesk;
const start = new Date('2026-11-23T08:00:00.000Z');
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

beforeAll(async () => {
  desk = await startNewsdesk();
});
afterAll(() => desk.stop());
beforeEach(() => desk.clear());

describe('what is remembered', () => {
  test('validators of the last answer that was read, through 304s and failures', async () => {
    const headers = { ETag: '"1"', 'Last-Modified': 'yesterday' };
    await desk.pollThrough(
      start,
      { ...feed({ id: '1' }), headers },
      { status: 304 },
      { status: 500 },
      { status: 304 },
    );
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
    await desk.pollThrough(start, feed({ id: '1' }), answer, answer);
    const source = await desk.source('s');
    expect(source).toMatchObject({ failures: 2, lastSuccessAt: start.toISOString(), dueKey: 'SOURCE' });
    expect(source.lastError).toContain(error);
    expect(source.nextPollAt).toBe(later(1 + 2 + 4).toISOString());
  });

  test('nothing of a failure once it is over', async () => {
    await desk.pollThrough(start, { status: 500 }, { status: 500 }, feed({ id: '1' }));
    const source = await desk.source('s');
    expect(source).toMatchObject({ failures: 0 });
    expect(source).not.toHaveProperty('lastError');
  });

  test('a feed that is gone is asked for no more', async () => {
    await desk.pollThrough(start, feed({ id: '1' }), { status: 410 });
    const source = await desk.source('s');
    expect(source.lastError).toContain('410');
    expect(source).not.toHaveProperty('dueKey');
    await desk.tick(later(60 * 24 * 30));
    expect(desk.publisher.requests).toHaveLength(2);
  });

  test('a ttl counts, also after a 304', async () => {
    await desk.pollThrough(start, { body: rss([{ id: '1' }], '<ttl>30</ttl>') }, { status: 304 });
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
    await desk.pollThrough(start, ...answers);
    expect(await codes()).toEqual(expected);
  });
});

test.each([
  [15, 40],
  [30, 20],
  [45, 13],
  [60, 10],
  [120, 5],
])('a source with %i seconds is polled %i times in ten minutes', async (intervalSeconds, times) => {
  await desk.addSource('s', start, { intervalSeconds });
  desk.publisher.answer = () => feed({ id: '1' });
  for (let minute = 0; minute < 10; minute++) await desk.tick(later(minute));
  expect(desk.publisher.requests.length).toBeGreaterThanOrEqual(times - 1);
  expect(desk.publisher.requests.length).toBeLessThanOrEqual(times + 1);
});

test('the handlers dispatch, poll and sweep on the clock', async () => {
  const [dispatch, poll, sweep] = await Promise.all([
    import('../../lambdas/dispatch.ts'),
    import('../../lambdas/poll.ts'),
    import('../../lambdas/sweep.ts'),
  ]);
  const context = {} as Context;
  await desk.addSource('s', start, { establishedAt: start.toISOString() });
  desk.publisher.answer = () => feed({ id: '1' });
  await dispatch.handler({}, context);
  const [message] = desk.aws.take(queues.poll);
  const record = {
    body: JSON.stringify(message!.body),
    messageId: 'm',
    eventSource: 'aws:sqs',
    attributes: {},
  };
  const answer = await poll.handler({ Records: [record as SQSRecord] }, context);
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(desk.queued()).toHaveLength(1);
  await sweep.handler({}, context);
  expect(desk.queued()).toEqual([]);
  expect(desk.publisher.requests[0]!.headers['user-agent']).toMatch(/^Tocsin\/\S+ \(\+https:/);
});

describe('the lease', () => {
  test('is given back after the last poll of the host', async () => {
    await desk.pollThrough(start, feed({ id: '1' }));
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

  test('a source that moved to another host waits for the next dispatch', async () => {
    await desk.addSource('s', start);
    const { dispatchPolls } = await import('../../lambdas/dispatch.ts');
    await dispatchPolls(desk.log, start);
    await desk.addSource('s', start, { url: 'http://localhost:1/feed.xml' });
    await desk.workPolls(start);
    expect(await desk.source('s')).toMatchObject({ failures: 0, nextPollAt: start.toISOString() });
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
