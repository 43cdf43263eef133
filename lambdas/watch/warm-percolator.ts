/**
 * The percolator that a function keeps between its calls, brought up to date from the change log of the watches.
 *
 *     const upToDate = warmPercolator(readWatchChanges, () => new Date(), logger);
 *     (await upToDate()).percolate(article)
 */

import { percolatorId } from '../../core/delivery/pages.ts';
import type { Watch, WatchChange } from '../../core/model.ts';
import { Percolator } from '../../core/percolator.ts';
import type { Log } from '../logger.ts';
import { shareNext } from './share-next.ts';

/** The cursor goes back so far: the times in the log are those of other machines' clocks. */
const overlapMs = 120_000;

/** A removal leaves the log after a week; a percolator that was not read for a day is built anew. */
const longestGapMs = 86_400_000;

interface Warm {
  readonly percolator: Percolator;
  /** The version of each watch, removed ones included: changes are read again and again, and applied once. */
  readonly versions: Map<string, number>;
  readonly reportedBroken: Set<string>;
  readAt: Date;
}

/**
 * @param readChanges since a time, or all there are
 * @returns a function that resolves to the percolator with every watch acknowledged before the call
 */
export function warmPercolator(
  readChanges: (since: Date | undefined) => Promise<WatchChange[]>,
  now: () => Date,
  log: Log,
): () => Promise<Percolator> {
  let warm: Warm | undefined;
  return shareNext(async () => {
    const start = now();
    if (warm === undefined || start.getTime() - warm.readAt.getTime() > longestGapMs) {
      warm = build(await readChanges(undefined), start);
      log.info('watches loaded', { watches: warm.percolator.size });
    } else {
      for (const change of await readChanges(new Date(warm.readAt.getTime() - overlapMs)))
        apply(warm, change);
      warm.readAt = start;
    }
    reportBroken(warm, log);
    return warm.percolator;
  });
}

function build(changes: readonly WatchChange[], readAt: Date): Warm {
  const newest = new Map<string, WatchChange>();
  for (const change of changes) {
    const id = idOf(change);
    if (change.version > (newest.get(id)?.version ?? -1)) newest.set(id, change);
  }
  const versions = new Map([...newest].map(([id, { version }]) => [id, version]));
  const watches = [...newest].flatMap(([id, { query }]): Watch[] =>
    query === undefined ? [] : [{ id, query }],
  );
  return { percolator: Percolator.build(watches), versions, reportedBroken: new Set(), readAt };
}

function apply({ percolator, versions }: Warm, change: WatchChange): void {
  const id = idOf(change);
  if (change.version <= (versions.get(id) ?? -1)) return;
  if (change.query === undefined) percolator.remove(id);
  else percolator.upsert({ id, query: change.query });
  versions.set(id, change.version);
}

function idOf({ subscriberId, watchId }: WatchChange): string {
  return percolatorId(subscriberId, watchId);
}

/** A watch that cannot be read stops no other. */
function reportBroken({ percolator, reportedBroken }: Warm, log: Log): void {
  for (const { watchId, message } of percolator.broken) {
    if (!reportedBroken.has(watchId)) log.warn('watch is broken', { watchId, reason: message });
    reportedBroken.add(watchId);
  }
}
