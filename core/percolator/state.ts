/** What a search keeps beside an index: allocated once, emptied after every article. */
import { blockMask, entryAt, groupAt, hasGroups, type PercolatorIndex } from './index.ts';
import { clearGroups } from './table.ts';
import { groupCapacity, groupLast, groupSlot } from './workspace.ts';

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
  /** How many slots the article has. */
  groups: number;
  members: number;
  /** How many words may still be learnt, from how many articles that was tried, and which were met once. */
  room: number;
  articles: number;
  readonly metOnce: Int32Array;
}

export function createSearch(index: PercolatorIndex): Search {
  const words = (index.size >>> 5) + 1;
  const bits = new Int32Array(((index.slots + 4) >>> 5) + 1);
  const always = index.slots + 1;
  bits[always >>> 5]! |= 1 << (always & 31);
  const room = Math.floor(index.slots * fullest) - index.terms;
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
    room,
    articles: 0,
    metOnce: new Int32Array(Math.min(1 << 13, index.slots)),
  };
}

/** Slots taken, at most, by terms and learnt words. */
const fullest = 0.65;

/** By terms and learnt words together. */
export const takenSlots = ({ index, room }: Search): number => Math.floor(index.slots * fullest) - room;

/** The words of a singular or prefix that the article has: lists whose heads are in `groupLast`. */
export const memberGroup = new Int32Array(groupCapacity);
export const memberNext = new Int32Array(groupCapacity);

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
  }
  const owner = groupOf(search, slot);
  memberGroup[search.members] = group;
  memberNext[search.members] = groupLast[owner]!;
  groupLast[owner] = search.members++;
}

/** Adds the singulars and prefixes of the words found, which the index knows. */
export function addGroups(search: Search): void {
  const { table, blocks } = search.index;
  for (let group = 0, found = search.groups; group < found; group++) {
    const entry = table[entryAt(groupSlot[group]!)]!;
    if ((entry & hasGroups) === 0) continue;
    const block = entry & blockMask;
    for (let i = 1; i <= blocks[block]!; i++) addMember(search, blocks[block + i]!, group);
  }
}

/** Empties the search for the next article. */
export function finishSearch(search: Search): void {
  const { bits, index } = search;
  for (let group = 0; group < search.groups; group++) {
    const slot = groupSlot[group]!;
    bits[slot >>> 5]! &= ~(1 << (slot & 31));
  }
  search.base += search.groups + 1;
  search.groups = 0;
  search.members = 0;
  if (search.base < 0x40000000) return;
  clearGroups(index.table);
  search.base = 1;
}
