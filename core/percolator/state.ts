/** An index that is searched. */
import { groupAt, type PercolatorIndex } from './index.ts';
import type { SearchMemory } from './search-memory.ts';

export interface Search {
  readonly index: PercolatorIndex;
  readonly memory: SearchMemory;
}

/** Whether the article has a term. */
export const isPresent = ({ memory }: Search, slot: number): boolean =>
  ((memory.areas.bits[slot >>> 5]! >>> (slot & 31)) & 1) === 1;

/** The number of a slot that is present: its word, or behind the words its group. */
export const groupOf = ({ memory }: Search, slot: number): number => memory.areas.table[groupAt(slot)]!;
