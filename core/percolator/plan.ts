/**
 * What has to hold for a query, in the words of the index: which terms must be there, which phrases, what is left.
 * Negations stand directly before what they negate.
 */

import type { NearQuery, Part, Query, TextField, WordsQuery } from '../query/tree.ts';
import type { Terms } from './terms.ts';

/** Whether the term occurs at all decides. */
export interface HasPlan {
  readonly op: 'has';
  readonly term: number;
}

/** Terms at successive positions. */
export interface PhrasePlan {
  readonly op: 'phrase';
  readonly elements: readonly Element[];
}

/** Terms at successive positions of certain fields, with demands on the text itself. */
export interface LeafPlan {
  readonly op: 'leaf';
  readonly fields: number;
  readonly elements: readonly Element[];
  readonly demands: readonly { readonly from: number; readonly to: number; readonly part: Part }[];
}

export interface NearPlan {
  readonly op: 'near';
  readonly fields: number;
  readonly within: number;
  readonly ordered: boolean;
  readonly left: Plan;
  readonly right: Plan;
}

export interface NotPlan {
  readonly op: 'not';
  readonly plan: Plan;
}

export interface GroupPlan {
  readonly op: 'and' | 'or';
  readonly plans: readonly Plan[];
}

export type Plan = HasPlan | PhrasePlan | LeafPlan | NearPlan | NotPlan | GroupPlan;

/** One position. A pair covers its own position and the next; a group is a singular or a prefix. */
export interface Element {
  readonly term: number;
  readonly kind: 'token' | 'pair' | 'group' | 'any';
}

export const fieldBit = { title: 1, summary: 2, body: 4, author: 8 } as const;
const defaultBits = fieldBit.title | fieldBit.summary | fieldBit.body;

/** Plans the queries of one index: numbers their terms on the way. What recurs (a word) is one object. */
export function createPlanner(terms: Terms): (query: Query) => Plan {
  const shared: Shared = { has: [], tokens: [] };
  return (query) => plan(query, { terms, shared, fields: defaultBits, negated: false });
}

interface Shared {
  readonly has: HasPlan[];
  readonly tokens: Element[];
}

interface Context {
  readonly terms: Terms;
  readonly shared: Shared;
  readonly fields: number;
  readonly negated: boolean;
}

function hasTerm(term: number, { shared }: Context): HasPlan {
  shared.has[term] ??= { op: 'has', term };
  return shared.has[term];
}

function tokenElement(term: number, { shared }: Context): Element {
  shared.tokens[term] ??= { term, kind: 'token' };
  return shared.tokens[term];
}

function plan(query: Query, context: Context): Plan {
  switch (query.type) {
    case 'field':
      return plan(query.clause, { ...context, fields: fieldBit[query.field satisfies TextField] });
    case 'not':
      return plan(query.clause, { ...context, negated: !context.negated });
    case 'and':
    case 'or':
      return planGroup(query.type, query.clauses, context);
    default:
      return negate(planLeaf(query, context), context.negated);
  }
}

const negate = (positive: Plan, negated: boolean): Plan =>
  negated ? { op: 'not', plan: positive } : positive;

/** Not (a and b) is (not a) or (not b). */
function planGroup(type: 'and' | 'or', clauses: readonly Query[], context: Context): Plan {
  const op = (type === 'and') === context.negated ? 'or' : 'and';
  const plans = clauses.map((clause) => plan(clause, context));
  return { op, plans: plans.flatMap((each) => (each.op === op ? each.plans : [each])) };
}

function planLeaf(query: Exclude<Query, { type: 'field' | 'not' | 'and' | 'or' }>, context: Context): Plan {
  if (query.type === 'attribute') {
    return hasTerm(context.terms.attribute(`${query.attribute}:${query.value}`), context);
  }
  return query.type === 'near' ? planNear(query, context) : planWords(query, context);
}

function planNear({ within, ordered, left, right }: NearQuery, context: Context): NearPlan {
  const sides = { left: planPlaces(left, context), right: planPlaces(right, context) };
  return { op: 'near', fields: context.fields, within, ordered, ...sides };
}

/** Operands are asked for their places, so they stay leaves. */
function planPlaces(query: Query, context: Context): Plan {
  if (query.type === 'near') return planNear(query, context);
  if (query.type === 'or')
    return { op: 'or', plans: query.clauses.map((clause) => planPlaces(clause, context)) };
  return leafOf(query as WordsQuery, context);
}

function planWords(query: WordsQuery, context: Context): Plan {
  const leaf = leafOf(query, context);
  const everywhere = context.fields === defaultBits || context.fields === fieldBit.author;
  if (!everywhere || leaf.demands.length > 0) return leaf;
  if (leaf.elements.length === 1 || isPair(leaf.elements)) return hasTerm(leaf.elements[0]!.term, context);
  return leaf.elements.some(({ kind }) => kind === 'group')
    ? leaf
    : { op: 'phrase', elements: leaf.elements };
}

const isPair = (elements: readonly Element[]) => elements.length === 2 && elements[0]!.kind === 'pair';

function leafOf({ parts }: WordsQuery, context: Context): LeafPlan {
  const { fields } = context;
  const elements: Element[] = [];
  const demands: { from: number; to: number; part: Part }[] = [];
  for (const part of parts) {
    const from = elements.length;
    elements.push(...elementsOf(part, context));
    const isDemanding = part.exact !== undefined || part.before !== undefined || part.after !== undefined;
    if (isDemanding) demands.push({ from, to: elements.length, part });
  }
  return { op: 'leaf', fields, elements, demands };
}

function elementsOf(part: Part, context: Context): Element[] {
  const { terms } = context;
  const inAuthor = context.fields === fieldBit.author;
  if (part.kind === 'prefix') return [{ term: terms.prefix(part.prefix, inAuthor), kind: 'group' }];
  if (part.kind === 'word') {
    const term = terms.forms(part.forms, inAuthor);
    return [part.forms.length > 1 ? { term, kind: 'group' } : tokenElement(term, context)];
  }
  const { units } = part;
  if (units.length === 1) return [{ term: terms.unit(units[0]!, inAuthor), kind: 'token' }];
  return units.map((unit, i) => {
    const next = units[i + 1];
    return next === undefined
      ? { term: -1, kind: 'any' }
      : { term: terms.pair(unit, next, inAuthor), kind: 'pair' };
  });
}
