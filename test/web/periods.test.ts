/** How hours become the bars of a chart. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gather, type Hour, roundUp, spans, sum } from '../../web/overview/periods.ts';

const HOUR_MS = 3_600_000;
const count = fc.nat(1_000);

const hours = fc
  .tuple(
    fc.nat(500_000),
    fc.array(fc.tuple(count, count, count, count), { minLength: 1, maxLength: spans.month.hours }),
  )
  .map(([start, rows]) =>
    rows.map(
      ([articlesSeen, articlesMatched, alertsSent, deliveriesFailed], n): Hour => ({
        at: new Date((start + n) * HOUR_MS).toISOString(),
        articlesSeen,
        articlesMatched,
        alertsSent,
        deliveriesFailed,
      }),
    ),
  );

test.each(Object.values(spans))('bars of $hoursInBar hours lose none of them', ({ hoursInBar }) => {
  fc.assert(
    fc.property(hours, (given) => {
      const bars = gather(given, hoursInBar);
      expect(sum(bars)).toEqual(sum(given));
      const longest = Math.max(...bars.slice(1).map(({ at }, n) => Date.parse(at) - Date.parse(bars[n]!.at)));
      expect(longest).toBeLessThanOrEqual((hoursInBar + 1) * HOUR_MS); // a clock that is set back
    }),
  );
});

describe('the top of a scale for', () => {
  test.each([
    [0, 2],
    [1, 2],
    [2, 2],
    [3, 4],
    [10, 20],
    [99, 100],
    [101, 200],
    [4721, 6000],
  ])('%i is %i', (most, top) => {
    expect(roundUp(most)).toBe(top);
  });
});
