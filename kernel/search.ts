/**
 * The part of the percolator that looks the words of an article up in one index and goes through what is filed under
 * them, compiled to WebAssembly: an index has an instance with a memory of its own, which is collected with it. Each
 * step is a loop over arrays; loops that only touch memory come before those that decide, so that the processor waits
 * for many places at once.
 *
 * AssemblyScript: `npm run kernel` compiles it. What the arrays hold: `core/percolator/areas.ts`.
 */
import {
  bitsAt,
  blockMask,
  blocksAt,
  entriesAt,
  filterAt,
  groupedAt,
  hasGroupsShift,
  hashesAt,
  isPresent,
  likelyAt,
  membersAt,
  placesAt,
  queueAt,
  setPresent,
  slotOfWordAt,
  slots,
  tableAt,
  unknownAt,
} from './areas';
import { mark } from './hits';
import { addMember, forgetMembers, groups, words } from './members';
import { open, runProgram, yes } from './verify';

export * from './areas';
export { mark, take } from './hits';
export { members } from './members';
export { addPrefix, addPrefixes, keepLikely } from './prefixes';
export { loadTerms } from './verify';

/** How many words are in `unknown`, `grouped` and `entries`. */
export let unknown: i32 = 0;
let grouped: i32 = 0;
let entries: i32 = 0;
/** Keeps the compiler from dropping loops that only touch memory. */
export let touched: i64 = 0;

/**
 * Finds the slot of every word, notes its number there and what is filed under it. Whether a word is known cannot be
 * predicted, and a wrong prediction costs more than all else: the filter parts them without a branch, so that nearly
 * all that are looked up are found. Answers how many members the groups of the words will have.
 */
export function find(count: i32): i32 {
  forgetMembers(count);
  const likely = part(count);
  touchSlots(likely);
  const table = tableAt;
  const bits = bitsAt;
  const behind = slots << 4;
  let missing = unknown;
  let withBlock = 0;
  let withGroups = 0;
  for (let i = 0; i < likely; i++) {
    const word = load<i32>(likelyAt + 4 * i);
    const hash = load<i64>(hashesAt + 8 * word);
    let at = load<i32>(placesAt + 4 * i);
    while (load<i64>(table + at) !== hash && load<i32>(table + at + 8) < 0) at = (at + 16) & (behind - 1);
    if (load<i64>(table + at) !== hash) {
      store<i32>(unknownAt + 4 * missing++, word);
      continue;
    }
    const entry = load<i32>(table + at + 8);
    const slot = at >>> 4;
    setPresent(bits, slot, word);
    store<i32>(slotOfWordAt + 4 * word, slot);
    store<i32>(entriesAt + 4 * withBlock, entry);
    withBlock += i32((entry & blockMask) !== 0);
    store<i32>(groupedAt + 4 * withGroups, word);
    withGroups += (entry >>> hasGroupsShift) & 1;
  }
  unknown = missing;
  entries = withBlock;
  grouped = withGroups;
  return countMembers();
}

/** Fills `unknown` with what is not in the index; answers how many others there are, most of which are. */
function part(count: i32): i32 {
  const filter = filterAt;
  const mask = (slots << 3) - 1;
  const none = slots;
  let likely = 0;
  let without = 0;
  for (let word = 0; word < count; word++) {
    const bit = load<i32>(hashesAt + 8 * word + 4) & mask;
    const isLikely = (<i32>load<u8>(filter + (bit >>> 3)) >>> (bit & 7)) & 1;
    store<i32>(slotOfWordAt + 4 * word, none);
    store<i32>(likelyAt + 4 * likely, word);
    likely += isLikely;
    store<i32>(unknownAt + 4 * without, word);
    without += 1 - isLikely;
  }
  unknown = without;
  return likely;
}

function touchSlots(likely: i32): void {
  const table = tableAt;
  const mask = (slots << 4) - 16;
  let sum: i64 = 0;
  for (let i = 0; i < likely; i++) {
    const at = (load<i32>(hashesAt + 8 * load<i32>(likelyAt + 4 * i)) << 4) & mask;
    store<i32>(placesAt + 4 * i, at);
    sum ^= load<i64>(table + at);
  }
  touched = sum;
}

/** The block of a word begins with its groups. */
@inline
function groupsOf(word: i32): i32 {
  return blocksAt + ((load<i32>(tableAt + (load<i32>(slotOfWordAt + 4 * word) << 4) + 8) & blockMask) << 2);
}

function countMembers(): i32 {
  let count = 0;
  for (let i = 0; i < grouped; i++) count += load<i32>(groupsOf(load<i32>(groupedAt + 4 * i)));
  return count;
}

/** Adds the singulars and prefixes of the words found, which the index knows. */
export function addGroups(): void {
  for (let i = 0; i < grouped; i++) {
    const word = load<i32>(groupedAt + 4 * i);
    const block = groupsOf(word);
    const end = block + (load<i32>(block) << 2);
    for (let at = block + 4; at <= end; at += 4) addMember(load<i32>(at), word);
  }
}

/** Queues the payload of every record under the terms found whose second term is there too; answers how many. */
export function gather(): i32 {
  const blocks = blocksAt;
  let sum: i64 = 0;
  for (let i = 0; i < entries; i++) {
    sum ^= load<i64>(blocks + ((load<i32>(entriesAt + 4 * i) & blockMask) << 2));
  }
  touched = sum;
  let n = 0;
  for (let i = 0; i < entries; i++) n = gatherBlock(load<i32>(entriesAt + 4 * i), n);
  for (let group = 0; group < groups; group++) {
    const slot = load<i32>(membersAt + (group << 4) + 12);
    n = gatherBlock(load<i32>(tableAt + (slot << 4) + 8), n);
  }
  return n;
}

/** Records stand in pairs: how many there are of one is hard to predict, of two less so. */
@inline
function gatherBlock(entry: i32, queued: i32): i32 {
  const bits = bitsAt;
  let at = blocksAt + ((entry & blockMask) << 2);
  if (entry & (1 << hasGroupsShift)) at += 4 + (load<i32>(at) << 2);
  let left = load<i32>(at);
  let to = queueAt + (queued << 2);
  for (at += 4; left > 0; left -= 2, at += 16) {
    store<i32>(to, load<i32>(at + 4));
    to += isPresent(bits, load<i32>(at)) << 2;
    store<i32>(to, load<i32>(at + 12));
    to += isPresent(bits, load<i32>(at + 8)) << 2;
  }
  return (to - queueAt) >> 2;
}

/**
 * Marks those of the queue that match. Answers how many programs are left, in the queue, with steps that only
 * `core/percolator/tree.ts` can decide.
 */
export function verify(candidates: i32): i32 {
  const queue = queueAt;
  const programs = markWatches(candidates);
  let sum: i64 = 0;
  for (let i = 0; i < programs; i++) sum ^= load<i64>(blocksAt + (load<i32>(queue + 4 * i) << 2));
  touched = sum;
  let left = 0;
  for (let i = 0; i < programs; i++) {
    const program = load<i32>(queue + 4 * i);
    const found = runProgram(program);
    if (found === yes) mark(load<i32>(blocksAt + (program << 2) + 4), 1);
    store<i32>(queue + 4 * left, program);
    left += i32(found === open);
  }
  return left;
}

/** A watch without a program matches. Leaves the programs of the others in the queue; answers how many. */
function markWatches(candidates: i32): i32 {
  const queue = queueAt;
  let programs = 0;
  for (let i = 0; i < candidates; i++) {
    const payload = load<i32>(queue + 4 * i);
    const sign = payload >> 31;
    mark(payload & ~sign, 1 + sign);
    store<i32>(queue + 4 * programs, ~payload);
    programs -= sign;
  }
  return programs;
}
