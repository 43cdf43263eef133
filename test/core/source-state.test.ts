import { describe, expect, test } from 'vitest';
import type { Source, SourceState } from '../../core/model.ts';
import { nextRhythm } from '../../core/source/rhythm.ts';
import { nextState, type PolledDocument, type PolledResult } from '../../core/source/source-state.ts';

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
    ['the interval', {}, {}, { nextPollAt: '2026-11-23T08:35:00.000Z' }],
    ['the hour to be skipped', {}, { skipHours: [8, 9] }, { nextPollAt: '2026-11-23T10:00:00.000Z' }],
    [
      'three of many hours',
      {},
      { skipHours: [8, 9, 10, 11, 12, 13] },
      { nextPollAt: '2026-11-23T11:00:00.000Z' },
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
