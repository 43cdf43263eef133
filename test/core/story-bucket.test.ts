import { describe, expect, test } from 'vitest';
import { bucketsOf, type Founder, likelyStories, oldest, withFounder } from '../../core/story-bucket.ts';

const start = Date.parse('2026-11-23T08:00:00.000Z');
const founder = (id: string, hours = 0): Founder => ({
  id,
  at: new Date(start + hours * 3_600_000).toISOString(),
});
const ids = (founders: readonly Founder[]) => founders.map(({ id }) => id).join(' ');
const now = founder('').at;

describe('likely stories', () => {
  const a = founder('a', -3);
  const b = founder('b', -2);
  const c = founder('c', -1);
  const cases: [name: string, buckets: Founder[][], expected: string][] = [
    ['none', [[], []], ''],
    ['those in most buckets first', [[a], [a, b], [b], [b, c]], 'b a c'],
    ['of two in as many the older first', [[c, b, a]], 'a b c'],
    ['over after 72 hours', [[founder('over', -72), founder('open', -71.9)]], 'open'],
    ['of articles seen later, matched sooner', [[founder('later', 2)]], 'later'],
    ['at most six', [Array.from({ length: 16 }, (_, n) => founder(`f${n}`, -n))], 'f15 f14 f13 f12 f11 f10'],
  ];
  test.each(cases)('%s', (_, buckets, expected) => {
    expect(ids(likelyStories(buckets, now))).toBe(expected);
  });
});

test('the oldest story wins, of two as old always the same', () => {
  expect(oldest([founder('b', 1), founder('a', 1), founder('c', 2)])).toEqual(founder('a', 1));
  expect(oldest([])).toBeUndefined();
});

describe('a bucket', () => {
  test('names a story once', () => {
    expect(ids(withFounder([founder('a'), founder('b')], founder('a')))).toBe('a b');
  });
  test('forgets what is over', () => {
    expect(ids(withFounder([founder('a', -80), founder('b', -10)], founder('c')))).toBe('b c');
  });
  test('keeps the newest 16', () => {
    const full = Array.from({ length: 16 }, (_, n) => founder(`f${String(n).padStart(2, '0')}`, n - 20));
    const next = withFounder(full, founder('new'));
    expect(next).toHaveLength(16);
    expect(next[0]).toEqual(full[1]);
    expect(next.at(-1)).toEqual(founder('new'));
  });
});

describe('a text that tells too little has no buckets', () => {
  const titles: [title: string, some: boolean][] = [
    ['Morning briefing', false],
    ['Photos of the day', false],
    ['오늘의 날씨', false],
    ['Storm closes the harbour of Busan', true],
    ['폭풍으로 닫힌 부산항 월요일 다시 열려', true],
  ];
  test.each(titles)('%s', (title, some) => {
    expect(bucketsOf({ title }).length > 0).toBe(some);
  });
});
