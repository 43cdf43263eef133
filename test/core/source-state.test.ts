import { describe, expect, test } from 'vitest';
import type { Source, SourceState } from '../../core/model.ts';
import { nextRhythm } from '../../core/source/rhythm.ts';
import {
  nextState,
  type PolledDocument,
  type PolledResult,
  persistentMove,
} from '../../core/source/source-state.ts';

const now = new Date('2026-11-23T08:30:00.000Z');
const source: Source & SourceState = {
  id: 's',
  url: 'https://example.com/feed',
  name: 'The Morning Bell',
  intervalSeconds: 300,
  paused: false,
  createdAt: '2026-11-01T00:00:00.000Z',
  nextPollAt: '2026-11-23T08:30:00.000Z',
  failures: 0,
  seen: ['a...1.....'],
  etag: '"1"',
};
const document: PolledDocument = {
  etag: undefined,
  lastModified: 'today',
  ttlMinutes: undefined,
  skipHours: undefined,
  seen: ['a...1.....'],
  newestAt: undefined,
  newEntries: 0,
  newArticles: 0,
  republishedEntries: 0,
};
const result: PolledResult = {
  outcome: 'not-modified',
  shortestSeconds: 60,
  freshSeconds: 0,
  blocked: false,
};
const state = (parts: Partial<PolledResult>, remembered: Partial<typeof source> = {}) =>
  nextState({ ...source, ...remembered }, { ...result, ...parts }, { now, random: 0 });

describe('after a poll', () => {
  test.each<[string, Partial<PolledResult>, Partial<typeof source>, object]>([
    ['a 304 keeps all', {}, {}, { etag: '"1"', seen: source.seen, failures: 0, establishedAt: undefined }],
    ['a document replaces validators', { document }, {}, { etag: undefined, lastModified: 'today' }],
    ['a document establishes', { document }, {}, { establishedAt: now.toISOString() }],
    ['once', { document }, { establishedAt: source.createdAt }, { establishedAt: source.createdAt }],
    [
      'a failure counts',
      { outcome: 'failed', error: 'x' },
      { failures: 2 },
      { failures: 3, lastError: 'x', etag: '"1"' },
    ],
    [
      'a failure is no success',
      { outcome: 'failed', error: 'x' },
      { lastSuccessAt: source.createdAt },
      { lastSuccessAt: source.createdAt },
    ],
    [
      'a success ends failures',
      {},
      { failures: 4, lastError: 'x' },
      { failures: 0, lastError: undefined, lastSuccessAt: now.toISOString() },
    ],
    ['the interval', {}, {}, { nextPollAt: '2026-11-23T08:35:00.000Z' }],
    ['as long as it is fresh', { freshSeconds: 600 }, {}, { nextPollAt: '2026-11-23T08:40:00.000Z' }],
    [
      'as long as the feed itself asks',
      { freshSeconds: 600, document: { ...document, ttlMinutes: 30 } },
      { ttlMinutes: 5 },
      { ttlMinutes: 30, nextPollAt: '2026-11-23T09:00:00.000Z' },
    ],
    [
      'as long as it is told',
      { outcome: 'rate-limited', error: 'x', retryAfterSeconds: 7_200 },
      {},
      { nextPollAt: '2026-11-23T10:30:00.000Z' },
    ],
    ['the hour to be skipped', {}, { skipHours: [8, 9] }, { nextPollAt: '2026-11-23T10:00:00.000Z' }],
    [
      'three of many hours',
      {},
      { skipHours: [8, 9, 10, 11, 12, 13] },
      { nextPollAt: '2026-11-23T11:00:00.000Z' },
    ],
    [
      'an adaptive source that brings much',
      { document: { ...document, newEntries: 2 } },
      { adaptive: true, rhythmSeconds: 1_000 },
      { rhythmSeconds: 500, nextPollAt: '2026-11-23T08:38:20.000Z' },
    ],
    [
      'an adaptive source that missed some',
      { document: { ...document, seen: ['b...2.....'] } },
      { adaptive: true, rhythmSeconds: 1_000 },
      { rhythmSeconds: 300 },
    ],
    ['an adaptive source at rest', {}, { adaptive: true, rhythmSeconds: 1_000 }, { rhythmSeconds: 1_100 }],
    ['a fixed source has no rhythm', {}, { rhythmSeconds: 1_000 }, { rhythmSeconds: undefined }],
    [
      'a failing one keeps its rhythm',
      { outcome: 'failed', error: 'x' },
      { adaptive: true, rhythmSeconds: 900 },
      { rhythmSeconds: 900 },
    ],
    ['a redirect is timed', { movedTo: '/a' }, {}, { movedTo: '/a', movedSince: now.toISOString() }],
    [
      'from its first time',
      { movedTo: '/a' },
      { movedTo: '/a', movedSince: source.createdAt },
      { movedSince: source.createdAt },
    ],
    [
      'each target for itself',
      { movedTo: '/b' },
      { movedTo: '/a', movedSince: source.createdAt },
      { movedSince: now.toISOString() },
    ],
    [
      'until there is none',
      {},
      { movedTo: '/a', movedSince: source.createdAt },
      { movedTo: undefined, movedSince: undefined },
    ],
    [
      'whatever fails between',
      { outcome: 'failed', error: 'x' },
      { movedTo: '/a', movedSince: source.createdAt },
      { movedSince: source.createdAt },
    ],
  ])('%s', (_, parts, remembered, expected) => expect(state(parts, remembered)).toMatchObject(expected));
});

describe('the newest entry it ever showed', () => {
  const [earlier, later] = ['2026-11-23T06:00:00.000Z', '2026-11-23T07:00:00.000Z'];

  test.each<[string, Partial<PolledDocument> | undefined, string | undefined, string | undefined]>([
    ['is the first', { newestAt: earlier }, undefined, earlier],
    ['is a newer one', { newestAt: later }, earlier, later],
    ['stays while older ones come', { newestAt: earlier }, later, later],
    ['is not of the future', { newestAt: '2026-12-24T00:00:00.000Z' }, earlier, now.toISOString()],
    ['is of now without a date', { newEntries: 1 }, earlier, now.toISOString()],
    ['stays where nothing is new', {}, earlier, earlier],
    ['stays at a 304', undefined, earlier, earlier],
  ])('%s', (_, parts, before, expected) => {
    const answer = parts ? { document: { ...document, ...parts } } : {};
    expect(state(answer, before === undefined ? {} : { newestAt: before }).newestAt).toBe(expected);
  });
});

test('its articles are counted, but for those of the first document', () => {
  const answer = { document: { ...document, newArticles: 3 } };
  expect(state(answer).articlesByDay).toEqual({});
  expect(state({}, { establishedAt: source.createdAt }).articlesByDay).toEqual({});
  expect(state(answer, { establishedAt: source.createdAt }).articlesByDay).toEqual({ '2026-11-23': 3 });
});

describe('what a person should know', () => {
  const failed = { outcome: 'failed', error: 'x' } as const;
  const many = Array.from({ length: 20 }, (_, n) => `${n}`.padStart(10, '.'));
  const others = { ...document, seen: ['b...2.....'] };

  test.each<[string, Partial<PolledResult>, Partial<typeof source>, string[] | undefined]>([
    ['nothing', { document }, {}, undefined],
    ['a first document misses nothing', { document: others }, { seen: [] }, undefined],
    ['nothing in common', { document: others }, {}, ['gap']],
    ['a 304 misses nothing', {}, {}, undefined],
    ['all ids renewed', { document: { ...others, republishedEntries: 4 } }, {}, ['republish']],
    ['few of many', { document }, { usualEntries: 20 }, ['shrunken']],
    ['many of few', { document: { ...document, seen: many } }, { seen: many, usualEntries: 1 }, undefined],
    ['gone for good', { ...failed, outcome: 'gone' }, {}, ['dead']],
    ['never read since it was added', failed, { failures: 9 }, ['dead']],
    ['not read for an hour', failed, { failures: 9, lastSuccessAt: '2026-11-23T07:30:00.000Z' }, undefined],
    ['read after weeks', {}, { failures: 9, lastSuccessAt: source.createdAt }, undefined],
    ['refused', { ...failed, blocked: true }, { failures: 2, lastSuccessAt: now.toISOString() }, ['blocked']],
    ['old news', {}, { newestAt: '2026-10-01T00:00:00.000Z' }, ['stale']],
  ])('%s', (_, parts, remembered, codes) => {
    expect(state(parts, remembered).findings?.map(({ code }) => code)).toEqual(codes);
  });
});

test.each([
  [100, 1, 99],
  [1, 2, 2],
  [undefined, 2, 2],
])('of %s usual entries and %i there are %i usual ones', (usualEntries, entries, expected) => {
  const seen = Array.from({ length: entries }, (_, n) => `${n}`);
  const remembered = usualEntries === undefined ? {} : { usualEntries };
  expect(state({ document: { ...document, seen } }, remembered).usualEntries).toBe(expected);
});

test('without a redirect it stays where it is', () => expect(persistentMove(state({}), now)).toBeUndefined());

test.each([
  ['a day ago', '2026-11-22T08:30:00.000Z', '/a'],
  ['less than a day ago', '2026-11-22T08:30:00.001Z', undefined],
])('a redirect that began %s leads to %s', (_, movedSince, target) => {
  expect(persistentMove(state({ movedTo: '/a' }, { movedTo: '/a', movedSince }), now)).toBe(target);
});

describe('the rhythm', () => {
  const observe = { floorSeconds: 60, newEntries: 0, gap: false };

  test.each([
    ['starts at the floor', undefined, observe, 60],
    ['relaxes', 600, observe, 660],
    ['to an hour at most', 3_500, observe, 3_600],
    ['keeps with one', 1_000, { ...observe, newEntries: 1 }, 700],
    ['tightens with several', 1_000, { ...observe, newEntries: 5 }, 500],
    ['not below the floor', 70, { ...observe, newEntries: 5 }, 60],
    ['starts over after a gap', 3_600, { ...observe, gap: true }, 60],
    ['stays above an hour where it must', 7_200, { ...observe, floorSeconds: 7_200 }, 7_200],
  ])('%s', (_, seconds, observation, expected) => expect(nextRhythm(seconds, observation)).toBe(expected));

  test('settles a little above a source’s own: an article an hour is polled every 5 to 20 minutes', () => {
    let seconds: number | undefined;
    let time = 0;
    const intervals: number[] = [];
    for (let poll = 0; poll < 500; poll++) {
      const next = time + (seconds ?? 60);
      const newEntries = Math.floor(next / 3_600) - Math.floor(time / 3_600);
      time = next;
      seconds = nextRhythm(seconds, { floorSeconds: 60, newEntries, gap: false });
      if (poll > 100) intervals.push(seconds);
    }
    const mean = intervals.reduce((sum, value) => sum + value, 0) / intervals.length;
    expect(mean).toBeGreaterThan(300);
    expect(mean).toBeLessThan(1_200);
  });
});
