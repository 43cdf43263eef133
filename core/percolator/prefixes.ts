/** Prefixes of words that the index does not know: by hash, at each length that a prefix has. */
import { mix1, mix2, prime1, prime2, slotHash, space } from './hash.ts';
import { dummySlot, longestPrefixBit } from './index.ts';
import { letterAt } from './joins.ts';
import { letter, letters } from './letters.ts';
import { addMember, type Search } from './state.ts';
import {
  groupLast,
  groupSlot,
  scanned,
  termBefore,
  termEnd,
  termSlot,
  termStart,
  units,
} from './workspace.ts';

// Constants of this module are read faster than imported ones.
const codes = units;
const table = letters;
const slots = termSlot;
const starts = termStart;
const ends = termEnd;
const [p1, m1] = [prime1, mix1];
const { plain } = letter;

/** Notes every prefix that an unknown word begins with. */
export function findPrefixes(search: Search): void {
  for (const { field, from, to } of scanned.fields) {
    for (let t = from; t < to; t++) {
      t = nextLikely(search, t, to);
      if (t < to) findPrefixesOf(search, t, field === 'author' ? space.author : space.word);
    }
  }
}

/** The next unknown word whose first letters begin some prefix, or that must be looked at more closely. */
function nextLikely({ index }: Search, from: number, to: number): number {
  const { prefixFilter: filter, slots: dummy, prefixLengths } = index;
  const spelled = scanned.spelled.size > 0;
  const shortest = (prefixLengths & 0b11000) !== 0 ? 3 : 5;
  for (let t = from; t < to; t++) {
    if (slots[t] !== dummy) continue;
    const at = starts[t]!;
    const length = ends[t]! - at;
    if (spelled && scanned.spelled.has(t)) return t;
    if (length < shortest) continue;
    const a = table[codes[at]!]!;
    const b = table[codes[at + 1]!]!;
    const c = table[codes[at + 2]!]!;
    const h = Math.imul(Math.imul(Math.imul(a ^ m1, p1) ^ b ^ m1, p1) ^ c ^ m1, p1);
    if (a < plain || b < plain || c < plain) return t;
    if (shortest === 3 && passes(filter, (h ^ (h >>> 16)) & 0xffff)) return t;
    if (length < 5) continue;
    const d = table[codes[at + 3]!]!;
    const e = table[codes[at + 4]!]!;
    const longer = Math.imul(Math.imul(h ^ d ^ m1, p1) ^ e ^ m1, p1);
    if (d < plain || e < plain || passes(filter, ((longer ^ (longer >>> 16)) & 0xffff) + 0x10000)) return t;
  }
  return to;
}

const passes = (filter: Int32Array, bit: number) => ((filter[bit >>> 5]! >>> (bit & 31)) & 1) === 1;

function findPrefixesOf(search: Search, token: number, inSpace: number): void {
  let group = -1;
  eachPrefix(search, token, inSpace, (slot) => {
    if (group < 0) group = addUnknown(search, token);
    addMember(search, slot, group);
  });
}

/** Whether some watch asks for a word that begins as the token does. */
export function beginsSomePrefix(search: Search, token: number, inSpace: number): boolean {
  let found = false;
  if (search.index.prefixLengths !== 0) {
    eachPrefix(search, token, inSpace, () => {
      found = true;
    });
  }
  return found;
}

function eachPrefix(search: Search, token: number, inSpace: number, found: (slot: number) => void): void {
  const spelled = scanned.spelled.get(token);
  const length = spelled === undefined ? ends[token]! - starts[token]! : spelled.length;
  let h = 0;
  let g = 0;
  let count = 0;
  for (let i = 0; i < length; i++) {
    const code = spelled === undefined ? foldedAt(token, i) : spelled.charCodeAt(i);
    if (code === 0) return;
    if (code === skipped) continue;
    h = Math.imul(h ^ code ^ mix1, prime1);
    g = Math.imul(g ^ code ^ mix2, prime2);
    if (++count < 3) continue;
    if (((search.index.prefixLengths >>> Math.min(count, longestPrefixBit)) & 1) === 0) continue;
    const slot = slotOfPrefix(search, h ^ inSpace, g);
    if (slot >= 0) found(slot);
  }
}

const skipped = -1;

/** The folded code unit at a place of a word that the scan read; 0 at a unit. */
function foldedAt(token: number, index: number): number {
  const code = letterAt(starts[token]! + index);
  if (code >= letter.plain) return code;
  if (code === letter.apostrophe) return 0x27;
  if (code === letter.dot) return 0x2e;
  return code === letter.comma ? skipped : 0;
}

function slotOfPrefix({ index }: Search, h: number, g: number): number {
  const { prefixes } = index;
  const mask = (prefixes.length >> 2) - 1;
  for (let at = slotHash(h, g) & mask; prefixes[4 * at + 2] !== 0; at = (at + 1) & mask) {
    if (prefixes[4 * at] === h && prefixes[4 * at + 1] === g) return prefixes[4 * at + 2]! - 1;
  }
  return -1;
}

/** A number of its own for an unknown word, so that its place can be found through the prefix. */
function addUnknown(search: Search, token: number): number {
  groupSlot[search.groups] = dummySlot(search.index.slots);
  groupLast[search.groups] = token;
  termBefore[token] = -1;
  return search.groups++;
}
