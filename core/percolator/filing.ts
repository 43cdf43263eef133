/** Files each watch under its rarest terms: a record, and a program where a record does not say it all. */

import { type Anchor, anchorOf } from './anchor.ts';
import type { Demand } from './index.ts';
import { IntList } from './int-list.ts';
import type { HasPlan, Plan } from './plan.ts';
import { type Encoding, encodeStep } from './program.ts';
import type { Terms } from './terms.ts';

/** The records of all terms, each a linked list, until the blocks are laid. */
export interface Filing {
  /** The newest record of each term, or -1. */
  readonly first: Int32Array;
  readonly next: IntList;
  /** The slot of a second term that must be there. */
  readonly other: IntList;
  /** A watch's number, or the complement of where its program begins. */
  readonly payload: IntList;
  readonly programs: IntList;
  readonly demands: Demand[];
}

/** @param always the slot of the term that is always there */
export function fileAll(plans: readonly Plan[], terms: Terms, slotOf: Int32Array, always: number): Filing {
  const filing: Filing = {
    first: new Int32Array(terms.h.length).fill(-1),
    next: new IntList(),
    other: new IntList(),
    payload: new IntList(),
    programs: new IntList(),
    demands: [],
  };
  const numbers = new Map<string, number>();
  const encoding: Encoding = {
    slotOf: (term) => slotOf[term]!,
    cost: (term) => terms.cost(term),
    numberOfDemand: (part) => numberOf(part, filing.demands, numbers),
  };
  plans.forEach((plan, number) => {
    fileBranches(plan, number, { filing, encoding, always });
  });
  return filing;
}

interface Context {
  readonly filing: Filing;
  readonly encoding: Encoding;
  readonly always: number;
}

function numberOf({ exact, before, after }: Demand, demands: Demand[], numbers: Map<string, number>): number {
  const key = JSON.stringify([exact, before, after]);
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const demand = {
    ...(exact !== undefined && { exact }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
  numbers.set(key, demands.push(demand) - 1);
  return demands.length - 1;
}

/** Each branch of an OR is filed on its own; found twice is found once. */
function fileBranches(plan: Plan, number: number, context: Context): void {
  if (plan.op === 'has') addRecord(context.filing, plan.term, context.always, number);
  else if (plan.op === 'or') for (const branch of plan.plans) fileBranches(branch, number, context);
  else fileConditions(plan.op === 'and' ? plan.plans : [plan], number, context);
}

function fileConditions(conditions: readonly Plan[], number: number, context: Context): void {
  const { filing, encoding, always } = context;
  const { condition, anchor } = chooseAnchor(conditions, encoding);
  const left = conditions.filter((each) => each !== condition || !isDecided(each));
  const second = rarestTerm(left, encoding);
  const rest = left.filter((each) => each !== second);
  const secondTerm = second?.term ?? secondOf(condition, anchor, encoding);
  const payload = rest.length === 0 ? number : ~writeProgram(rest, number, context);
  const other = secondTerm === undefined ? always : encoding.slotOf(secondTerm);
  for (const term of anchor.terms) addRecord(filing, term, other, payload);
}

function addRecord({ first, next, other, payload }: Filing, term: number, slot: number, what: number): void {
  next.push(first[term]!);
  first[term] = next.length - 1;
  other.push(slot);
  payload.push(what);
}

function chooseAnchor(conditions: readonly Plan[], { cost }: Encoding): { condition: Plan; anchor: Anchor } {
  let best: { condition: Plan; anchor: Anchor } | undefined;
  for (const condition of conditions) {
    const anchor = anchorOf(condition, cost);
    if (anchor && (best === undefined || anchor.cost < best.anchor.cost)) best = { condition, anchor };
  }
  if (best) return best;
  throw new Error('a query that matches with nothing present was not refused');
}

/** Whether the presence of an anchor is all that the condition asks. */
function isDecided(condition: Plan): boolean {
  return condition.op === 'has' || (condition.op === 'or' && condition.plans.every(({ op }) => op === 'has'));
}

function rarestTerm(conditions: readonly Plan[], { cost }: Encoding): HasPlan | undefined {
  let best: HasPlan | undefined;
  for (const each of conditions) {
    if (each.op === 'has' && (best === undefined || cost(each.term) < cost(best.term))) best = each;
  }
  return best;
}

/** Another word of the anchor's phrase or NEAR that must be there: saves running most programs. */
function secondOf(condition: Plan, { terms }: Anchor, encoding: Encoding): number | undefined {
  if (terms.length !== 1) return undefined;
  if (condition.op === 'near') {
    const sides = [condition.left, condition.right].map((side) => anchorOf(side, encoding.cost));
    return sides.find((side) => side?.terms.length === 1 && side.terms[0] !== terms[0])?.terms[0];
  }
  if (condition.op !== 'phrase' && condition.op !== 'leaf') return undefined;
  const others = condition.elements.filter(({ term, kind }) => kind !== 'any' && term !== terms[0]);
  others.sort((a, b) => encoding.cost(a.term) - encoding.cost(b.term));
  return others[0]?.term;
}

/** Cheap steps first. Answers where the program begins. */
function writeProgram(conditions: readonly Plan[], number: number, { filing, encoding }: Context): number {
  const steps = conditions
    .map((condition) => {
      const out: number[] = [];
      encodeStep(condition, out, encoding);
      return out;
    })
    .sort((a, b) => a[0]! - b[0]!);
  const at = filing.programs.length;
  filing.programs.push(steps.reduce((sum, { length }) => sum + length, 1));
  filing.programs.push(number);
  for (const each of steps) for (const item of each) filing.programs.push(item);
  return at;
}
