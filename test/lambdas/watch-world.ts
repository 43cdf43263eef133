/**
 * Watches as `match` and `snapshot` meet them, in memory: the change log read page by page, while whatever a test wants
 * happens in between; a store for the snapshot; a time, and clocks that differ from it.
 *
 *     const world = createWatchWorld();
 *     world.change('1', 'storm');
 *     await world.function().matching(article);   // ['ann#1']
 */
import type { Article, WatchChange } from '../../core/model.ts';
import type { Log } from '../../lambdas/logger.ts';
import type { KnownWatches } from '../../lambdas/watch/known-watches.ts';
import { tombstoneMs } from '../../lambdas/watch/log-times.ts';
import { decodeSnapshot } from '../../lambdas/watch/snapshot-bytes.ts';
import type { StoredSnapshot } from '../../lambdas/watch/snapshot-store.ts';
import { warmPercolator } from '../../lambdas/watch/warm-percolator.ts';

process.env.REGISTRY_TABLE = 'REGISTRY_TABLE';
process.env.SNAPSHOT_BUCKET = 'snapshots';
process.env.AWS_REGION = 'us-east-1';
const { renewSnapshot } = await import('../../lambdas/snapshot.ts');

interface Entry {
  readonly key: string;
  readonly at: number;
  readonly change: WatchChange;
}

export type WatchWorld = ReturnType<typeof createWatchWorld>;
export const start = Date.parse('2026-11-23T08:00:00.000Z');
const pageLength = 2;

export function createWatchWorld() {
  /** One entry a watch, as the table has it. */
  const entries = new Map<string, Entry>();
  const reads: (string | undefined)[] = [];
  const logs: { level: 'info' | 'warn'; message: string; data: Record<string, unknown> }[] = [];
  let stored: StoredSnapshot | undefined;
  let writes = 0;
  /** Happens between two pages of a reading, once. */
  let meanwhile: (() => unknown) | undefined;

  const world = {
    time: start,
    entries,
    reads,
    logs,
    after(minutes: number): void {
      world.time += minutes * 60_000;
    },

    /** As the API does: a change is later than the one before it, by whatever clock. No query: paused or removed. */
    change(watchId: string, query: string | undefined, skewMs = 0): void {
      const before = entries.get(watchId);
      const at = Math.max(world.time + skewMs, (before?.at ?? 0) + 1);
      const version = (before?.change.version ?? 0) + 1;
      const change = { watchId, subscriberId: 'ann', version, ...(query !== undefined && { query }) };
      entries.set(watchId, { key: `${new Date(at).toISOString()}#${watchId}#${version}`, at, change });
    },

    /** As DynamoDB does with removals, at the earliest. */
    expire(): void {
      for (const [id, { at, change }] of entries)
        if (change.query === undefined && at + tombstoneMs <= world.time) entries.delete(id);
    },

    /** Does something between the first two pages of the next reading. */
    during(what: () => unknown): void {
      meanwhile = what;
    },

    async readChanges(since: Date | undefined): Promise<WatchChange[]> {
      reads.push(since?.toISOString());
      const found: WatchChange[] = [];
      for (let last = since?.toISOString() ?? ''; ; ) {
        const page = [...entries.values()]
          .filter(({ key }) => key > last)
          .toSorted(byKey)
          .slice(0, pageLength);
        found.push(...page.map(({ change }) => change));
        const happens = meanwhile;
        meanwhile = undefined;
        await happens?.();
        if (page.length === 0) return found;
        last = page.at(-1)!.key;
      }
    },

    get stored(): StoredSnapshot | undefined {
      return stored;
    },
    async readSnapshot(): Promise<StoredSnapshot | undefined> {
      return stored;
    },
    async writeSnapshot(bytes: Uint8Array, replaces: string | undefined): Promise<boolean> {
      if (replaces !== stored?.etag) return false;
      writes += 1;
      stored = { bytes, etag: `"${writes}"` };
      return true;
    },
    /** What a fault does to the stored bytes. */
    damage(how: (bytes: Uint8Array) => Uint8Array): void {
      if (stored) stored = { bytes: how(stored.bytes.slice()), etag: `"damaged ${writes}"` };
    },

    /** As S3 does with what has expired. */
    lose(): void {
      stored = undefined;
    },

    /** One run of the schedule. @returns what it logged at last */
    async renew(skewMs = 0): Promise<Record<string, unknown>> {
      const now = () => new Date(world.time + skewMs);
      const { readChanges, readSnapshot, writeSnapshot } = world;
      await renewSnapshot({ readChanges, readSnapshot, writeSnapshot, now }, log);
      const { message, data } = logs.at(-1)!;
      return { message, ...data };
    },

    /** A function that starts. */
    function(skewMs = 0) {
      const clock = { skewMs };
      const readStored = async (): Promise<KnownWatches | undefined> =>
        stored && decodeSnapshot(stored.bytes, 'REGISTRY_TABLE');
      const now = () => new Date(world.time + clock.skewMs);
      const watches = warmPercolator({ readChanges: world.readChanges, readStored, now, log });
      return {
        clock,
        watches,
        matching: async (article: Article) =>
          (await watches.after(watches.begun())).percolate(article).watchIds,
      };
    },

    /** From where a function that started had its watches, in order. */
    loads: () => logs.filter(({ message }) => message === 'watches loaded').map(({ data }) => data.from),
    warnings: () => logs.filter(({ level }) => level === 'warn').map(({ message }) => message),
  };

  const say =
    (level: 'info' | 'warn'): Log['info'] =>
    (message, ...data) =>
      void logs.push({ level, message: String(message), data: (data[0] ?? {}) as Record<string, unknown> });
  const log: Log = { debug: () => {}, error: () => {}, info: say('info'), warn: say('warn') };
  return world;
}

function byKey(a: Entry, b: Entry): number {
  return a.key < b.key ? -1 : 1;
}
