import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  daySeconds,
  hostOf,
  nextPollSeconds,
  type PollOutcome,
  type PollResult,
  planPolls,
} from '../../core/source/polling.ts';

const minute = 60;
const hour = 60 * minute;

type Case = [why: string, result: Partial<PollResult>, seconds: number];

const cases: readonly Case[] = [
  ['its own interval', {}, 5 * minute],
  ['never below the shortest', { intervalSeconds: 1 }, minute],
  ['fresh for longer', { freshSeconds: 30 * minute }, 30 * minute],
  ['fresh for a year counts as an hour', { freshSeconds: 365 * daySeconds }, hour],
  ['an interval above an hour stays', { intervalSeconds: 6 * hour, freshSeconds: 60 }, 6 * hour],
  ['a day at most', { intervalSeconds: 9 * daySeconds }, daySeconds],
  ['one failure', { outcome: 'failed', failures: 1 }, 10 * minute],
  ['three failures', { outcome: 'failed', failures: 3 }, 40 * minute],
  ['a hundred failures', { outcome: 'failed', failures: 100 }, daySeconds],
  ['told when to come again', { outcome: 'rate-limited', retryAfterSeconds: 7_200 }, 7_200],
  ['told sooner than the interval', { outcome: 'rate-limited', retryAfterSeconds: 1 }, 5 * minute],
  ['told to wait for a year', { outcome: 'rate-limited', retryAfterSeconds: 365 * daySeconds }, daySeconds],
  ['told to slow down', { outcome: 'rate-limited', failures: 1 }, hour],
  ['told so again', { outcome: 'rate-limited', failures: 3 }, 4 * hour],
];

describe('the next poll', () => {
  test.each(cases)('%s', (_, result, seconds) => {
    expect(nextPollSeconds({ ...usual, ...result }, 0)).toBe(seconds);
  });

  test.each<[why: string, result: Partial<PollResult>, seconds: number]>([
    ['a tenth late', { intervalSeconds: 10 * minute }, 11 * minute],
    ['a quarter late after a failure', { outcome: 'failed', failures: 1 }, 12.5 * minute],
    ['late from a minute on', { intervalSeconds: minute }, 66],
    ['never late below', { intervalSeconds: 30, shortestSeconds: 15 }, 30],
  ])('%s, at most', (_, result, seconds) => {
    expect(nextPollSeconds({ ...usual, ...result }, 1)).toBeCloseTo(seconds);
  });

  test('is between the shortest interval and a day, and jitter only delays', () => {
    fc.assert(
      fc.property(anyResult, fc.double({ min: 0, max: 1, noNaN: true }), (result, random) => {
        const seconds = nextPollSeconds(result, random);
        expect(seconds).toBeGreaterThanOrEqual(nextPollSeconds(result, 0));
        expect(seconds).toBeGreaterThanOrEqual(result.shortestSeconds);
        expect(seconds).toBeLessThanOrEqual(daySeconds);
      }),
    );
  });
});

describe('the polls of a host', () => {
  const now = new Date('2026-11-23T08:00:00.000Z');
  const window = { now, horizonSeconds: 55, shortestSeconds: 15 };
  const source = (id: string, dueIn: number, intervalSeconds = 60) => ({
    id,
    url: `https://example.com/${id}`,
    intervalSeconds,
    dueAt: new Date(now.getTime() + dueIn * 1000).toISOString(),
  });
  const plan = (sources: ReturnType<typeof source>[], lastSourceId?: string) =>
    planPolls(sources, { ...window, lastSourceId }).map(
      ({ sourceId, at }) => `${sourceId}@${(Date.parse(at) - now.getTime()) / 1000}`,
    );

  test('in order of time, what is late at once', () => {
    expect(plan([source('a', 20), source('b', -500), source('c', 5)])).toEqual(['b@0', 'c@5', 'a@20']);
  });

  test('a short interval comes several times', () => {
    expect(plan([source('a', 10, 20), source('b', 12, 600)])).toEqual(['a@10', 'b@12', 'a@30', 'a@50']);
  });

  test('an interval below the shortest does not', () => {
    expect(plan([source('a', 0, 1)])).toEqual(['a@0', 'a@15', 'a@30', 'a@45']);
  });

  test('never two within a second', () => {
    expect(plan([source('a', 0), source('b', 0), source('c', 0.5)])).toEqual(['a@0', 'b@1', 'c@2']);
  });

  test('the one on which the last holder died goes last', () => {
    expect(plan([source('a', 0), source('b', 0), source('c', 9)], 'a')).toEqual(['b@0', 'c@9', 'a@10']);
  });

  test('a hundred at most, each source before any second time', () => {
    const polls = plan(Array.from({ length: 150 }, (_, n) => source(`s${n}`, 0, 15)));
    expect(polls).toHaveLength(100);
    expect(new Set(polls.map((poll) => poll.split('@')[0])).size).toBe(100);
  });
});

test.each([
  ['https://example.com/feed', 'example.com'],
  ['http://127.0.0.1:8080/feed', '127.0.0.1:8080'],
  ['https://EXAMPLE.com:443/', 'example.com'],
  ['no URL', 'invalid'],
])('the host of %s is %s', (url, host) => {
  expect(hostOf(url)).toBe(host);
});

const usual: PollResult = {
  outcome: 'not-modified',
  intervalSeconds: 5 * minute,
  shortestSeconds: minute,
  failures: 0,
};

const outcomes: PollOutcome[] = ['new-articles', 'not-modified', 'rate-limited', 'gone', 'failed'];
const anySeconds = fc.nat({ max: 400 * daySeconds });
const anyResult: fc.Arbitrary<PollResult> = fc
  .record({
    outcome: fc.constantFrom(...outcomes),
    intervalSeconds: anySeconds,
    shortestSeconds: fc.integer({ min: 15, max: 3_600 }),
    failures: fc.nat({ max: 10_000 }),
    freshSeconds: anySeconds,
    retryAfterSeconds: fc.option(anySeconds, { nil: undefined }),
  })
  .map(({ retryAfterSeconds, ...rest }) => ({ ...rest, ...(retryAfterSeconds && { retryAfterSeconds }) }));
