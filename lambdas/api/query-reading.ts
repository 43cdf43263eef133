/** A query as the API shows it: how it was understood, and what its writer may not have meant. */
import * as z from 'zod/mini';
import { QueryError } from '../../core/query/tree.ts';
import { lintQuery, parseQuery, printQuery } from '../../core/query.ts';
import { ApiProblem } from './problems.ts';

const LONGEST_QUERY = 4096;

/** Half a surrogate pair would be stored as something else. */
export const queryText = z.string().check(
  z.minLength(1),
  z.maxLength(LONGEST_QUERY),
  z.refine((text) => text.isWellFormed(), 'Must be valid Unicode'),
);

export const queryReading = z.object({
  /** The query with all its parentheses. */
  reading: z.optional(z.string()),
  warnings: z.array(z.object({ code: z.string(), message: z.string(), start: z.number(), end: z.number() })),
});
export type QueryReading = z.infer<typeof queryReading>;

/** @throws ApiProblem `invalid-query` with the position and what to write instead */
export function readQuery(text: string): QueryReading {
  try {
    return reading(text);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const { message: detail, start, end, hint } = error;
    const errors = [{ pointer: '/query', detail, position: { start, end }, hint }];
    throw new ApiProblem('invalid-query', { detail, errors });
  }
}

/** Never throws for a stored query: one that a newer grammar refuses is shown with what is wrong. */
export function readStoredQuery(text: string): QueryReading {
  try {
    return reading(text);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const { message, start, end } = error;
    return { warnings: [{ code: 'unreadable', message, start, end }] };
  }
}

function reading(text: string): QueryReading {
  const query = parseQuery(text);
  return { reading: printQuery(query), warnings: [...lintQuery(query)] };
}
