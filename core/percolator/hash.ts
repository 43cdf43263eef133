/**
 * Two 32-bit hashes that identify a term: of its UTF-16 code units, by the kernel, which computes them while it walks
 * the text. Each kind of term has its own space, so that kinds never meet.
 */
import { intsBetween, kernel, shortsBetween } from './kernel.ts';

/** Letters to be hashed, and their two hashes. */
const scratch = shortsBetween('scratchAt', 'scratchEnd');
const scratchHash = intsBetween('scratchHashAt', 'unitsAt');

const prime1 = 0x01000193;
const prime2 = 0x85ebca6b | 0;
const mix1 = 0x5bd1e995;
const mix2 = 0x27d4eb2f;

/** What is added to a word's hash to keep terms of different kinds apart. */
export const space = {
  word: 0,
  author: 0x3c6ef372,
  unit: 0x1f83d9ab,
  singular: 0x510e527f,
  prefix: 0x2b3e6c1f,
  attribute: 0x6a09e667,
} as const;
export type Space = keyof typeof space;

export interface Hash {
  readonly h: number;
  readonly g: number;
}

/** The first `length` code units of a folded word. */
export function hashWord(word: string, length = word.length): Hash {
  spell(word, length);
  kernel.hashScratch(length);
  return { h: scratchHash[0]!, g: scratchHash[1]! };
}

function spell(word: string, length: number): void {
  for (let i = Math.min(length, scratch.length) - 1; i >= 0; i--) scratch[i] = word.charCodeAt(i);
}

/** The bit in the filter of prefixes that lets words through which begin as this one does: see `kernel/prefix-filter.ts`. */
export function prefixBit(prefix: string, half: number): number {
  spell(prefix, prefix.length);
  return kernel.scratchPrefixBit(prefix.length, half);
}

/** Plain letters of the article. */
export function hashFolded(start: number, length: number): Hash {
  kernel.hashFolded(start, length);
  return { h: scratchHash[0]!, g: scratchHash[1]! };
}

/** Of a term of a kind: its word's hash in the kind's space. */
export function hashTerm(kind: Space, word: string): Hash {
  const { h, g } = hashWord(word);
  return { h: h ^ space[kind], g };
}

/** Of two units side by side, from the hashes of each. */
export const pairHash1 = (first: number, second: number) =>
  Math.imul(first ^ mix1, prime2) ^ Math.imul(second, prime1);
export const pairHash2 = (first: number, second: number) =>
  Math.imul(first ^ mix2, prime1) ^ Math.imul(second, prime2);
