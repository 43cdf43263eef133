/** A query as it is typed, read by the same code as the API's. */

import { QueryError } from '../../core/query/tree.ts';
import { lintQuery, parseQuery, printQuery } from '../../core/query.ts';
import type { Warning } from '../api/types.ts';

export type Reading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'read'; readonly reading: string; readonly warnings: readonly Warning[] }
  | { readonly kind: 'error'; readonly error: QueryError };

export function readQuery(text: string): Reading {
  if (text.trim() === '') return { kind: 'empty' };
  try {
    const query = parseQuery(text);
    return { kind: 'read', reading: printQuery(query), warnings: lintQuery(query) };
  } catch (error) {
    if (error instanceof QueryError) return { kind: 'error', error };
    throw error;
  }
}
