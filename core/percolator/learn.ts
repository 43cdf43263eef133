/**
 * Words that no watch asks for, yet that many articles have, are put into the table as they are met: a word that is
 * found costs less than one that is not. They change no answer; the table's spare slots bound their number.
 */
import { space } from './hash.ts';
import { dummySlot } from './index.ts';
import { beginsSomePrefix } from './prefixes.ts';
import type { Search } from './state.ts';
import { isPlaced, placeTerm } from './table.ts';
import { scanned, termG, termH, termSlot } from './workspace.ts';

/** One article in so many is learnt from. */
const interval = 4;

export function learnWords(search: Search): void {
  if (search.room <= 0 || search.articles++ % interval !== 0) return;
  const { metOnce, index } = search;
  const dummy = dummySlot(index.slots);
  for (const { field, from, to } of scanned.fields) {
    for (let t = from; t < to; t++) {
      if (termSlot[t] !== dummy) continue;
      const h = termH[t]!;
      const met = h & (metOnce.length - 1);
      if (metOnce[met] !== h) metOnce[met] = h;
      else if (!beginsSomePrefix(search, t, field === 'author' ? space.author : space.word)) {
        addWord(search, h, termG[t]!);
      }
    }
  }
}

function addWord(search: Search, h: number, g: number): void {
  const { table, slots } = search.index;
  if (search.room <= 0 || isPlaced(table, slots, h, g)) return;
  search.room--;
  placeTerm(table, slots, h, g);
}
