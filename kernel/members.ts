/** The groups of the article: the singulars and prefixes that some of its words belong to. */
import { bitsAt, groupOf, isPresent, membersAt, setPresent } from './areas';

/** Of the present article. Groups are numbered behind the words. */
export let words: i32 = 0;
export let groups: i32 = 0;
export let members: i32 = 0;

export function forgetMembers(count: i32): void {
  words = count;
  groups = 0;
  members = 0;
}

/**
 * Notes that a word belongs to the singular or prefix at `slot`. A member has its word and the member before it in the
 * same group; a group has its last member and its slot. Both stand in `members`.
 */
export function addMember(slot: i32, word: i32): void {
  if (!isPresent(bitsAt, slot)) {
    setPresent(bitsAt, slot, words + groups);
    const group = membersAt + (groups << 4);
    store<i32>(group + 8, -1);
    store<i32>(group + 12, slot);
    groups++;
  }
  const member = membersAt + (members << 4);
  const owner = membersAt + ((groupOf(slot) - words) << 4);
  store<i32>(member, word);
  store<i32>(member + 4, load<i32>(owner + 8));
  store<i32>(owner + 8, members++);
}
