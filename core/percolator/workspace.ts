/**
 * The arrays that one percolation fills, shared by all: it is synchronous, so there is one at a time. Constants of
 * fixed size, because the compiler reads such arrays about twice as fast as those of an object; the pages of an
 * array that no article reaches are never touched. Most are the kernel's memory.
 *
 * A term is what is looked up: the tokens by position, then pairs of neighbouring units, then attributes. Terms that
 * are the same are one word, with a number.
 */
import type { TextField } from '../query/tree.ts';
import { intsBetween, shortsBetween } from './kernel.ts';

/** The texts one after the other, each at a multiple of this, gaps behind it. */
export const fieldAlignment = 64;
export const units = shortsBetween('unitsAt', 'foldedAt');
/** Their folded letters; zero elsewhere. */
export const folded = shortsBetween('foldedAt', 'foldedEnd');
/** The same, two in a number. */
export const foldedPairs = intsBetween('foldedAt', 'foldedEnd');
/** Where each token begins in `units`, and where it ends. */
export const tokenBounds = intsBetween('boundsAt', 'termHashesAt');
/** Two hashes of each term. */
export const termHash = intsBetween('termHashesAt', 'wordHashesAt');
/** From the last token on: the position of a pair's first unit, or -1 for an attribute. */
export const termAt = new Int32Array(termHash.length >> 1);

/** Two hashes of each word. */
export const wordHash = intsBetween('wordHashesAt', 'termWordsAt');
/** The number of each term's word. */
export const termWord = intsBetween('termWordsAt', 'termsBeforeAt');
/** The place before with the same term, or -1: together with `lastTerm` a list of places from last to first. */
export const termBefore = intsBetween('termsBeforeAt', 'lastTermsAt');

/** Of each word the last term that is it. */
export const lastTerm = intsBetween('lastTermsAt', 'placesAt');

/** The word of the pair that begins at a token, while a percolation runs; -1 otherwise. */
export const pairWord = new Int32Array(units.length).fill(-1);

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
  /** Up to where the texts reach in `units`, at most. */
  units: 0,
  tokens: 0,
  terms: 0,
  words: 0,
  /** The words that `tokenise` read, by token: their letters are not in `folded`, which has zeros there. */
  spelled: new Map<number, string>(),
};
