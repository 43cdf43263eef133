import { expect, test } from 'vitest';
import { countDay, type DayCounts, inWeek } from '../../core/source/weekly-count.ts';

const now = new Date('2026-11-23T08:00:00.000Z');

test.each<[string, DayCounts, number, DayCounts, number]>([
  ['the first', {}, 2, { '2026-11-23': 2 }, 2],
  ['more on one day', { '2026-11-23': 2 }, 3, { '2026-11-23': 5 }, 5],
  ['none', { '2026-11-22': 2 }, 0, { '2026-11-22': 2 }, 2],
  ['a day to come', { '2026-11-24': 9 }, 0, {}, 0],
  ['a week', { '2026-11-16': 9, '2026-11-17': 1 }, 1, { '2026-11-17': 1, '2026-11-23': 1 }, 2],
])('%s', (_, before, count, counts, sum) => {
  expect(countDay(before, count, now)).toEqual(counts);
  expect(inWeek(countDay(before, count, now), now)).toBe(sum);
});
