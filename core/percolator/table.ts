/** The hash table of an index: buckets of four slots, see `percolator-index.ts`. */
import { slotHash } from './hash.ts';
import { bucketSize, entryAt, goesOn, hashAt, otherHashAt } from './index.ts';

/**
 * Puts a term into the first free slot of its bucket or of those behind; answers the slot. No bucket has the same
 * first hash twice, so that a look at the four first hashes tells which slot it can be.
 */
export function placeTerm(table: Int32Array, slots: number, h: number, g: number): number {
  const mask = (slots >> 2) - 1;
  for (let bucket = slotHash(h, g) & mask; ; bucket = (bucket + 1) & mask) {
    const slot = freeSlot(table, bucket, h);
    if (slot >= 0) {
      table[hashAt(slot)] = h;
      table[otherHashAt(slot)] = g;
      return slot;
    }
    table[entryAt(bucket << 2)]! |= goesOn;
  }
}

/** -1 where the bucket is full or has the hash already. */
function freeSlot(table: Int32Array, bucket: number, h: number): number {
  let free = -1;
  for (let slot = (bucket << 2) + 3; slot >= bucket << 2; slot--) {
    if (isFree(table, slot)) free = slot;
    else if (table[hashAt(slot)] === h) return -1;
  }
  return free;
}

/** Hashes of zero stand for no term. */
const isFree = (table: Int32Array, slot: number) =>
  table[hashAt(slot)] === 0 && table[otherHashAt(slot)] === 0;

export function isPlaced(table: Int32Array, slots: number, h: number, g: number): boolean {
  const mask = (slots >> 2) - 1;
  for (let bucket = slotHash(h, g) & mask; ; bucket = (bucket + 1) & mask) {
    for (let slot = bucket << 2; slot < (bucket << 2) + 4; slot++) {
      if (table[hashAt(slot)] === h && table[otherHashAt(slot)] === g) return true;
    }
    if (table[entryAt(bucket << 2)]! >= 0) return false;
  }
}

/** Forgets which groups the last article had. */
export function clearGroups(table: Int32Array): void {
  for (let at = 12; at < table.length; at += bucketSize) table.fill(0, at, at + 4);
}
