/** What a search keeps beside an index: allocated once, emptied after every article. */
import { alwaysSlot, blockMask, entryAt, groupAt, type PercolatorIndex } from './index.ts';
import { clearGroups } from './table.ts';
import { blockEntry, groupedWord, groupLast, groupSlot } from './workspace.ts';

export interface Search {
  readonly index: PercolatorIndex;
  /** One bit a slot: the terms that the article has. */
  readonly bits: Int32Array;
  /** One bit a watch: those that match. */
  readonly hits: Int32Array;
  /** One bit for each 32 watches in `hits` that has any. */
  readonly hitBlocks: Int32Array;
  /** The payloads of the candidates. */
  readonly queue: Int32Array;
  /** One bit a watch: removed. */
  readonly removed: Int32Array;
  /** Slots numbered by an earlier article have less than this in the table. */
  base: number;
  /** How many groups the article has. */
  groups: number;
  members: number;
  /** How many of them have a block, how many words belong to groups, how many are unknown. */
  blocks: number;
  grouped: number;
  unknown: number;
}

export function createSearch(index: PercolatorIndex): Search {
  const words = (index.size >>> 5) + 1;
  const bits = new Int32Array(((index.slots + 4) >>> 5) + 1);
  addAlways(bits, index.slots);
  return {
    index,
    bits,
    hits: new Int32Array(words),
    hitBlocks: new Int32Array((words >>> 5) + 1),
    queue: new Int32Array((index.blocks.length >>> 1) + 1),
    removed: new Int32Array(words),
    base: 1,
    groups: 0,
    members: 0,
    blocks: 0,
    grouped: 0,
    unknown: 0,
  };
}

/** The words of a singular or prefix that the article has: lists whose heads are in `groupLast`. */
export const memberGroup = new Int32Array(groupLast.length);
export const memberNext = new Int32Array(groupLast.length);

/** Whether the article has a term. */
export const isPresent = ({ bits }: Search, slot: number): boolean =>
  ((bits[slot >>> 5]! >>> (slot & 31)) & 1) === 1;

/** The number of a slot that is present. */
export const groupOf = ({ index, base }: Search, slot: number): number => index.table[groupAt(slot)]! - base;

/** Notes that the word numbered `group` belongs to the singular or prefix at `slot`. */
export function addMember(search: Search, slot: number, group: number): void {
  const { table } = search.index;
  if (!isPresent(search, slot)) {
    search.bits[slot >>> 5]! |= 1 << (slot & 31);
    table[groupAt(slot)] = search.base + search.groups;
    groupSlot[search.groups] = slot;
    groupLast[search.groups++] = -1;
    blockEntry[search.blocks] = table[entryAt(slot)]!;
    if ((table[entryAt(slot)]! & blockMask) !== 0) search.blocks++;
  }
  const owner = groupOf(search, slot);
  memberGroup[search.members] = group;
  memberNext[search.members] = groupLast[owner]!;
  groupLast[owner] = search.members++;
}

/** Adds the singulars and prefixes of the words found, which the index knows. */
export function addGroups(search: Search): void {
  const { table, blocks } = search.index;
  for (let i = 0; i < search.grouped; i++) {
    const word = groupedWord[i]!;
    const block = table[entryAt(groupSlot[word]!)]! & blockMask;
    for (let at = 1; at <= blocks[block]!; at++) addMember(search, blocks[block + at]!, word);
  }
}

/** The term that every article has. */
function addAlways(bits: Int32Array, slots: number): void {
  const always = alwaysSlot(slots);
  bits[always >>> 5]! |= 1 << (always & 31);
}

/** Empties the search for the next article. */
export function finishSearch(search: Search): void {
  const { bits, index } = search;
  for (let group = 0; group < search.groups; group++) bits[groupSlot[group]! >>> 5] = 0;
  addAlways(bits, index.slots);
  search.base += search.groups + 1;
  search.groups = 0;
  search.members = 0;
  if (search.base < 0x40000000) return;
  clearGroups(index.table);
  search.base = 1;
}
