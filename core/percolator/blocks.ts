/**
 * What is filed under a term, in one place: its groups with their count, its records with theirs, then the programs of
 * these records that no block before has. What is read together stands together.
 */
import { type Filing, noSecond } from './filing.ts';
import { alwaysSlot, dummySlot, entryAt, hasGroups } from './index.ts';
import { IntList } from './int-list.ts';
import { link } from './program.ts';
import type { Terms } from './terms.ts';

interface Laying {
  readonly table: Int32Array;
  readonly slots: number;
  readonly terms: Terms;
  readonly slotOf: Int32Array;
  readonly filing: Filing;
}

/** Terms with neither groups nor records have block 0. */
export function layBlocks(laying: Laying): Int32Array {
  const { table, terms, slotOf, filing } = laying;
  const blocks = new IntList();
  blocks.push(0);
  const lay = layer(blocks, laying);
  for (let term = 0; term < slotOf.length; term++) {
    const groups = terms.groups.get(term);
    const newest = term < filing.newest.length ? filing.newest.at(term) : 0;
    if (!groups && newest === 0) continue;
    table[entryAt(slotOf[term]!)]! |= blocks.length | (groups ? hasGroups : 0);
    if (groups) {
      blocks.push(groups.length);
      for (const group of groups) blocks.push(slotOf[group]!);
    }
    lay(newest);
  }
  return blocks.view();
}

/** @returns what lays the records of a term, from the newest, and their programs */
function layer(blocks: IntList, { slots, slotOf, filing }: Laying) {
  const { before, other, payload, programs } = filing;
  /** Where each program begins in the blocks. */
  const laid = new Int32Array(programs.length);
  return (newest: number): void => {
    const fresh: number[] = [];
    let count = 0;
    for (let record = newest; record > 0; record = before.at(record - 1)) count++;
    blocks.push(count);
    let free = blocks.length + 2 * (count + (count % 2));
    for (let record = newest; record > 0; record = before.at(record - 1)) {
      const second = other.at(record - 1);
      const program = ~payload.at(record - 1);
      if (program >= 0 && laid[program] === 0) {
        fresh.push(program);
        laid[program] = free;
        free += lengthOf(programs, program);
      }
      blocks.push(second === noSecond ? alwaysSlot(slots) : slotOf[second]!);
      blocks.push(program < 0 ? ~program : ~laid[program]!);
    }
    if (count % 2 === 1) {
      blocks.push(dummySlot(slots));
      blocks.push(0);
    }
    for (const program of fresh)
      for (let i = 0; i < lengthOf(programs, program); i++)
        blocks.push(link(programs.at(program + i), slotOf));
  };
}

/** With its length, which stands before it. */
const lengthOf = (programs: IntList, program: number) => programs.at(program) + 1;
