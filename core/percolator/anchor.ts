/**
 * Under which terms a watch is filed. Every accepted query has such anchors: at least one of them occurs in every
 * article that it matches. The rarest are chosen.
 */
import type { Element, Plan } from './plan.ts';

export interface Anchor {
  readonly terms: readonly number[];
  readonly cost: number;
}

type Cost = (term: number) => number;

/** Undefined for a condition that holds where nothing is present. */
export function anchorOf(plan: Plan, cost: Cost): Anchor | undefined {
  switch (plan.op) {
    case 'has':
      return { terms: [plan.term], cost: cost(plan.term) };
    case 'phrase':
    case 'leaf':
      return rarestElement(plan.elements, cost);
    case 'near':
      return cheaper(anchorOf(plan.left, cost), anchorOf(plan.right, cost));
    case 'and':
      return plan.plans.map((each) => anchorOf(each, cost)).reduce(cheaper);
    case 'or':
      return together(plan.plans.map((each) => anchorOf(each, cost)));
    case 'not':
      return undefined;
  }
}

/** The first element is never `any`. */
function rarestElement(elements: readonly Element[], cost: Cost): Anchor {
  let best = elements[0]!.term;
  let least = cost(best);
  for (const { kind, term } of elements) {
    if (kind === 'any' || cost(term) >= least) continue;
    best = term;
    least = cost(term);
  }
  return { terms: [best], cost: least };
}

function cheaper(a: Anchor | undefined, b: Anchor | undefined): Anchor | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.cost < a.cost ? b : a;
}

/** Every branch needs one. */
function together(branches: readonly (Anchor | undefined)[]): Anchor | undefined {
  const anchors = branches.filter((branch) => branch !== undefined);
  if (anchors.length < branches.length) return undefined;
  return {
    terms: [...new Set(anchors.flatMap(({ terms }) => terms))],
    cost: anchors.reduce((sum, { cost }) => sum + cost, 0),
  };
}
