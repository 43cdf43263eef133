/**
 * What a function knows of the watches: the percolator with every watch that was acknowledged before the log was last
 * read. Read whole from the log, or brought up to date with what changed since.
 */
import { percolatorId } from '../../core/delivery/pages.ts';
import type { WatchChange } from '../../core/model.ts';
import { Percolator } from '../../core/percolator.ts';
import { longestGapMs, overlapMs } from './log-times.ts';

/** The change log: the changes since a time, or all there are; what was acknowledged before the call is among them. */
export type ReadChanges = (since: Date | undefined) => Promise<WatchChange[]>;

export interface KnownWatches {
  readonly percolator: Percolator;
  /**
   * By id the version of each watch whose entry the next reading meets again, so that it is applied once and an older
   * one never after a newer. Nobody needs the versions of others: a watch changes to a later time than it had.
   */
  readonly recent: ReadonlyMap<string, number>;
  /** When the last reading of the log began: the cursor. */
  readonly readAt: Date;
}

/**
 * Reads the whole log, and then once more what changed meanwhile: an entry may have moved behind a reader who goes
 * through pages.
 */
export async function readAllWatches(readChanges: ReadChanges, now: () => Date): Promise<KnownWatches> {
  const start = now();
  const newest = newestOf(await readChanges(undefined));
  const readAt = now();
  const again = newestOf(await readChanges(overlapping(start)));
  for (const [id, change] of again) if (isNewer(change, newest.get(id)?.version)) newest.set(id, change);
  const percolator = Percolator.build(activeWatches(newest));
  return { percolator, recent: versionsOf(again), readAt };
}

/** Applies what changed since. The percolator is changed in place; when the reading fails, nothing is. */
export async function bringUpToDate(
  known: KnownWatches,
  readChanges: ReadChanges,
  now: () => Date,
): Promise<KnownWatches> {
  const readAt = now();
  const { percolator, recent } = known;
  const changes = newestOf(await readChanges(overlapping(known.readAt)));
  const versions = versionsOf(changes);
  for (const [id, change] of changes) {
    const before = recent.get(id);
    if (!isNewer(change, before)) versions.set(id, before!);
    else if (change.query === undefined) percolator.remove(id);
    else percolator.upsert({ id, query: change.query });
  }
  return { percolator, recent: versions, readAt };
}

/** How many watches have changed that are not known so. */
export async function countChanges(
  { readAt, recent }: KnownWatches,
  readChanges: ReadChanges,
): Promise<number> {
  const changes = newestOf(await readChanges(overlapping(readAt)));
  return [...changes].filter(([id, change]) => isNewer(change, recent.get(id))).length;
}

/**
 * Whether reading what changed since is enough: not after so long that a removal may have left the log, nor when the
 * cursor lies in the future of this clock, as after a clock was set right.
 */
export function isUsable({ readAt }: Pick<KnownWatches, 'readAt'>, now: Date): boolean {
  const age = now.getTime() - readAt.getTime();
  return age >= -overlapMs && age <= longestGapMs;
}

function overlapping(readAt: Date): Date {
  return new Date(readAt.getTime() - overlapMs);
}

function newestOf(changes: readonly WatchChange[]): Map<string, WatchChange> {
  const newest = new Map<string, WatchChange>();
  for (const change of changes) {
    const id = percolatorId(change.subscriberId, change.watchId);
    if (isNewer(change, newest.get(id)?.version)) newest.set(id, change);
  }
  return newest;
}

function isNewer({ version }: WatchChange, known = -1): boolean {
  return version > known;
}

function versionsOf(changes: ReadonlyMap<string, WatchChange>): Map<string, number> {
  return new Map([...changes].map(([id, { version }]) => [id, version]));
}

function* activeWatches(changes: ReadonlyMap<string, WatchChange>) {
  for (const [id, { query }] of changes) if (query !== undefined) yield { id, query };
}
