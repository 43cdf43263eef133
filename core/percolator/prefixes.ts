/** Prefixes of words that the index does not know. */
import { hashWord, space } from './hash.ts';
import type { Search } from './state.ts';
import { foldedPairs, lastTerm, scanned, termWord, tokenBounds } from './workspace.ts';

/** Notes every prefix that an unknown word begins with. */
export function findPrefixes(search: Search): void {
  const { memory } = search;
  const { kernel, areas } = memory;
  areas.bounds.set(tokenBounds.subarray(0, 2 * scanned.tokens));
  areas.letters.set(foldedPairs.subarray(0, scanned.units >> 1));
  const likely = kernel.keepLikely(kernel.unknown.value, scanned.tokens);
  // A word of n letters begins with n prefixes at most, so there are never more than letters.
  memory.makeRoomForMembers(Math.min(likely * memory.areas.prefixLengths.length, scanned.units));
  const { from, to } = scanned.fields.find(({ field }) => field === 'author') ?? { from: 0, to: 0 };
  kernel.addPrefixes(likely, space.author, from, to);
  for (const [token, spelled] of scanned.spelled) {
    addPrefixesOf(search, token, spelled, token >= from && token < to ? space.author : space.word);
  }
}

/** Of a word that `tokenise` has read: its letters do not stand in the article. */
function addPrefixesOf({ memory, index }: Search, token: number, spelled: string, inSpace: number): void {
  const word = termWord[token]!;
  if (lastTerm[word] !== token || memory.areas.slotOfWord[word] !== index.slots) return;
  memory.makeRoomForMembers(memory.areas.prefixLengths.length);
  for (const length of memory.areas.prefixLengths) {
    if (length > spelled.length) return;
    const { h, g } = hashWord(spelled, length);
    memory.kernel.addPrefix(h ^ inSpace, g, word);
  }
}
