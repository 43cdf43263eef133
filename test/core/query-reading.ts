/** How tests look at a query: why it is refused, and what it means wherever it stands. */
import type { Query, QueryError } from '../../core/query/tree.ts';
import { parseQuery } from '../../core/query.ts';

/** Undefined where the query is accepted. */
export function refusal(query: string): QueryError | undefined {
  try {
    parseQuery(query);
  } catch (error) {
    return error as QueryError;
  }
}

/** Readings keep the meaning; their positions are their own. */
export function withoutPositions(query: Query): unknown {
  return JSON.parse(
    JSON.stringify(query, (key, value) => (key === 'start' || key === 'end' ? undefined : value)),
  );
}
