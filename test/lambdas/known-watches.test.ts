/**
 * DynamoDB commits the writes of a transaction one after the other, and a query may meet some of them: a former entry
 * beside the newer one, or after it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-isolation
 */
import { describe, expect, test } from 'vitest';
import type { WatchChange } from '../../core/model.ts';
import { bringUpToDate, countChanges, readAllWatches } from '../../lambdas/watch/known-watches.ts';

const now = () => new Date('2026-11-23T08:00:00.000Z');
const entry = (version: number, query?: string): WatchChange => ({
  watchId: '1',
  subscriberId: 'ann',
  version,
  ...(query !== undefined && { query }),
});
const older = entry(1, 'storm');
const newer = entry(2, 'snow');

/** A log that gives these, reading by reading. */
function readingsOf(...readings: WatchChange[][]) {
  return async () => readings.shift() ?? [];
}

async function found(...readings: WatchChange[][]): Promise<string[]> {
  const readChanges = readingsOf(...readings);
  let known = await readAllWatches(readChanges, now);
  for (let more = readings.length; more > 0; more--) known = await bringUpToDate(known, readChanges, now);
  const titles = ['storm', 'snow'];
  const article = (title: string) => ({ id: 'a', url: 'https://example.com/', title, sourceId: 's' });
  return titles.filter((title) => known.percolator.percolate(article(title)).watchIds.length > 0);
}

describe('the newer entry counts', () => {
  test.each<[string, string[], WatchChange[][]]>([
    ['in one reading, first', ['snow'], [[newer, older]]],
    ['in one reading, last', ['snow'], [[older, newer]]],
    ['when the second reading meets the older', ['snow'], [[newer], [older]]],
    ['when a later reading meets the older', ['snow'], [[], [newer], [older], [older]]],
    ['when later readings meet older ones', ['snow'], [[], [entry(3, 'snow')], [older], [entry(2, 'storm')]]],
    ['when only a later reading meets it', ['snow'], [[older], [older], [newer]]],
    ['when it is a removal', [], [[entry(2), older], [older], [older]]],
    ['after a removal', ['snow'], [[entry(1)], [entry(1)], [newer, entry(1)]]],
  ])('%s: %j', async (_, expected, readings) => {
    expect(await found(...readings)).toEqual(expected);
  });
});

test('what is known so is no change', async () => {
  const known = await readAllWatches(readingsOf([older], [newer]), now);
  const count = (...changes: WatchChange[]) => countChanges(known, readingsOf(changes));
  expect(
    await Promise.all([count(), count(newer), count(older), count(entry(3)), count(newer, entry(3))]),
  ).toEqual([0, 0, 0, 1, 1]);
});
