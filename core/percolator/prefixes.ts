/** Prefixes of words that the index does not know: by hash, at each length that a prefix has. */
import { hashFolded, hashWord, slotHash, space } from './hash.ts';
import { addMember, type Search } from './state.ts';
import { folded, groupLast, scanned, tokenBounds, unknownWord } from './workspace.ts';

// Constants of this module are read faster than imported ones.
const letters = folded;
const words = unknownWord;
const last = groupLast;
const bounds = tokenBounds;

/** Words shorter than this begin with no prefix; a prefix of this length or one more is short. */
const shortPrefix = 3;
const longPrefix = 5;

/** Notes every prefix that an unknown word begins with. */
export function findPrefixes(search: Search): void {
  for (let i = nextLikely(search, 0); i < search.unknown; i = nextLikely(search, i + 1)) {
    addPrefixesOf(search, unknownWord[i]!);
  }
}

/** The next unknown word whose first letters begin some prefix. */
function nextLikely({ index, unknown }: Search, from: number): number {
  const { prefixFilter, prefixLengths } = index;
  const { tokens, spelled } = scanned;
  const shortest = prefixLengths[0]! < longPrefix ? shortPrefix : longPrefix;
  for (let i = from; i < unknown; i++) {
    const token = last[words[i]!]!;
    if (token >= tokens) continue;
    const at = bounds[2 * token]!;
    const length = bounds[2 * token + 1]! - at;
    if (spelled.size > 0 && spelled.has(token)) return i;
    if (length < shortest) continue;
    const begin = mix(mix(letters[at]!, letters[at + 1]!), letters[at + 2]!);
    if (shortest === shortPrefix && passes(prefixFilter, shortBit(begin))) return i;
    if (length < longPrefix) continue;
    if (passes(prefixFilter, longBit(mix(mix(begin, letters[at + 3]!), letters[at + 4]!)))) return i;
  }
  return unknown;
}

const mix = (hash: number, letter: number) => Math.imul(hash ^ (letter << 7), 0x2c1b3c6d) ^ letter;
const shortBit = (hash: number) => (hash ^ (hash >>> 16)) & 0xffff;
const longBit = (hash: number) => shortBit(hash) + 0x10000;
const passes = (filter: Int32Array, bit: number) => ((filter[bit >>> 5]! >>> (bit & 31)) & 1) === 1;

/** Lets the words through that begin as the prefix does. */
export function addToFilter(filter: Int32Array, prefix: string): void {
  const length = prefix.length < longPrefix ? shortPrefix : longPrefix;
  let hash = prefix.charCodeAt(0);
  for (let i = 1; i < length; i++) hash = mix(hash, prefix.charCodeAt(i));
  const bit = length === longPrefix ? longBit(hash) : shortBit(hash);
  filter[bit >>> 5]! |= 1 << (bit & 31);
}

export const createFilter = (): Int32Array => new Int32Array(1 << 12);

function addPrefixesOf(search: Search, word: number): void {
  const token = last[word]!;
  const spelled = scanned.spelled.get(token);
  const length = spelled?.length ?? bounds[2 * token + 1]! - bounds[2 * token]!;
  const isAuthor = scanned.fields.find(({ to }) => token < to)?.field === 'author';
  const inSpace = isAuthor ? space.author : space.word;
  for (const each of search.index.prefixLengths) {
    if (each > length) return;
    const { h, g } = spelled === undefined ? hashFolded(bounds[2 * token]!, each) : hashWord(spelled, each);
    const slot = slotOfPrefix(search, h ^ inSpace, g);
    if (slot >= 0) addMember(search, slot, word);
  }
}

function slotOfPrefix({ index }: Search, h: number, g: number): number {
  const { prefixes } = index;
  const mask = (prefixes.length >> 2) - 1;
  for (let at = slotHash(h, g) & mask; prefixes[4 * at + 2] !== 0; at = (at + 1) & mask) {
    if (prefixes[4 * at] === h && prefixes[4 * at + 1] === g) return prefixes[4 * at + 2]! - 1;
  }
  return -1;
}
