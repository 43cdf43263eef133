/** A tree into text with every parenthesis written out; reading that text gives the same tree. */
import type { Query } from './tree.ts';

/** `a b OR -c` is `(a AND b) OR -c`. */
export function printTree(query: Query): string {
  switch (query.type) {
    case 'words':
      return query.text;
    case 'attribute':
      return `${query.attribute}:${query.text}`;
    case 'not':
      return `-${inner(query.clause, 'not')}`;
    case 'field':
      return `${query.field}:${inner(query.clause, 'not')}`;
    case 'and':
      return query.clauses.map((clause) => inner(clause)).join(' AND ');
    case 'or':
      return query.clauses.map((clause) => inner(clause)).join(' OR ');
    case 'near':
      return `${inner(query.left)} ${query.ordered ? 'ONEAR' : 'NEAR'}/${query.within} ${inner(query.right)}`;
  }
}

/** @param also a further type that needs parentheses in this place: `--a` would be one exclusion, not two */
function inner(query: Query, also?: Query['type']): string {
  const compound =
    query.type === 'and' || query.type === 'or' || query.type === 'near' || query.type === also;
  return compound ? `(${printTree(query)})` : printTree(query);
}
