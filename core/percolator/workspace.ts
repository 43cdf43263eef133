/**
 * The arrays that one percolation fills, shared by all: it is synchronous, so there is one at a time. Constants of
 * fixed size, because the compiler reads such arrays about twice as fast as those of an object; the pages of an
 * array that no article reaches are never touched.
 *
 * A term is what is looked up: the tokens by position, then pairs of neighbouring units, then attributes.
 */
import { maxFieldLength } from '../query/article-text.ts';
import type { TextField } from '../query/tree.ts';

const fieldCount = 4;
const tokenCapacity = fieldCount * (maxFieldLength + 1);
/** Every token may begin a pair; a few thousand attributes. */
const termCapacity = 2 * tokenCapacity + (1 << 12);
/** Singulars and prefixes come on top of the terms found. */
export const groupCapacity = 3 * tokenCapacity + (1 << 13);

/** The texts one after the other, a space behind each. */
export const units = new Uint16Array(tokenCapacity);
export const termH = new Int32Array(termCapacity);
export const termG = new Int32Array(termCapacity);
/** Where a token stands in `units`. */
export const termStart = new Int32Array(tokenCapacity);
export const termEnd = new Int32Array(tokenCapacity);
/** From the last token on: the position of a pair's first unit, or -1 for an attribute. */
export const termAt = new Int32Array(termCapacity);

/** The slot of each term in the index being searched; its dummy slot for unknown terms. */
export const termSlot = new Int32Array(termCapacity);
/** The place before with the same term, or -1: together with `groupLast` a list of places from last to first. */
export const termBefore = new Int32Array(termCapacity);
/** The slot of the pair that begins at a token, while a percolation runs; -1 otherwise. */
export const pairSlot = new Int32Array(tokenCapacity).fill(-1);

/** What was found, each slot once: its number, and the last term that has it (or its last member). */
export const groupSlot = new Int32Array(groupCapacity);
export const groupLast = new Int32Array(groupCapacity);
/** The table's entries of the slots found under which watches are filed. */
export const blockEntry = new Int32Array(groupCapacity);

export interface ScannedField {
  readonly field: TextField;
  readonly text: string;
  /** Where its text begins in `units`. */
  readonly base: number;
  /** Its tokens, half-open. The index between two fields belongs to neither, so that no phrase spans them. */
  readonly from: number;
  readonly to: number;
}

/** How much of the arrays the present article fills. */
export const scanned = {
  fields: [] as ScannedField[],
  tokens: 0,
  terms: 0,
  /** The tokens that `tokenise` read, as spelled. */
  spelled: new Map<number, string>(),
};
