/** Which words of an alert's title and summary its watches asked for, by the same code that matched. */
import { explain } from '../../core/matches.ts';
import { parseQuery } from '../../core/query.ts';
import type { Alert } from '../api/types.ts';
import type { Span } from '../ui/cut.ts';

export interface Highlights {
  readonly title: readonly Span[];
  readonly summary: readonly Span[];
}

export function highlights({ id, article, watches }: Alert): Highlights {
  const found = watches.flatMap(({ query }) => spansOf(query, { id, ...article }));
  const inField = (wanted: string) => found.filter(({ field }) => field === wanted);
  return { title: inField('title'), summary: inField('summary') };
}

/** Without the body, which the API does not hand out, some clauses cannot be seen; the others still are. */
function spansOf(query: string, article: Parameters<typeof explain>[1]) {
  try {
    const { clauses } = explain(parseQuery(query), article);
    return clauses.filter(({ matched }) => matched).flatMap(({ spans }) => spans);
  } catch {
    return []; // a query of an older grammar
  }
}
