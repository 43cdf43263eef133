/** The hash table of an index: open addressing, see `index.ts`. */
import { entryAt, goesOn, groupAt, hashAt, otherHashAt, slotOf, slotSize } from './index.ts';

/** Puts a term into the first free slot from the one that it belongs to; answers the slot. */
export function placeTerm(table: Int32Array, slots: number, h: number, g: number): number {
  const mask = slots - 1;
  let slot = slotOf(slots, h);
  while (!isFree(table, slot)) {
    table[entryAt(slot)]! |= goesOn;
    slot = (slot + 1) & mask;
  }
  table[hashAt(slot)] = h;
  table[otherHashAt(slot)] = g;
  return slot;
}

/** Hashes of zero stand for no term. */
const isFree = (table: Int32Array, slot: number) =>
  table[hashAt(slot)] === 0 && table[otherHashAt(slot)] === 0;

/** Forgets which groups the last article had. */
export function clearGroups(table: Int32Array): void {
  for (let at = groupAt(0); at < table.length; at += slotSize) table[at] = 0;
}
