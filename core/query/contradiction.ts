/**
 * Whether a query asks for something and excludes it, as far as its form shows: `"north korea" -korea`,
 * `(a OR b) -a -b`, `lang:en lang:de`. What only knowledge of words could show is not seen.
 */
import {
  type AttributeQuery,
  childrenOf,
  defaultFields,
  type Part,
  type Query,
  type TextField,
} from './tree.ts';

/** A clause and the field it stands in, if it stands in one. */
interface Scoped {
  readonly clause: Query;
  readonly field?: TextField | undefined;
}

export const neverMatches = (query: Query): boolean => never({ clause: query }, []);

/** @param excluded what is excluded wherever the clause counts */
function never({ clause, field }: Scoped, excluded: readonly Scoped[]): boolean {
  if (excluded.some((each) => implies({ clause, field }, each))) return true;
  const inside = (part: Query) => never({ clause: part, field }, excluded);
  switch (clause.type) {
    case 'or':
      return clause.clauses.every(inside);
    case 'near':
      return inside(clause.left) || inside(clause.right);
    case 'field':
      return never({ clause: clause.clause, field: clause.field }, excluded);
    case 'and': {
      const all = [...excluded, ...clause.clauses.flatMap((part) => exclusions(part, field))];
      return disagree(clause.clauses) || clause.clauses.some((part) => never({ clause: part, field }, all));
    }
    default:
      return false;
  }
}

/** Not (a or b) excludes a, and b. */
function exclusions(query: Query, field: TextField | undefined): Scoped[] {
  return query.type === 'not' ? alternatives({ clause: query.clause, field }) : [];
}

function alternatives({ clause, field }: Scoped): Scoped[] {
  if (clause.type === 'field') return alternatives({ clause: clause.clause, field: clause.field });
  if (clause.type === 'or') return clause.clauses.flatMap((part) => alternatives({ clause: part, field }));
  return [{ clause, field }];
}

/** Whether an article that satisfies `a` satisfies `b`. */
function implies(a: Scoped, b: Scoped): boolean {
  const isCovered = a.field === b.field || (b.field === undefined && defaultFields.includes(a.field!));
  if (a.clause.type === 'attribute') return b.clause.type === 'attribute' && isWithin(a.clause, b.clause);
  if (!isCovered) return false;
  if (a.clause.type === 'words' && b.clause.type === 'words') return contains(a.clause.parts, b.clause.parts);
  return a.clause.type === b.clause.type && meaning(a.clause) === meaning(b.clause);
}

/** Whether the words of `b` are among those of `a`, in their order. */
function contains(a: readonly Part[], b: readonly Part[]): boolean {
  return a.some((_, from) => b.every((part, i) => isAsNarrow(a[from + i], part)));
}

function isAsNarrow(a: Part | undefined, b: Part): boolean {
  if (a?.kind === 'word' && b.kind === 'word' && isPlain(b))
    return a.forms.every((form) => b.forms.includes(form));
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

const isPlain = ({ exact, before, after }: Part) => (exact ?? before ?? after) === undefined;

function disagree(clauses: readonly Query[]): boolean {
  const values = clauses.filter((clause) => clause.type === 'attribute');
  return values.some((a) =>
    values.some((b) => a.attribute === b.attribute && hasOne(a) && !isWithin(a, b) && !isWithin(b, a)),
  );
}

/** An article has one site and one language; of categories it has many, a source has an id and a name. */
const hasOne = ({ attribute }: AttributeQuery) => attribute === 'site' || attribute === 'lang';

/** `lang:en-GB` is within `lang:en`, `site:news.bbc.com` within `site:bbc.com`. */
function isWithin(a: AttributeQuery, b: AttributeQuery): boolean {
  if (a.attribute !== b.attribute) return false;
  if (a.attribute === 'site') return `.${a.value}`.endsWith(`.${b.value}`);
  return a.attribute === 'lang' ? `${a.value}-`.startsWith(`${b.value}-`) : a.value === b.value;
}

/** Equal for clauses that ask the same, however they are spelled. */
const meaning = (query: Query): string => JSON.stringify(asked(query));

/** Made into text once, at the top: text within text doubles its escapes with every level. */
function asked(query: Query): unknown {
  if (query.type === 'words') return query.parts.map((part) => ({ ...part, ...sorted(part) }));
  if (query.type === 'attribute') return [query.attribute, query.value];
  const detail =
    query.type === 'near' ? [query.within, query.ordered] : query.type === 'field' ? [query.field] : [];
  return [query.type, ...detail, ...childrenOf(query).map(asked)];
}

const sorted = (part: Part) => (part.kind === 'word' ? { forms: [...part.forms].sort() } : {});
