/** Files each watch under its rarest terms: a record, and a program where a record does not say it all. */

import { type Anchor, anchorOf } from './anchor.ts';
import type { Demand } from './index.ts';
import { IntList } from './int-list.ts';
import type { HasPlan, Plan } from './plan.ts';
import { type Encoding, encodeStep } from './program.ts';
import type { Terms } from './terms.ts';

/** Stands for a second term where one is enough. */
export const noSecond = -1;

/** Files watches one after the other. What is rare is judged by those before: a bad guess costs speed, never a match. */
export class Filing {
  readonly demands: Demand[] = [];
  readonly programs = new IntList();
  /** The newest record of each term + 1; of each record the one before of the same term + 1. */
  readonly newest = new IntList();
  readonly before = new IntList();
  /** Of each record a second term that must be there, or `noSecond`. */
  readonly other = new IntList();
  /** A watch's number, or the complement of where its program begins. */
  readonly payload = new IntList();
  readonly encoding: Encoding;
  readonly #numbers = new Map<string, number>();

  constructor(terms: Terms) {
    this.encoding = {
      cost: (term) => terms.cost(term),
      numberOfDemand: (part) => this.#numberOf(part),
    };
  }

  addRecord(term: number, other: number, payload: number): void {
    while (this.newest.length <= term) this.newest.push(0);
    this.before.push(this.newest.at(term));
    this.other.push(other);
    this.newest.set(term, this.payload.push(payload));
  }

  #numberOf({ exact, before, after }: Demand): number {
    const key = JSON.stringify([exact, before, after]);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const demand = {
      ...(exact !== undefined && { exact }),
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    };
    this.#numbers.set(key, this.demands.push(demand) - 1);
    return this.demands.length - 1;
  }
}

/** Each branch of an OR is filed on its own; found twice is found once. */
export function fileWatch(plan: Plan, number: number, filing: Filing): void {
  if (plan.op === 'has') filing.addRecord(plan.term, noSecond, number);
  else if (plan.op === 'or') for (const branch of plan.plans) fileWatch(branch, number, filing);
  else fileConditions(plan.op === 'and' ? plan.plans : [plan], number, filing);
}

function fileConditions(conditions: readonly Plan[], number: number, filing: Filing): void {
  const { encoding } = filing;
  const { condition, anchor } = chooseAnchor(conditions, encoding);
  const left = conditions.filter((each) => each !== condition || !isDecided(each));
  const second = rarestTerm(left, encoding);
  const rest = left.filter((each) => each !== second);
  const secondTerm = second?.term ?? secondOf(condition, anchor, encoding);
  const payload = rest.length === 0 ? number : ~writeProgram(rest, number, filing);
  for (const term of anchor.terms) filing.addRecord(term, secondTerm ?? noSecond, payload);
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
function writeProgram(conditions: readonly Plan[], number: number, { encoding, programs }: Filing): number {
  const steps = conditions
    .map((condition) => {
      const out: number[] = [];
      encodeStep(condition, out, encoding);
      return out;
    })
    .sort((a, b) => a[0]! - b[0]!);
  const at = programs.length;
  programs.push(steps.reduce((sum, { length }) => sum + length, 1));
  programs.push(number);
  for (const each of steps) for (const item of each) programs.push(item);
  return at;
}
