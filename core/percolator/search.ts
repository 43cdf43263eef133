/**
 * The scanned article against one index: find its words, gather the candidates filed under them, verify those that
 * have a program. `kernel/search.ts` does it, but for prefixes, which need letters, and trees.
 */
import { maxPlaces } from '../query/places.ts';
import { findPrefixes } from './prefixes.ts';
import type { Search } from './state.ts';
import { forgetPlaces, holdsRest } from './tree.ts';
import { lastTerm, pairWord, scanned, termAt, termBefore, termWord, wordHash } from './workspace.ts';

/** Queues the watches filed under what the article has; answers how many. */
export function findCandidates(search: Search): number {
  const { memory } = search;
  const { words, terms, units } = scanned;
  memory.makeRoom(terms, units);
  memory.areas.hashes.set(wordHash.subarray(0, 2 * words));
  memory.areas.lastTerm.set(lastTerm.subarray(0, words));
  memory.makeRoomForMembers(memory.kernel.find(words));
  memory.kernel.addGroups();
  if (memory.areas.prefixLengths.length > 0) findPrefixes(search);
  return memory.kernel.gather();
}

/** Marks those of the queue that match. */
export function verifyCandidates(search: Search, candidates: number): void {
  const { kernel, areas } = search.memory;
  loadTerms(search);
  const left = kernel.verify(candidates);
  if (left === 0) return;
  forgetPlaces();
  for (let i = 0; i < left; i++) {
    const program = areas.queue[i]!;
    if (holdsRest(search, program)) kernel.mark(areas.blocks[program + 1]!, 1);
  }
}

/** Where the words of the article stand. */
function loadTerms({ memory: { kernel, areas } }: Search): void {
  const { tokens, terms } = scanned;
  areas.termWord.set(termWord.subarray(0, tokens));
  areas.termBefore.set(termBefore.subarray(0, terms));
  areas.pairWord.set(pairWord.subarray(0, tokens));
  areas.pairAt.set(termAt.subarray(tokens, terms));
  const [first = tokens, second = tokens] = scanned.fields.map(({ to }) => to);
  kernel.loadTerms(tokens, tokens > maxPlaces, first, second);
}
