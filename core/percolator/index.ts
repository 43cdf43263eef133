/**
 * Watches compiled into a few typed arrays. See `docs/percolator.md` for a picture.
 *
 * The table has buckets of four slots, one cache line each: four times the first hash of a term, four times
 * its second, four entries (where a term's block is), and four numbers that say, while percolating, which group of the
 * article it is. A block lists the watches filed under a term: for each a second term that must
 * be there too, and either the watch's number or, as a negative number, where its program begins.
 */
import type { StringTable } from './string-table.ts';

export interface PercolatorIndex {
  readonly table: Int32Array;
  /** A power of two. A bucket more: `dummy` for unknown terms, `always` for a term that is always there. */
  readonly slots: number;
  readonly blocks: Int32Array;
  readonly programs: Int32Array;
  /** Prefixes by hash: two hashes, the slot + 1, unused. */
  readonly prefixes: Int32Array;
  /** Which beginnings of prefixes there are: a bit for the hash of three letters, another for that of five. */
  readonly prefixFilter: Int32Array;
  /** One bit for each length in code units that a prefix has; the last stands for all from 31 on. */
  readonly prefixLengths: number;
  /** What `="Apple"` and `C++` demand of the text. */
  readonly demands: readonly Demand[];
  readonly usesAttributes: boolean;
  /** Sorted by code units: a watch's number is its place here. */
  readonly ids: StringTable;
  readonly queries: StringTable;
  readonly size: number;
  /** How many slots are taken by terms and words learnt before. */
  readonly terms: number;
}

export interface Demand {
  readonly exact?: string;
  readonly before?: string;
  readonly after?: string;
}

export const bucketSize = 16;
/** Where a slot's numbers are in the table: its two hashes, its entry, its group. */
export const hashAt = (slot: number) => ((slot >> 2) << 4) + (slot & 3);
export const otherHashAt = (slot: number) => ((slot >> 2) << 4) + 4 + (slot & 3);
export const entryAt = (slot: number) => ((slot >> 2) << 4) + 8 + (slot & 3);
export const groupAt = (slot: number) => ((slot >> 2) << 4) + 12 + (slot & 3);

/** Bits of an entry. */
export const blockMask = 0x3fffffff;
/** The block begins with the groups that the word belongs to. */
export const hasGroups = 1 << 30;
/** In the first entry of a bucket: a term that did not fit stands in the next. */
export const goesOn = 1 << 31;

export const dummySlot = (slots: number) => slots;
export const alwaysSlot = (slots: number) => slots + 1;

/** At `size` of the last length on, a prefix is looked for at every length. */
export const longestPrefixBit = 31;

/** The bit of `prefixFilter` for the hash of the first three letters of a prefix of three or four. */
export const shortFilterBit = (h: number) => (h ^ (h >>> 16)) & 0xffff;
/** The same for the first five letters of a longer prefix. */
export const longFilterBit = (h: number) => shortFilterBit(h) + 0x10000;
