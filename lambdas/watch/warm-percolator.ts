/**
 * The percolator that a function keeps between its calls: loaded from the snapshot, or from the log where there is no
 * snapshot that can be used, then brought up to date from the change log of the watches.
 *
 *     const watches = warmPercolator({ readChanges, readStored, now, log });
 *     const begun = watches.begun();
 *     (await watches.after(begun)).percolate(article)
 */
import type { Percolator } from '../../core/percolator.ts';
import type { Log } from '../logger.ts';
import {
  bringUpToDate,
  isUsable,
  type KnownWatches,
  type ReadChanges,
  readAllWatches,
} from './known-watches.ts';
import { type SharedRuns, shareRuns } from './share-runs.ts';

export interface WarmPorts {
  readonly readChanges: ReadChanges;
  /** @returns undefined when there is no snapshot; throws when it cannot be used */
  readonly readStored: () => Promise<KnownWatches | undefined>;
  readonly now: () => Date;
  readonly log: Log;
}

/** @returns the percolator with every watch that was acknowledged before its run began */
export function warmPercolator(ports: WarmPorts): SharedRuns<Percolator> {
  const { readChanges, now, log } = ports;
  const reported = new Set<string>();
  let known: KnownWatches | undefined;

  return shareRuns(async () => {
    if (known === undefined || !isUsable(known, now())) known = await load(ports);
    known = await bringUpToDate(known, readChanges, now);
    reportBroken(known.percolator, reported, log);
    return known.percolator;
  });
}

async function load(ports: WarmPorts): Promise<KnownWatches> {
  const { readChanges, now, log } = ports;
  const start = performance.now();
  const stored = await tryStored(ports);
  const known = stored ?? (await readAllWatches(readChanges, now));
  log.info('watches loaded', {
    from: stored === undefined ? 'log' : 'snapshot',
    watches: known.percolator.size,
    readAt: known.readAt.toISOString(),
    milliseconds: Math.round(performance.now() - start),
  });
  return known;
}

/** Without a snapshot all is read from the log, which takes longer and is as right: nothing about one stops a match. */
async function tryStored({ readStored, now, log }: WarmPorts): Promise<KnownWatches | undefined> {
  try {
    const stored = await readStored();
    if (stored === undefined || isUsable(stored, now())) return stored;
    log.warn('snapshot is of another time', { readAt: stored.readAt.toISOString() });
  } catch (error) {
    log.warn('snapshot cannot be used', { error: error as Error });
  }
  return undefined;
}

/** A watch that cannot be read stops no other. */
function reportBroken({ broken }: Percolator, reported: Set<string>, log: Log): void {
  for (const { watchId, message } of broken) {
    if (!reported.has(watchId)) log.warn('watch is broken', { watchId, reason: message });
    reported.add(watchId);
  }
}
