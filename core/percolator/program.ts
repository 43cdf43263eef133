/**
 * Programs: what is left to verify of a candidate, as numbers in one array. Each is its length, the watch's number
 * and steps that must all hold, by kind. Written here, run in `kernel/verify.ts` and, where that leaves steps, in
 * `tree.ts`.
 */

import type { Part } from '../query/tree.ts';
import type { Element, LeafPlan, NearPlan, PhrasePlan, Plan } from './plan.ts';

export const step = {
  /** element */
  has: 1,
  /** element */
  lacks: 2,
  /** count, elements */
  hasAny: 3,
  /** count, index of the rarest, elements */
  phrase: 4,
  /** within, ordered, element, element: two words in the default fields or the author */
  near: 5,
  /** a tree of nodes */
  tree: 6,
} as const;

/** Nodes of a tree; every child has its length before it. */
export const node = {
  /** element */
  has: 1,
  /** child */
  not: 2,
  /** count, children */
  and: 3,
  /** count, children */
  or: 4,
  /** fields, count, elements, count of demands, (from, to, number)… */
  leaf: 5,
  /** fields, within, ordered, left, right */
  near: 6,
} as const;

/** The kind of an element in its two lowest bits, the slot above. */
export const elementKind = { token: 0, pair: 1, group: 2, any: 3 } as const;

/** An element until slots are known: the complement of kind and term. All other numbers of a program are positive. */
const unlinked = (term: number, kind: number) => ~((term << 2) | kind);

/** Gives the elements of a program their slots. */
export function link(number: number, slotOf: Int32Array): number {
  return number >= 0 ? number : (slotOf[~number >> 2]! << 2) | (~number & 3);
}

/** What the plans' demands become in the index, and what their terms cost. */
export interface Encoding {
  /** The lower, the rarer. */
  readonly cost: (term: number) => number;
  readonly numberOfDemand: (part: Part) => number;
}

/** Appends the steps of one condition. */
export function encodeStep(plan: Plan, out: number[], encoding: Encoding): void {
  if (plan.op === 'has') out.push(step.has, unlinked(plan.term, elementKind.token));
  else if (plan.op === 'not' && plan.plan.op === 'has')
    out.push(step.lacks, unlinked(plan.plan.term, elementKind.token));
  else if (plan.op === 'phrase') encodePhrase(plan, out, encoding);
  else if (plan.op === 'near' && isSimpleNear(plan)) encodeNear(plan, out);
  else if (plan.op === 'or' && plan.plans.every(({ op }) => op === 'has')) {
    const terms = plan.plans.flatMap((each) => (each.op === 'has' ? [each.term] : []));
    out.push(step.hasAny, terms.length, ...terms.map((term) => unlinked(term, elementKind.token)));
  } else {
    const tree: number[] = [];
    encodeNode(plan, tree, encoding);
    out.push(step.tree, tree.length, ...tree);
  }
}

function encodePhrase({ elements }: PhrasePlan, out: number[], encoding: Encoding): void {
  out.push(step.phrase, elements.length, rarest(elements, encoding), ...elements.map(encodeElement));
}

/** The index of the rarest element that is no group. */
function rarest(elements: readonly Element[], { cost }: Encoding): number {
  let best = -1;
  elements.forEach(({ kind, term }, i) => {
    if (kind !== 'token' && kind !== 'pair') return;
    if (best < 0 || cost(term) < cost(elements[best]!.term)) best = i;
  });
  return best;
}

const encodeElement = ({ kind, term }: Element) =>
  kind === 'any' ? elementKind.any : unlinked(term, elementKind[kind]);

function isSimpleNear({ left, right, fields }: NearPlan): boolean {
  const isWord = (plan: Plan) =>
    plan.op === 'leaf' &&
    plan.demands.length === 0 &&
    plan.elements.length === 1 &&
    plan.elements[0]!.kind === 'token';
  return (fields === 7 || fields === 8) && isWord(left) && isWord(right);
}

function encodeNear({ within, ordered, left, right }: NearPlan, out: number[]): void {
  const word = (plan: Plan) => encodeElement((plan as LeafPlan).elements[0]!);
  out.push(step.near, within, ordered ? 1 : 0, word(left), word(right));
}

function encodeNode(plan: Plan, out: number[], encoding: Encoding): void {
  switch (plan.op) {
    case 'has':
      out.push(node.has, unlinked(plan.term, elementKind.token));
      break;
    case 'not':
      out.push(node.not);
      encodeChild(plan.plan, out, encoding);
      break;
    case 'and':
    case 'or':
      out.push(node[plan.op], plan.plans.length);
      for (const each of plan.plans) encodeChild(each, out, encoding);
      break;
    case 'phrase':
      encodeLeaf({ op: 'leaf', fields: 15, elements: plan.elements, demands: [] }, out, encoding);
      break;
    case 'leaf':
      encodeLeaf(plan, out, encoding);
      break;
    case 'near':
      out.push(node.near, plan.fields, plan.within, plan.ordered ? 1 : 0);
      encodeChild(plan.left, out, encoding);
      encodeChild(plan.right, out, encoding);
  }
}

function encodeChild(plan: Plan, out: number[], encoding: Encoding): void {
  const at = out.push(0) - 1;
  encodeNode(plan, out, encoding);
  out[at] = out.length - at - 1;
}

function encodeLeaf({ fields, elements, demands }: LeafPlan, out: number[], encoding: Encoding): void {
  out.push(node.leaf, fields, elements.length);
  out.push(...elements.map(encodeElement));
  out.push(demands.length);
  for (const { from, to, part } of demands) out.push(from, to, encoding.numberOfDemand(part));
}
