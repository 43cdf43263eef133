/**
 * Where everything is in the memory of one index: addresses in bytes, set by `core/percolator/search-memory.ts`.
 * What the areas hold: `core/percolator/areas.ts`.
 */

/** How many slots the table has: a power of two. Behind them the slot of unknown terms. */
export let slots: i32 = 0;
/** In bytes. */
export let prefixesLength: i32 = 0;
export let prefixFilterLength: i32 = 0;
export let prefixLengthsLength: i32 = 0;
export let hitsLength: i32 = 0;

export let tableAt: i32 = 0;
export let filterAt: i32 = 0;
export let blocksAt: i32 = 0;
export let prefixesAt: i32 = 0;
export let prefixFilterAt: i32 = 0;
export let prefixLengthsAt: i32 = 0;
export let masksAt: i32 = 0;
export let removedAt: i32 = 0;
export let hitsAt: i32 = 0;
export let hitBlocksAt: i32 = 0;
export let bitsAt: i32 = 0;
export let queueAt: i32 = 0;
export let numbersAt: i32 = 0;

export let hashesAt: i32 = 0;
export let slotOfWordAt: i32 = 0;
export let lastTermAt: i32 = 0;
export let likelyAt: i32 = 0;
export let placesAt: i32 = 0;
export let unknownAt: i32 = 0;
export let groupedAt: i32 = 0;
export let entriesAt: i32 = 0;
export let termWordAt: i32 = 0;
export let termBeforeAt: i32 = 0;
export let pairWordAt: i32 = 0;
export let pairAtAt: i32 = 0;
export let boundsAt: i32 = 0;
export let lettersAt: i32 = 0;
export let membersAt: i32 = 0;

/** Bits of an entry, see `core/percolator/index.ts`. */
export const blockMask: i32 = 0x3fffffff;
export const hasGroupsShift: i32 = 30;

/** Whether the article has a term. */
@inline
export function isPresent(bits: i32, slot: i32): i32 {
  return (<i32>load<u32>(bits + ((slot >>> 5) << 2)) >>> slot) & 1;
}

/** Notes that the article has a term, and the number of its group. */
@inline
export function setPresent(bits: i32, slot: i32, group: i32): void {
  const at = bits + ((slot >>> 5) << 2);
  store<i32>(at, load<i32>(at) | (1 << slot));
  store<i32>(tableAt + (slot << 4) + 12, group);
}

/** The number of the group of a slot that is present. */
@inline
export function groupOf(slot: i32): i32 {
  return load<i32>(tableAt + (slot << 4) + 12);
}
