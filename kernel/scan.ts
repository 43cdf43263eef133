/**
 * The part of the percolator that looks at every character of every article, compiled to WebAssembly: from the code
 * units of a text to the hashes and numbers of its words, sixteen characters at a time. It knows nothing of scripts:
 * what a code unit is comes from the table that `core/percolator/letters.ts` fills, and wherever a character needs a
 * look at its neighbours it stops and lets `core/percolator/scan.ts` decide.
 *
 * AssemblyScript: `npm run kernel` compiles it. The addresses are those of `core/percolator/kernel.ts`.
 */

import { hashUnits, longestHashed } from './hash';
import { prefixBit } from './prefix-filter';

const fieldCount: i32 = 4;
/** Fields begin at a multiple of 64 and have a gap behind them. */
const unitCount: i32 = fieldCount * (131_072 + 64);
const termCount: i32 = 2 * unitCount + (1 << 12);

/** Codes below are special, see `letter` in `letters.ts`: gap 0, then those that may join a word, then odd ones. */
const firstPlain: i32 = 48;
const firstOdd: i32 = 5;
/** A code unit that was not met before. */
const unmet: i32 = 15;

export const lettersAt: i32 = 1 << 16;
export const asciiAt: i32 = lettersAt + (2 << 16);
/** Sixteen bytes of ones, then sixteen of zeros: a mask of any length is sixteen bytes of these. */
export const maskAt: i32 = asciiAt + 128;
export const scratchAt: i32 = maskAt + 64;
export const scratchEnd: i32 = scratchAt + 2 * longestHashed;
export const scratchHashAt: i32 = scratchEnd + 64;
export const unitsAt: i32 = scratchHashAt + 64;
const unitsEnd: i32 = unitsAt + 2 * unitCount;
/** How many tokens there are, and where the word begins that touches the character at which `scan` stopped, or -1. */
export const tokensAt: i32 = unitsEnd;
const beganAt: i32 = tokensAt + 4;
export const foldedAt: i32 = tokensAt + 64;
export const foldedEnd: i32 = foldedAt + 2 * unitCount;
const plainAt: i32 = foldedEnd + 64;
const joinAt: i32 = plainAt + (unitCount >> 3) + 64;
const oddAt: i32 = joinAt + (unitCount >> 3) + 64;
const codesAt: i32 = oddAt + (unitCount >> 3) + 64;
export const boundsAt: i32 = codesAt + 64;
export const termHashesAt: i32 = boundsAt + 8 * unitCount;
export const wordHashesAt: i32 = termHashesAt + 8 * termCount;
export const termWordsAt: i32 = wordHashesAt + 8 * termCount;
export const termsBeforeAt: i32 = termWordsAt + 4 * termCount;
export const lastTermsAt: i32 = termsBeforeAt + 4 * termCount;
/** More than there are terms. */
const mostPlaces: i32 = 1 << 21;
export const placesAt: i32 = lastTermsAt + 4 * termCount;

let hasUnmet: i32 = 0;

/**
 * Folds the units of a field and notes which are plain, which may join, which are odd. Answers whether there are any
 * that the table does not know: they are learnt and this is done again. @param from a multiple of 64
 */
export function classify(from: i32, to: i32): i32 {
  hasUnmet = 0;
  const row0 = v128.load(asciiAt);
  const row1 = v128.load(asciiAt + 16);
  const row2 = v128.load(asciiAt + 32);
  const row3 = v128.load(asciiAt + 48);
  const row4 = v128.load(asciiAt + 64);
  const row5 = v128.load(asciiAt + 80);
  const row6 = v128.load(asciiAt + 96);
  const row7 = v128.load(asciiAt + 112);
  const rowLength = i8x16.splat(16);
  for (let group = from; group < to; group += 64) {
    let plain: u64 = 0;
    let aboveJoin: u64 = 0;
    let aboveGap: u64 = 0;
    for (let i = 0; i < 64; i += 16) {
      const at = group + i;
      const a = v128.load(unitsAt + 2 * at);
      const b = v128.load(unitsAt + 2 * at + 16);
      let codes: v128;
      if (v128.any_true(v128.and(v128.or(a, b), i16x8.splat(-128)))) {
        codes = foldByTable(at);
      } else {
        // A row answers for its sixteen characters, and zero for all others.
        let rest = i8x16.narrow_i16x8_u(a, b);
        codes = i8x16.swizzle(row0, rest);
        codes = v128.or(codes, i8x16.swizzle(row1, (rest = i8x16.sub(rest, rowLength))));
        codes = v128.or(codes, i8x16.swizzle(row2, (rest = i8x16.sub(rest, rowLength))));
        codes = v128.or(codes, i8x16.swizzle(row3, (rest = i8x16.sub(rest, rowLength))));
        codes = v128.or(codes, i8x16.swizzle(row4, (rest = i8x16.sub(rest, rowLength))));
        codes = v128.or(codes, i8x16.swizzle(row5, (rest = i8x16.sub(rest, rowLength))));
        codes = v128.or(codes, i8x16.swizzle(row6, (rest = i8x16.sub(rest, rowLength))));
        codes = v128.or(codes, i8x16.swizzle(row7, i8x16.sub(rest, rowLength)));
        const folded = v128.and(codes, i8x16.gt_s(codes, i8x16.splat(<i8>(firstPlain - 1))));
        v128.store(foldedAt + 2 * at, i16x8.extend_low_i8x16_u(folded));
        v128.store(foldedAt + 2 * at + 16, i16x8.extend_high_i8x16_u(folded));
      }
      plain |= (<u64>(<u32>i8x16.bitmask(i8x16.gt_s(codes, i8x16.splat(<i8>(firstPlain - 1)))))) << i;
      aboveJoin |= (<u64>(<u32>i8x16.bitmask(i8x16.gt_s(codes, i8x16.splat(<i8>(firstOdd - 1)))))) << i;
      aboveGap |= (<u64>(<u32>i8x16.bitmask(i8x16.gt_s(codes, i8x16.splat(0))))) << i;
    }
    const mask = group >> 3;
    store<u64>(plainAt + mask, plain);
    store<u64>(joinAt + mask, aboveGap & ~aboveJoin);
    store<u64>(oddAt + mask, aboveJoin & ~plain);
  }
  return hasUnmet;
}

/** Answers the codes of sixteen units, where any plain one counts as the first. */
function foldByTable(at: i32): v128 {
  for (let i = 0; i < 16; i++) {
    const code = <i32>load<u16>(lettersAt + 2 * load<u16>(unitsAt + 2 * (at + i)));
    store<u16>(foldedAt + 2 * (at + i), <u16>(code & -i32(code >= firstPlain)));
    store<u8>(codesAt + i, <u8>min(code, firstPlain));
    hasUnmet |= i32(code === unmet);
  }
  return v128.load(codesAt);
}

/**
 * Writes the words that end before the first character that needs a decision; answers where that is, or `to`.
 * Characters that may join decide something only between two plain letters: an odd one behind them decides for itself.
 */
export function scan(from: i32, to: i32, space: i32): i32 {
  const first = load<i32>(tokensAt);
  let bound = boundsAt + 8 * first;
  let stopped = to;
  let carry: u64 = 0;
  let unseen: u64 = ~(<u64>0) << (from & 63);
  for (let group = from & ~63; group < to; group += 64) {
    const mask = group >> 3;
    const plain = load<u64>(plainAt + mask) & unseen;
    const odd = load<u64>(oddAt + mask) & unseen;
    const before = (plain << 1) | carry;
    const next = load<u64>(plainAt + mask + 8) << 63;
    const decide = odd | (load<u64>(joinAt + mask) & before & ((plain >> 1) | next));
    // The bits below the lowest that is set: all where none is.
    let edges = (plain ^ before) & ~decide & (decide - 1);
    while (edges !== 0) {
      store<i32>(bound, group + <i32>ctz(edges));
      bound += 4;
      edges &= edges - 1;
    }
    if (decide !== 0) {
      stopped = group + <i32>ctz(decide);
      break;
    }
    carry = plain >> 63;
    unseen = ~(<u64>0);
  }
  const tokens = (bound - boundsAt) >> 3;
  store<i32>(tokensAt, tokens);
  store<i32>(beganAt, (bound - boundsAt) & 4 ? load<i32>(bound - 4) : -1);
  hashTokens(first, tokens, space);
  return stopped;
}

function hashTokens(first: i32, tokens: i32, space: i32): void {
  const extra: i64 = <i64>(<u32>space);
  for (let token = first; token < tokens; token++) {
    const start = load<i32>(boundsAt + 8 * token);
    const hash = hashUnits(foldedAt + 2 * start, load<i32>(boundsAt + 8 * token + 4) - start, maskAt);
    store<i64>(termHashesAt + 8 * token, hash ^ extra);
  }
}

/** Adds the plain letters between two places as a token. */
export function push(start: i32, end: i32, space: i32): void {
  const token = load<i32>(tokensAt);
  store<i32>(tokensAt, token + 1);
  store<i32>(boundsAt + 8 * token, start);
  store<i32>(boundsAt + 8 * token + 4, end);
  hashTokens(token, token + 1, space);
}

/** The hash of what stands in the scratch area, beside it. */
export function hashScratch(count: i32): void {
  hashBeside(scratchAt, count);
}

/** The bit that the prefix in the scratch area sets in a filter. @param half how many bits half of it has */
export function scratchPrefixBit(count: i32, half: i32): i32 {
  return prefixBit(scratchAt, count, half);
}

/** The hash of folded letters that stand in the article. */
export function hashFolded(start: i32, count: i32): void {
  hashBeside(foldedAt + 2 * start, count);
}

function hashBeside(at: i32, count: i32): void {
  store<i64>(scratchHashAt, hashUnits(at, count, maskAt));
}

/**
 * Numbers the distinct terms; answers how many there are. Terms of the same word are chained from the last to the
 * first. Whether a word is new cannot be predicted, so there is no branch.
 */
export function number(terms: i32): i32 {
  let size = 1 << 10;
  while (size < 4 * terms && size < mostPlaces) size <<= 1;
  memory.fill(placesAt, 0, 4 * size);
  const mask = size - 1;
  let count = 0;
  for (let term = 0; term < terms; term++) {
    const hash = load<i64>(termHashesAt + 8 * term);
    let place = <i32>hash & mask;
    let known = load<i32>(placesAt + 4 * place) - 1;
    // Of a free place, the hash before the first is looked at, which is none's.
    while (i32(known >= 0) & i32(load<i64>(wordHashesAt + 8 * known) !== hash)) {
      place = (place + 1) & mask;
      known = load<i32>(placesAt + 4 * place) - 1;
    }
    const isNew = known >> 31;
    const word = known ^ ((known ^ count) & isNew);
    store<i32>(placesAt + 4 * place, word + 1);
    store<i64>(wordHashesAt + 8 * word, hash);
    store<i32>(lastTermsAt + 4 * count, -1);
    store<i32>(termsBeforeAt + 4 * term, load<i32>(lastTermsAt + 4 * word));
    store<i32>(lastTermsAt + 4 * word, term);
    store<i32>(termWordsAt + 4 * term, word);
    count -= isNew;
  }
  return count;
}
