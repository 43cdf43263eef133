/**
 * Each quarter of an hour: the watches are written to S3 as `match` needs them, when enough has changed for a function
 * that starts to be much faster with the new one.
 */
import { scheduleHandler } from './aws/schedule-envelope.ts';
import { readEnvironment } from './environment.ts';
import type { Log } from './logger.ts';
import {
  countChanges,
  isUsable,
  type KnownWatches,
  type ReadChanges,
  readAllWatches,
} from './watch/known-watches.ts';
import { decodeSnapshot, encodeSnapshot } from './watch/snapshot-bytes.ts';
import { readSnapshot, type StoredSnapshot, writeSnapshot } from './watch/snapshot-store.ts';
import { readWatchChanges } from './watch/watch-log.ts';

const { registryTable } = readEnvironment('registryTable');

/** The changes that a function which starts may have to read: one watch in so many. */
const share = 20;

/** Long before removals leave the log, and soon enough for those who want to be forgotten (docs/api.md, "Erasing"). */
const oldestMs = 86_400_000;

export interface SnapshotPorts {
  readonly readChanges: ReadChanges;
  readonly readSnapshot: () => Promise<StoredSnapshot | undefined>;
  readonly writeSnapshot: (bytes: Uint8Array, replaces: string | undefined) => Promise<boolean>;
  readonly now: () => Date;
}

/**
 * 1. reads the stored one and decides; 2. reads the whole log, so that a snapshot never hands on what is wrong with the
 * one before it; 3. writes, unless another has been written meanwhile.
 */
export async function renewSnapshot(ports: SnapshotPorts, log: Log): Promise<void> {
  const { reason, etag } = await lookAtStored(ports, log);
  if (reason === undefined) return log.info('snapshot stays');
  const known = await readAllWatches(ports.readChanges, ports.now);
  const bytes = encodeSnapshot(known, registryTable);
  const written = await ports.writeSnapshot(bytes, etag);
  const { size, broken } = known.percolator;
  log.info('snapshot renewed', {
    reason,
    written,
    watches: size,
    broken: broken.length,
    bytes: bytes.length,
  });
}

interface Found {
  /** Why to write another; undefined: the stored one is good. */
  readonly reason: 'none' | 'unreadable' | 'old' | 'changes' | undefined;
  readonly etag?: string;
}

async function lookAtStored({ readSnapshot, readChanges, now }: SnapshotPorts, log: Log): Promise<Found> {
  const stored = await readSnapshot();
  if (stored === undefined) return { reason: 'none' };
  const { bytes, etag } = stored;
  const known = tryDecode(bytes, log);
  if (known === undefined) return { reason: 'unreadable', etag };
  if (!isUsable(known, now()) || ageOf(known, now()) >= oldestMs) return { reason: 'old', etag };
  const changes = await countChanges(known, readChanges);
  const enough = changes > 0 && changes * share >= known.percolator.size;
  return { reason: enough ? 'changes' : undefined, etag };
}

function ageOf({ readAt }: KnownWatches, now: Date): number {
  return now.getTime() - readAt.getTime();
}

/** @returns undefined when it is of another version, or of other watches, or damaged */
function tryDecode(bytes: Uint8Array, log: Log): KnownWatches | undefined {
  try {
    return decodeSnapshot(bytes, registryTable);
  } catch (error) {
    log.warn('snapshot cannot be used', { error: error as Error });
    return undefined;
  }
}

export const handler = scheduleHandler((log) =>
  renewSnapshot({ readChanges: readWatchChanges, readSnapshot, writeSnapshot, now: () => new Date() }, log),
);
