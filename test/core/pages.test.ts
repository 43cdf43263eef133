import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupBySubscriber, pageLimits, percolatorId, toPages } from '../../core/delivery/pages.ts';

test('ids of the percolator become subscribers with their watches', () => {
  expect(groupBySubscriber([percolatorId('ann', '1'), 'ann#2', 'bob#7'])).toEqual([
    { subscriberId: 'ann', watchIds: ['1', '2'] },
    { subscriberId: 'bob', watchIds: ['7'] },
  ]);
});

test('nothing makes no page', () => expect(toPages([])).toEqual([]));

test.each([
  [1, [1]],
  [25, [25]],
  [26, [25, 1]],
  [60, [25, 25, 10]],
])('%i subscribers stand on pages of %j', (count, sizes) => {
  const matched = Array.from({ length: count }, (_, n) => ({ subscriberId: `s${n}`, watchIds: ['w'] }));
  expect(toPages(matched).map((page) => page.length)).toEqual(sizes);
});

test('every watch is on one page, no page is too large, and a full one fits into a message', () => {
  const matched = fc.array(fc.record({ subscriber: fc.nat({ max: 40 }), watches: fc.nat({ max: 5_000 }) }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(matched, (counts) => {
      const ids = counts.flatMap(({ subscriber, watches }, n) =>
        Array.from({ length: watches }, (_, w) =>
          percolatorId(`subscriber-${subscriber}`, `${n}-${w}-watch`),
        ),
      );
      const pages = toPages(groupBySubscriber(ids.toSorted()));
      const handedOn = pages
        .flat()
        .flatMap(({ subscriberId, watchIds }) => watchIds.map((id) => percolatorId(subscriberId, id)));
      expect(handedOn.toSorted()).toEqual(ids.toSorted());
      for (const page of pages) {
        expect(page.length).toBeLessThanOrEqual(pageLimits.subscribers);
        expect(JSON.stringify(page).length).toBeLessThan(200_000);
      }
    }),
    { numRuns: 30 },
  );
});
