/**
 * Programs: what is left to verify of a candidate, as numbers in one array. Each is its length, the watch's number
 * and steps that must all hold. Written here, run in `verify.ts`.
 */

import type { Part } from '../query/tree.ts';
import type { Element, LeafPlan, NearPlan, PhrasePlan, Plan } from './plan.ts';

export const step = {
  /** slot */
  has: 1,
  /** slot */
  lacks: 2,
  /** count, slots */
  hasAny: 3,
  /** within, ordered, slot, slot: two words in the default fields or the author */
  near: 4,
  /** count, index of the rarest, elements */
  phrase: 5,
  /** a tree of nodes */
  tree: 6,
} as const;

/** Nodes of a tree; every child has its length before it. */
export const node = {
  /** slot */
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

/** What the plans' terms and demands become in the index. */
export interface Encoding {
  readonly slotOf: (term: number) => number;
  /** The lower, the rarer. */
  readonly cost: (term: number) => number;
  readonly numberOfDemand: (part: Part) => number;
}

/** Appends the steps of one condition. */
export function encodeStep(plan: Plan, out: number[], encoding: Encoding): void {
  if (plan.op === 'has') out.push(step.has, encoding.slotOf(plan.term));
  else if (plan.op === 'not' && plan.plan.op === 'has') out.push(step.lacks, encoding.slotOf(plan.plan.term));
  else if (plan.op === 'phrase') encodePhrase(plan, out, encoding);
  else if (plan.op === 'near' && isSimpleNear(plan)) encodeNear(plan, out, encoding);
  else if (plan.op === 'or' && plan.plans.every(({ op }) => op === 'has')) {
    const terms = plan.plans.flatMap((each) => (each.op === 'has' ? [encoding.slotOf(each.term)] : []));
    out.push(step.hasAny, terms.length, ...terms);
  } else {
    const tree: number[] = [];
    encodeNode(plan, tree, encoding);
    out.push(step.tree, tree.length, ...tree);
  }
}

function encodePhrase({ elements }: PhrasePlan, out: number[], encoding: Encoding): void {
  out.push(
    step.phrase,
    elements.length,
    rarest(elements, encoding),
    ...elements.map((each) => encodeElement(each, encoding)),
  );
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

const encodeElement = ({ kind, term }: Element, { slotOf }: Encoding) =>
  kind === 'any' ? elementKind.any : (slotOf(term) << 2) | elementKind[kind];

function isSimpleNear({ left, right, fields }: NearPlan): boolean {
  const isWord = (plan: Plan) =>
    plan.op === 'leaf' &&
    plan.demands.length === 0 &&
    plan.elements.length === 1 &&
    plan.elements[0]!.kind === 'token';
  return (fields === 7 || fields === 8) && isWord(left) && isWord(right);
}

function encodeNear({ within, ordered, left, right }: NearPlan, out: number[], { slotOf }: Encoding): void {
  const slot = (plan: Plan) => slotOf((plan as LeafPlan).elements[0]!.term);
  out.push(step.near, within, ordered ? 1 : 0, slot(left), slot(right));
}

function encodeNode(plan: Plan, out: number[], encoding: Encoding): void {
  switch (plan.op) {
    case 'has':
      out.push(node.has, encoding.slotOf(plan.term));
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
  for (const each of elements) out.push(encodeElement(each, encoding));
  out.push(demands.length);
  for (const { from, to, part } of demands) out.push(from, to, encoding.numberOfDemand(part));
}
