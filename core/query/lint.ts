/** Queries that can be kept and are probably not meant: what to say about them, and where. */
import { isCommonWord } from './common-words.ts';
import { neverMatches } from './contradiction.ts';
import { printTree } from './printer.ts';
import { childrenOf, isParenthesised, type Query, type WordsQuery } from './tree.ts';

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
      return isCommon(query) ? query : undefined;
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

const isCommon = ({ parts: [only, ...more] }: WordsQuery) =>
  only?.kind === 'word' && more.length === 0 && only.exact === undefined && only.forms.some(isCommonWord);

/** What is found in the first clause where anything is. */
function firstOf<T>(clauses: readonly Query[], find: (clause: Query) => T | undefined): T | undefined {
  for (const clause of clauses) {
    const found = find(clause);
    if (found) return found;
  }
  return undefined;
}
