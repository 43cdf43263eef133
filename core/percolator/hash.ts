/**
 * Two 32-bit hashes that identify a term: rolling, one step per UTF-16 code unit, so that the scan computes them
 * while it walks the text. Each kind of term has its own space, so that kinds never meet.
 */

export const prime1 = 0x01000193;
export const prime2 = 0x85ebca6b | 0;
export const mix1 = 0x5bd1e995;
export const mix2 = 0x27d4eb2f;

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
  let h = 0;
  let g = 0;
  for (let i = 0; i < length; i++) {
    const unit = word.charCodeAt(i);
    h = Math.imul(h ^ unit ^ mix1, prime1);
    g = Math.imul(g ^ unit ^ mix2, prime2);
  }
  return { h, g };
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

/** Spreads both hashes over the low bits, which choose the slot. */
export const slotHash = (h: number, g: number) => h ^ (h >>> 15) ^ (g >>> 12);
