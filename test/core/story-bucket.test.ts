import { describe, expect, test } from 'vitest';
import {
  bucketsOf,
  bucketsToName,
  type Founder,
  likelyStories,
  oldest,
  withFounder,
} from '../../core/story/bucket.ts';
import { sameStory, type Told } from '../../core/story.ts';

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
    ['those in rare buckets before those in full ones', [[c], [a, b, c, c], [a, b]], 'c a b'],
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
  expect(oldest([founder('a', 1), founder('b', 1)])).toEqual(founder('a', 1));
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

describe('a new story is named in', () => {
  const full = Array.from({ length: 16 }, (_, n) => founder(`f${n}`));
  const over = Array.from({ length: 16 }, (_, n) => founder(`o${n}`, -80));
  const cases: [name: string, buckets: Founder[][], count: number][] = [
    ['every bucket with room', [[], [founder('a')], [], [], [], []], 6],
    ['no full one, when others are enough', [full, [], full, [], [], []], 4],
    ['full ones, when others are too few', [full, full, [], full, full, full], 4],
    ['one that is full of what is over', [over, over, over, over, over, full], 5],
  ];
  test.each(cases)('%s', (_, buckets, count) => {
    const named = bucketsToName(
      buckets.map((founders) => ({ founders })),
      now,
    );
    expect(named).toHaveLength(count);
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

test('a copy is found among many reports of one template', () => {
  const places = [
    'Chile',
    'Crete',
    'Nepal',
    'Tonga',
    'Fiji',
    'Alaska',
    'Japan',
    'Iran',
    'Peru',
    'Java',
    'Luzon',
  ];
  const tail =
    'Residents were advised to stay away from damaged buildings and to expect aftershocks in the coming days. Emergency services were on standby, officials said, and hospitals had been told to prepare.';
  const report = (n: number): Told => ({
    title: `Earthquake strikes ${places[n % 11]}`,
    body: `A magnitude ${4 + (n % 4)}.${n % 10} earthquake struck ${places[n % 11]} on Monday, the survey said. It hit at ${n % 24}:${10 + (n % 47)} local time at a depth of ${5 + n * 3} kilometres, ${7 + n * 7} kilometres from the nearest town. ${tail}`,
  });
  const buckets = new Map<string, Founder[]>();
  const named = (told: Told) => bucketsOf(told).map((key) => buckets.get(key) ?? []);
  const reports = Array.from({ length: 50 }, (_, n) => report(n));
  for (const [n, told] of reports.entries()) {
    const first = founder(String(n), n / 50);
    for (const key of bucketsOf(told)) buckets.set(key, withFounder(buckets.get(key) ?? [], first));
  }
  const found = reports.filter((told, n) => {
    const copy = { ...told, body: `SANTIAGO (Wire) — ${told.body}` };
    const same = likelyStories(named(copy), founder('', 2).at).filter(({ id }) =>
      sameStory(reports[Number(id)]!, copy),
    );
    return oldest(same)?.id === String(n);
  });
  expect(found.length).toBeGreaterThanOrEqual(48);
});
