/**
 * Watches compiled into a few typed arrays. See `docs/percolator.md` for a picture.
 *
 * The table has slots of sixteen bytes: the two hashes of a term, its entry (where its block is), and a number that
 * says, while percolating, which group of the article it is. A block lists the watches filed under a term: for each a
 * second term that must be there too, and either the watch's number or, as a negative number, where its program
 * begins, in this or another block. Records stand in pairs; the second of the last may be one that is never found.
 */
import type { StringTable } from './string-table.ts';

/** What `kernel/search.ts` reads. */
export interface IndexArrays {
  readonly table: Int32Array;
  /** A bit for each term, eight for each slot: tells from little memory that most words are unknown. */
  readonly filter: Int32Array;
  readonly blocks: Int32Array;
  /** Prefixes by hash: two hashes, the slot + 1, unused. */
  readonly prefixes: Int32Array;
  /** Which beginnings of prefixes there are: a bit for the hash of three letters, another for that of five. */
  readonly prefixFilter: Int32Array;
  /** The lengths in code units that a prefix has, ascending. */
  readonly prefixLengths: Int32Array;
}

export interface PercolatorIndex {
  /** A power of two. Two more: `dummy` for unknown terms, `always` for a term that is always there. */
  readonly slots: number;
  /** What `="Apple"` and `C++` demand of the text. */
  readonly demands: readonly Demand[];
  readonly usesAttributes: boolean;
  /** Sorted by code units: a watch's number is its place here. */
  readonly ids: StringTable;
  readonly queries: StringTable;
  readonly size: number;
}

export interface Demand {
  readonly exact?: string;
  readonly before?: string;
  readonly after?: string;
}

/** Where a term's slot and its bit in the filter are, by its two hashes. */
export const slotOf = (slots: number, h: number) => h & (slots - 1);
export const filterBit = (slots: number, g: number) => g & (8 * slots - 1);

export const slotSize = 4;
/** Where a slot's numbers are in the table: its two hashes, its entry, its group. */
export const hashAt = (slot: number) => slotSize * slot;
export const otherHashAt = (slot: number) => slotSize * slot + 1;
export const entryAt = (slot: number) => slotSize * slot + 2;
export const groupAt = (slot: number) => slotSize * slot + 3;

/** Bits of an entry. */
export const blockMask = 0x3fffffff;
/** The block begins with the groups that the word belongs to. */
export const hasGroups = 1 << 30;
/** A term that belongs here stands behind: in the next slot, or further on where that one says so. */
export const goesOn = 1 << 31;

export const dummySlot = (slots: number) => slots;
export const alwaysSlot = (slots: number) => slots + 1;
