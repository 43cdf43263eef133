/**
 * The scanned article against one index: find its terms, gather the candidates filed under them, verify those that
 * have a program. Each step is a loop of its own over arrays, which a processor overlaps better than one that does
 * everything.
 */
import { blockMask, dummySlot, hasGroups, type PercolatorIndex } from './index.ts';
import { learnWords } from './learn.ts';
import { findPrefixes } from './prefixes.ts';
import { addGroups, finishSearch, type Search } from './state.ts';
import { forgetPlaces } from './tree.ts';
import { runProgram } from './verify.ts';
import {
  blockEntry,
  groupLast,
  groupSlot,
  pairSlot,
  scanned,
  termAt,
  termBefore,
  termG,
  termH,
  termSlot,
} from './workspace.ts';

// Constants of this module are read faster than imported ones.
const hashes = termH;
const others = termG;
const slotsFound = termSlot;
const before = termBefore;
const groups = groupSlot;
const last = groupLast;
const starts = blockEntry;

/**
 * Loops that only add up what others will read: independent loads wait for memory together, those between branches
 * one after the other. The sum is kept so that the compiler keeps the loop.
 */
const loaded = { sum: 0 };

/** Queues the watches filed under what the article has; answers how many. */
export function findCandidates(search: Search): number {
  findTerms(search.index, scanned.terms);
  search.groups = markTerms(search, scanned.terms);
  notePairs();
  addGroups(search);
  if (search.index.prefixLengths !== 0) findPrefixes(search);
  return gather(search);
}

/** Marks those of the queue that match in `search.hits`, and makes the search ready for the next article. */
export function verifyCandidates(search: Search, candidates: number): void {
  forgetPlaces();
  verify(search, candidates);
  learnWords(search);
  finishSearch(search);
  forgetPairs();
}

function notePairs(): void {
  for (let t = scanned.tokens; t < scanned.terms; t++) {
    if (termAt[t]! >= 0) pairSlot[termAt[t]!] = termSlot[t]!;
  }
}

function forgetPairs(): void {
  for (let t = scanned.tokens; t < scanned.terms; t++) if (termAt[t]! >= 0) pairSlot[termAt[t]!] = -1;
}

/**
 * The slot of every term; the dummy slot for those that no watch asks for. All four slots of a bucket are compared
 * without a branch: whether a word is known cannot be predicted, and a wrong prediction costs more than the rest.
 */
function findTerms({ table, slots }: PercolatorIndex, terms: number): void {
  const mask = (slots >> 2) - 1;
  const dummy = dummySlot(slots);
  for (let t = 0; t < terms; t++) {
    const h = hashes[t]!;
    const g = others[t]!;
    let bucket = (h ^ (h >>> 15) ^ (g >>> 12)) & mask;
    for (;;) {
      const at = bucket << 4;
      const isB = Number(table[at + 1] === h);
      const isC = Number(table[at + 2] === h);
      const isD = Number(table[at + 3] === h);
      const way = isB + 2 * isC + 3 * isD;
      const isKnown = Number(table[at + way] === h) & Number(table[at + 4 + way] === g);
      slotsFound[t] = ((4 * bucket + way) & -isKnown) | (dummy & (isKnown - 1));
      if ((table[at + 8]! & (isKnown - 1)) >= 0) break;
      bucket = (bucket + 1) & mask;
    }
  }
}

/** Numbers the slots found and chains the places of each; answers how many there are. */
function markTerms({ base, bits, index }: Search, terms: number): number {
  const { table } = index;
  let count = 0;
  for (let t = 0; t < terms; t++) {
    const slot = slotsFound[t]!;
    const at = ((slot >> 2) << 4) + 12 + (slot & 3);
    const known = (table[at]! - base) | 0;
    const isNew = known >> 31;
    const group = known ^ ((known ^ count) & isNew);
    table[at] = base + group;
    groups[count] = slot;
    last[count] = -1;
    before[t] = last[group]!;
    last[group] = t;
    bits[slot >>> 5]! |= 1 << (slot & 31);
    count -= isNew;
  }
  return count;
}

/** Queues the payload of every record under the terms found whose second term is there too. */
function gather({ index, bits, queue, groups: count }: Search): number {
  const { table, blocks } = index;
  let found = 0;
  for (let group = 0; group < count; group++) {
    const slot = groups[group]!;
    const entry = table[((slot >> 2) << 4) + 8 + (slot & 3)]!;
    starts[found] = entry;
    found += (entry & blockMask) !== 0 ? 1 : 0;
  }
  let touched = 0;
  for (let i = 0; i < found; i++) touched ^= blocks[starts[i]! & blockMask]!;
  loaded.sum = touched;
  let n = 0;
  for (let i = 0; i < found; i++) {
    const entry = starts[i]!;
    let at = entry & blockMask;
    if ((entry & hasGroups) !== 0) at += 1 + blocks[at]!;
    const end = at + 1 + 2 * blocks[at]!;
    for (at++; at < end; at += 2) {
      const slot = blocks[at]!;
      queue[n] = blocks[at + 1]!;
      n += (bits[slot >>> 5]! >>> (slot & 31)) & 1;
    }
  }
  return n;
}

function verify(search: Search, candidates: number): void {
  const { queue, hits, hitBlocks, index } = search;
  const { programs } = index;
  let touched = 0;
  for (let i = 0; i < candidates; i++) touched ^= queue[i]! < 0 ? programs[~queue[i]!]! : 0;
  loaded.sum = touched;
  for (let i = 0; i < candidates; i++) {
    let watch = queue[i]!;
    if (watch < 0) {
      if (!runProgram(search, ~watch)) continue;
      watch = programs[~watch + 1]!;
    }
    hits[watch >>> 5]! |= 1 << (watch & 31);
    hitBlocks[watch >>> 10]! |= 1 << ((watch >>> 5) & 31);
  }
}
