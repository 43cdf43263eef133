/** Watches into an index: plan and file one after the other, then choose slots for all terms and lay the blocks. */

import type { Query } from '../query/tree.ts';
import { layBlocks } from './blocks.ts';
import { Filing, fileWatch } from './filing.ts';
import { hashWord, prefixBit, space } from './hash.ts';
import { filterBit, type IndexArrays, type PercolatorIndex, slotSize } from './index.ts';
import { createPlanner, type Plan } from './plan.ts';
import { StringTableBuilder } from './string-table.ts';
import { placeTerm } from './table.ts';
import { Terms } from './terms.ts';

export interface ParsedWatch {
  readonly id: string;
  readonly query: string;
  readonly parsed: Query;
}

/** So many watches are planned before the first is filed, to see which terms are asked for often. */
const learnt = 1 << 16;

/** @param watches sorted by id, no id twice; taken one by one, so that not all trees are in memory at once */
export function buildIndex(watches: Iterable<ParsedWatch>): { index: PercolatorIndex; arrays: IndexArrays } {
  const terms = new Terms();
  const ids = new StringTableBuilder();
  const queries = new StringTableBuilder();
  const filing = new Filing(terms);
  const planQuery = createPlanner(terms);
  const waiting: Plan[] = [];
  let filed = 0;
  const fileWaiting = () => {
    for (const plan of waiting) fileWatch(plan, filed++, filing);
    waiting.length = 0;
  };
  for (const { id, query, parsed } of watches) {
    ids.push(id);
    queries.push(query);
    const plan = planQuery(parsed);
    if (filed > 0) fileWatch(plan, filed++, filing);
    else if (waiting.push(plan) === learnt) fileWaiting();
  }
  fileWaiting();
  terms.linkPrefixes();
  const { table, filter, slots, slotOf } = placeTerms(terms);
  const blocks = layBlocks({ table, slots, terms, slotOf, filing });
  const index = {
    slots,
    demands: filing.demands,
    usesAttributes: terms.usesAttributes,
    ids: ids.build(),
    queries: queries.build(),
    size: filed,
  };
  return { index, arrays: { table, filter, blocks, ...placePrefixes(terms, slotOf) } };
}

/** Slots taken by terms, at most: the fuller the table, the more of them are not where they belong. */
const fullest = 0.55;

/** Open addressing; the terms asked for most come first, so that they are found at the first look. */
function placeTerms({ h, g, uses }: Terms) {
  let slots = 16;
  while (slots * fullest < h.length) slots *= 2;
  const table = new Int32Array(slotSize * (slots + 2));
  const filter = new Int32Array(slots >> 2);
  const slotOf = new Int32Array(h.length);
  const place = (term: number) => {
    slotOf[term] = placeTerm(table, slots, h[term]!, g[term]!);
    const bit = filterBit(slots, g[term]!);
    filter[bit >>> 5]! |= 1 << (bit & 31);
  };
  for (let term = 0; term < h.length; term++) if (uses[term]! > 3) place(term);
  for (let term = 0; term < h.length; term++) if (uses[term]! <= 3) place(term);
  return { table, filter, slots, slotOf };
}

function placePrefixes({ prefixes: all }: Terms, slotOf: Int32Array) {
  let size = 16;
  while (size < 2 * all.length) size *= 2;
  const prefixes = new Int32Array(4 * size);
  const half = Math.min(64 * size, 1 << 16);
  const prefixFilter = new Int32Array(half >> 4);
  for (const { term, prefix, inAuthor } of all) {
    const { h: bare, g } = hashWord(prefix);
    const h = inAuthor ? bare ^ space.author : bare;
    let at = h & (size - 1);
    while (prefixes[4 * at + 2]) at = (at + 1) & (size - 1);
    prefixes.set([h, g, slotOf[term]! + 1], 4 * at);
    const bit = prefixBit(prefix, half);
    prefixFilter[bit >>> 5]! |= 1 << (bit & 31);
  }
  const lengths = new Set(all.map(({ prefix }) => prefix.length));
  return { prefixes, prefixFilter, prefixLengths: Int32Array.from(lengths).sort() };
}
