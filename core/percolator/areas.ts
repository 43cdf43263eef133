/** What stands in the memory of an index: the index, what a search keeps beside it, and an article. */
import type { IndexArrays } from './index.ts';

/** In this order. All numbers have 32 bits. */
export interface Areas extends IndexArrays {
  /** Sixteen bytes of ones, then sixteen of zeros: a mask of any length is sixteen bytes of these. */
  readonly masks: Int32Array;
  /** One bit a watch: removed; those that match. */
  readonly removed: Int32Array;
  readonly hits: Int32Array;
  /** One bit for each 64 watches in `hits` that has any. */
  readonly hitBlocks: Int32Array;
  /** One bit a slot: the terms that the article has. */
  readonly bits: Int32Array;
  /** The payloads of the candidates, then the programs left. */
  readonly queue: Int32Array;
  /** The numbers of the watches found. */
  readonly numbers: Int32Array;

  /** Of each word of the article: its two hashes, its slot, the last term that is it. */
  readonly hashes: Int32Array;
  readonly slotOfWord: Int32Array;
  readonly lastTerm: Int32Array;
  /** The words that the index seems to know, and where in the table they belong. */
  readonly likely: Int32Array;
  readonly places: Int32Array;
  /** The words that it does not know, and those that belong to groups. */
  readonly unknown: Int32Array;
  readonly grouped: Int32Array;
  /** The table's entries of words under which watches are filed. */
  readonly entries: Int32Array;
  /** Of each token: its word, the term before that is the same word, the word of the pair that begins there or -1. */
  readonly termWord: Int32Array;
  readonly termBefore: Int32Array;
  readonly pairWord: Int32Array;
  /** Of each pair: the token with which it begins. */
  readonly pairAt: Int32Array;
  /** Of each token where it begins and ends in `letters`: the folded text, two in a number. */
  readonly bounds: Int32Array;
  readonly letters: Int32Array;
  /** Four numbers: a member's word, the member before it or -1; a group's last member, its slot. */
  readonly members: Int32Array;
}

/** How large each area of the index is, in bytes. @param size how many watches there are */
export function indexSizes(arrays: IndexArrays, slots: number, size: number) {
  const hits = 8 * Math.ceil((size + 1) / 64);
  return {
    table: arrays.table.byteLength,
    filter: arrays.filter.byteLength,
    blocks: arrays.blocks.byteLength,
    prefixes: arrays.prefixes.byteLength,
    prefixFilter: arrays.prefixFilter.byteLength,
    prefixLengths: arrays.prefixLengths.byteLength,
    masks: 32,
    removed: hits,
    hits,
    hitBlocks: 8 * Math.ceil(hits / 512),
    bits: 4 * ((slots >> 5) + 1),
    queue: arrays.blocks.byteLength / 2 + 16,
    numbers: 4 * size,
  };
}

export type IndexSizes = ReturnType<typeof indexSizes>;

/** Of an article: so many terms, units and members. */
export interface Room {
  terms: number;
  units: number;
  members: number;
}

/** How large each area of the article is, in bytes. Members come last, so that room for more of them moves nothing. */
export function articleSizes({ terms, units, members }: Room) {
  const numbers = 4 * terms;
  return {
    hashes: 2 * numbers,
    slotOfWord: numbers,
    lastTerm: numbers,
    likely: numbers,
    places: numbers,
    unknown: numbers,
    grouped: numbers,
    entries: numbers,
    termWord: numbers,
    termBefore: numbers,
    pairWord: numbers,
    pairAt: numbers,
    bounds: 2 * numbers,
    letters: 2 * units + 64,
    members: 16 * members,
  };
}
