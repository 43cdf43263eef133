/** Queries that can be kept and are probably not meant: what to say about them, and where. */
import { isCommonWord } from './common-words.ts';
import { printTree } from './printer.ts';
import { isParenthesised, type Query, type WordsQuery } from './tree.ts';

export interface Warning {
  readonly code: 'never-matches' | 'matches-nearly-everything' | 'mixes-and-or' | 'lower-case-operator';
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** In the order of their positions. */
export function lintTree(query: Query): Warning[] {
  const found: Warning[] = [];
  walk(query, found);
  if (neverMatches(query)) {
    found.push(warn(query, 'never-matches', 'This can never match: it asks for something and excludes it'));
  }
  const broad = broadest(query);
  if (broad) {
    const message = `"${printTree(broad)}" is in nearly every article: add a rarer word`;
    found.push(warn(broad, 'matches-nearly-everything', message));
  }
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

function walk(query: Query, found: Warning[]): void {
  if (query.type === 'words') lintOperator(query, found);
  if (
    query.type === 'or' &&
    query.clauses.some((clause) => clause.type === 'and' && !isParenthesised(clause))
  ) {
    const message = 'AND is read before OR: put parentheses where you mean them';
    found.push(warn(query, 'mixes-and-or', message));
  }
  for (const child of childrenOf(query)) walk(child, found);
}

const warn = ({ start, end }: Query, code: Warning['code'], message: string): Warning => ({
  code,
  message,
  start,
  end,
});

function childrenOf(query: Query): readonly Query[] {
  if (query.type === 'and' || query.type === 'or') return query.clauses;
  if (query.type === 'near') return [query.left, query.right];
  return query.type === 'not' || query.type === 'field' ? [query.clause] : [];
}

function lintOperator(query: WordsQuery, found: Warning[]): void {
  const operator = /^(?:(and|or|not)|(o?near)\/\d+)$/i.exec(query.text)?.[0];
  if (!operator) return;
  const message = `did you mean ${operator.toUpperCase()}? operators are upper-case`;
  found.push(warn(query, 'lower-case-operator', message));
}

/** The clause that makes the query true for nearly every article. */
function broadest(query: Query): Query | undefined {
  switch (query.type) {
    case 'words':
      return query.parts.every(
        (part) => part.kind === 'word' && part.exact === undefined && part.forms.some(isCommonWord),
      ) && query.parts.length === 1
        ? query
        : undefined;
    case 'attribute':
      return query.attribute === 'lang' ? query : undefined;
    case 'or':
      return firstOf(query.clauses, broadest);
    case 'and':
      return query.clauses.every((clause) => clause.type === 'not' || broadest(clause)) ? query : undefined;
    case 'near':
      return broadest(query.left) && broadest(query.right) ? query : undefined;
    case 'field':
    case 'not':
      return undefined;
  }
}

/** What is found in the first clause where anything is. */
function firstOf<T>(clauses: readonly Query[], find: (clause: Query) => T | undefined): T | undefined {
  for (const clause of clauses) {
    const found = find(clause);
    if (found) return found;
  }
  return undefined;
}

/** Only what can be seen from the form: a clause and its exclusion, or two values of a field that has one. */
function neverMatches(query: Query): boolean {
  if (query.type === 'or') return query.clauses.every(neverMatches);
  if (query.type === 'field') return neverMatches(query.clause);
  if (query.type !== 'and') return false;
  const wanted = new Set(query.clauses.filter(({ type }) => type !== 'not').map(meaning));
  const excluded = query.clauses
    .filter((clause) => clause.type === 'not')
    .map(({ clause }) => meaning(clause));
  return (
    excluded.some((each) => wanted.has(each)) || disagree(query.clauses) || query.clauses.some(neverMatches)
  );
}

function disagree(clauses: readonly Query[]): boolean {
  const values = clauses.flatMap((clause) => (clause.type === 'attribute' ? [clause] : []));
  return values.some((a) =>
    values.some((b) => a.attribute === b.attribute && excludes(a.value, b.value, a.attribute)),
  );
}

function excludes(a: string, b: string, attribute: string): boolean {
  if (a === b) return false;
  if (attribute === 'site') return !`.${a}`.endsWith(`.${b}`) && !`.${b}`.endsWith(`.${a}`);
  return attribute === 'lang' && !a.startsWith(`${b}-`) && !b.startsWith(`${a}-`);
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

const sorted = (part: object) => ('forms' in part ? { forms: [...(part.forms as string[])].sort() } : {});
