/** Watches into an index: plan all, number all terms, choose slots, then file each watch under its rarest terms. */

import type { Query } from '../query/tree.ts';
import { type Filing, fileAll } from './filing.ts';
import { hashWord, slotHash, space } from './hash.ts';
import {
  alwaysSlot,
  entryAt,
  filterBit,
  filterMask,
  hasGroups,
  type PercolatorIndex,
  slotSize,
} from './index.ts';
import { IntList } from './int-list.ts';
import { createPlanner, type Plan } from './plan.ts';
import { addToFilter, createFilter } from './prefixes.ts';
import { createStringTable } from './string-table.ts';
import { placeTerm } from './table.ts';
import { Terms } from './terms.ts';

export interface ParsedWatch {
  readonly id: string;
  readonly query: string;
  readonly parsed: Query;
}

/** @param watches sorted by id, no id twice; taken one by one, so that not all trees are in memory at once */
export function buildIndex(watches: Iterable<ParsedWatch>): PercolatorIndex {
  const terms = new Terms();
  const ids: string[] = [];
  const queries: string[] = [];
  const plans: Plan[] = [];
  const planQuery = createPlanner(terms);
  for (const { id, query, parsed } of watches) {
    ids.push(id);
    queries.push(query);
    plans.push(planQuery(parsed));
  }
  terms.linkPrefixes();
  const { table, filter, slots, slotOf } = placeTerms(terms);
  const filing = fileAll(plans, terms, slotOf, alwaysSlot(slots));
  return {
    table,
    filter,
    slots,
    blocks: layBlocks({ table, terms, slotOf, filing }),
    programs: filing.programs.toArray(),
    ...placePrefixes(terms, slotOf),
    demands: filing.demands,
    usesAttributes: terms.usesAttributes,
    ids: createStringTable(ids),
    queries: createStringTable(queries),
    size: ids.length,
  };
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
    const bit = filterBit(h[term]!, g[term]!) & filterMask(slots);
    filter[bit >>> 5]! |= 1 << (bit & 31);
  };
  for (let term = 0; term < h.length; term++) if (uses[term]! > 3) place(term);
  for (let term = 0; term < h.length; term++) if (uses[term]! <= 3) place(term);
  return { table, filter, slots, slotOf };
}

interface Laying {
  readonly table: Int32Array;
  readonly terms: Terms;
  readonly slotOf: Int32Array;
  readonly filing: Filing;
}

/** A term's block: its groups with their count, then its records with theirs. Terms with neither have block 0. */
function layBlocks({ table, terms, slotOf, filing }: Laying): Int32Array {
  const blocks = new IntList();
  blocks.push(0);
  for (let term = 0; term < slotOf.length; term++) {
    const groups = terms.groups.get(term);
    if (!groups && filing.first[term]! < 0) continue;
    table[entryAt(slotOf[term]!)]! |= blocks.length | (groups ? hasGroups : 0);
    if (groups) {
      blocks.push(groups.length);
      for (const group of groups) blocks.push(slotOf[group]!);
    }
    layRecords(blocks, filing, filing.first[term]!);
  }
  return blocks.toArray();
}

function layRecords(blocks: IntList, { next, other, payload }: Filing, first: number): void {
  let count = 0;
  for (let record = first; record >= 0; record = next.at(record)) count++;
  blocks.push(count);
  for (let record = first; record >= 0; record = next.at(record)) {
    blocks.push(other.at(record));
    blocks.push(payload.at(record));
  }
}

function placePrefixes({ prefixes: all }: Terms, slotOf: Int32Array) {
  let size = 16;
  while (size < 2 * all.length) size *= 2;
  const prefixes = new Int32Array(4 * size);
  const prefixFilter = createFilter();
  for (const { term, prefix, inAuthor } of all) {
    const { h: bare, g } = hashWord(prefix);
    const h = inAuthor ? bare ^ space.author : bare;
    let at = slotHash(h, g) & (size - 1);
    while (prefixes[4 * at + 2]) at = (at + 1) & (size - 1);
    prefixes.set([h, g, slotOf[term]! + 1], 4 * at);
    addToFilter(prefixFilter, prefix);
  }
  const prefixLengths = [...new Set(all.map(({ prefix }) => prefix.length))].sort((a, b) => a - b);
  return { prefixes, prefixFilter, prefixLengths };
}
