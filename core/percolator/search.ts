/**
 * The scanned article against one index: find its words, gather the candidates filed under them, verify those that
 * have a program. Each step is a loop of its own over arrays, which a processor overlaps better than one that does
 * everything.
 */
import { slotHash } from './hash.ts';
import { blockMask, dummySlot, filterBit, filterMask, hasGroups, type PercolatorIndex } from './index.ts';
import { findPrefixes } from './prefixes.ts';
import { addGroups, finishSearch, type Search } from './state.ts';
import { forgetPlaces } from './tree.ts';
import { runProgram } from './verify.ts';
import {
  blockEntry,
  groupedWord,
  groupSlot,
  likelyPlace,
  likelyWord,
  scanned,
  unknownWord,
  wordHash,
} from './workspace.ts';

// Constants of this module are read faster than imported ones.
const hashes = wordHash;
const groups = groupSlot;
const blocks = blockEntry;
const grouped = groupedWord;
const unknown = unknownWord;
const likelyWords = likelyWord;
const places = likelyPlace;

/**
 * Loops that only add up what others will read: independent loads wait for memory together, those between branches
 * one after the other. The sum is kept so that the compiler keeps the loop.
 */
const loaded = { sum: 0 };

/** Queues the watches filed under what the article has; answers how many. */
export function findCandidates(search: Search): number {
  findWords(search);
  addGroups(search);
  if (search.index.prefixLengths.length > 0) findPrefixes(search);
  return gather(search);
}

/** Marks those of the queue that match in `search.hits`, and makes the search ready for the next article. */
export function verifyCandidates(search: Search, candidates: number): void {
  forgetPlaces();
  verify(search, candidates);
  finishSearch(search);
}

/**
 * The slot of every word, where its number is noted; the dummy slot for those that no watch asks for. Whether a word
 * is known cannot be predicted, and a wrong prediction costs more than all else: the filter parts them without a
 * branch, so that nearly all that are looked up are found.
 */
function findWords(search: Search): void {
  const { index, bits, base } = search;
  const { table, slots } = index;
  const likely = partWords(index, search);
  const mask = (slots << 2) - 1;
  let touched = 0;
  for (let i = 0; i < likely; i++) {
    const h = hashes[2 * likelyWords[i]!]!;
    const g = hashes[2 * likelyWords[i]! + 1]!;
    places[i] = (slotHash(h, g) << 2) & mask;
    touched ^= table[places[i]!]!;
  }
  loaded.sum = touched;
  let withBlock = 0;
  let withGroups = 0;
  for (let i = 0; i < likely; i++) {
    const word = likelyWords[i]!;
    const h = hashes[2 * word]!;
    const g = hashes[2 * word + 1]!;
    let at = places[i]!;
    while (((table[at]! ^ h) | (table[at + 1]! ^ g)) !== 0 && table[at + 2]! < 0) at = (at + 4) & mask;
    if (((table[at]! ^ h) | (table[at + 1]! ^ g)) !== 0) {
      unknown[search.unknown++] = word;
      continue;
    }
    const slot = at >> 2;
    const entry = table[at + 2]!;
    table[at + 3] = base + word;
    groups[word] = slot;
    bits[slot >>> 5]! |= 1 << (slot & 31);
    blocks[withBlock] = entry;
    withBlock -= -(entry & blockMask) >> 31;
    grouped[withGroups] = word;
    withGroups += (entry >>> 30) & 1;
  }
  search.groups = scanned.words;
  search.blocks = withBlock;
  search.grouped = withGroups;
}

/** Fills `unknown` with what is not in the table; answers how many others there are, most of which are. */
function partWords({ filter, slots }: PercolatorIndex, search: Search): number {
  const { words } = scanned;
  const mask = filterMask(slots);
  let likely = 0;
  let without = 0;
  groups.fill(dummySlot(slots), 0, words);
  for (let word = 0; word < words; word++) {
    const bit = filterBit(hashes[2 * word]!, hashes[2 * word + 1]!) & mask;
    const isLikely = (filter[bit >>> 5]! >>> (bit & 31)) & 1;
    likelyWords[likely] = word;
    likely += isLikely;
    unknown[without] = word;
    without += 1 - isLikely;
  }
  search.unknown = without;
  return likely;
}

/** Queues the payload of every record under the terms found whose second term is there too. */
function gather({ index, bits, queue, blocks: count }: Search): number {
  const { blocks: records } = index;
  let touched = 0;
  for (let i = 0; i < count; i++) touched ^= records[blocks[i]! & blockMask]!;
  loaded.sum = touched;
  let n = 0;
  for (let i = 0; i < count; i++) {
    const entry = blocks[i]!;
    let at = entry & blockMask;
    if ((entry & hasGroups) !== 0) at += 1 + records[at]!;
    const end = at + 1 + 2 * records[at]!;
    for (at++; at < end; at += 2) {
      const slot = records[at]!;
      queue[n] = records[at + 1]!;
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
