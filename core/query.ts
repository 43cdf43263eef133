/**
 * The query language, what a person would type into a news search. The rules stand in `docs/queries.md`.
 *
 *     const query = parseQuery('"north korean" troops -opinion');
 *     printQuery(query) === '"north korean" AND troops AND -opinion';
 */
import { lintTree, type Warning } from './query/lint.ts';
import { parseTree } from './query/parser.ts';
import { printTree } from './query/printer.ts';
import { childrenOf, limits, type Query, QueryError } from './query/tree.ts';

/**
 * Reads a query. Linear in its length, at most 4,096 characters, 256 words and 32 levels.
 * @throws QueryError with position and, where one helps, a hint
 */
export function parseQuery(text: string): Query {
  const query = parseTree(text);
  const { words, levels } = measure(query);
  if (words > limits.terms) throw new QueryError(`A query has at most ${limits.terms} words`, query);
  if (levels > limits.levels)
    throw new QueryError(`More than ${limits.levels} levels`, query, 'use fewer parentheses');
  if (matchesNothingPresent(query)) {
    throw new QueryError(
      'This would match articles that contain none of your words',
      culprit(query),
      'add a word that must be present, as in: word -excluded',
    );
  }
  return query;
}

/** The reading of a query with all its parentheses; parsing it gives the same tree. */
export function printQuery(query: Query): string {
  return printTree(query);
}

/** What a careful reader would ask about before keeping the query. Positions are those of the query's text. */
export function lintQuery(query: Query): Warning[] {
  return lintTree(query);
}

function measure(query: Query): { words: number; levels: number } {
  if (query.type === 'words') return { words: query.parts.length, levels: 0 };
  if (query.type === 'attribute') return { words: 1, levels: 0 };
  const inside = childrenOf(query).map(measure);
  return {
    words: inside.reduce((sum, { words }) => sum + words, 0),
    levels: 1 + Math.max(...inside.map(({ levels }) => levels)),
  };
}

/** Whether the query is true for an article in which no word of it occurs. */
function matchesNothingPresent(query: Query): boolean {
  if (query.type === 'and') return query.clauses.every(matchesNothingPresent);
  if (query.type === 'or') return query.clauses.some(matchesNothingPresent);
  if (query.type === 'not') return !matchesNothingPresent(query.clause);
  return query.type === 'field' && matchesNothingPresent(query.clause);
}

/** The innermost part that is to blame. */
function culprit(query: Query): Query {
  const worse = childrenOf(query).find(matchesNothingPresent);
  return worse ? culprit(worse) : query;
}
