/** Prefixes of words that the index does not know: by hash, at each length that a prefix has. */
import { mix1, mix2, prime1, prime2, slotHash, space } from './percolator-hash.ts';
import { dummySlot, filterBit, longestPrefixBit } from './percolator-index.ts';
import { letterAt } from './percolator-joins.ts';
import { letter } from './percolator-letters.ts';
import { addMember, type Search } from './percolator-state.ts';
import {
  groupLast,
  groupSlot,
  scanned,
  termBefore,
  termEnd,
  termSlot,
  termStart,
} from './percolator-workspace.ts';

/** Notes every prefix that an unknown word begins with. */
export function findPrefixes(search: Search): void {
  const dummy = dummySlot(search.index.slots);
  for (const { field, from, to } of scanned.fields) {
    const inSpace = field === 'author' ? space.author : space.word;
    for (let t = from; t < to; t++) if (termSlot[t] === dummy) findPrefixesOf(search, t, inSpace);
  }
}

function findPrefixesOf(search: Search, token: number, inSpace: number): void {
  const spelled = scanned.spelled.size > 0 ? scanned.spelled.get(token) : undefined;
  const { prefixFilter, prefixLengths } = search.index;
  let h = 0;
  let g = 0;
  let length = 0;
  let group = -1;
  for (let i = 0; ; i++) {
    const code = spelled === undefined ? foldedAt(token, i) : spelled.charCodeAt(i) || 0;
    if (code === 0) return;
    if (code === skipped) continue;
    h = Math.imul(h ^ code ^ mix1, prime1);
    g = Math.imul(g ^ code ^ mix2, prime2);
    length++;
    if (length === 3) {
      const bit = filterBit(h);
      if (((prefixFilter[bit >>> 5]! >>> (bit & 31)) & 1) === 0) return;
    }
    if (length < 3 || ((prefixLengths >>> Math.min(length, longestPrefixBit)) & 1) === 0) continue;
    const slot = slotOfPrefix(search, h ^ inSpace, g);
    if (slot < 0) continue;
    if (group < 0) group = addUnknown(search, token);
    addMember(search, slot, group);
  }
}

const skipped = -1;

/** The folded code unit at a place of a word that the scan read; 0 behind it, and at a unit. */
function foldedAt(token: number, index: number): number {
  const at = termStart[token]! + index;
  if (at >= termEnd[token]!) return 0;
  const code = letterAt(at);
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
