/** A parsed query: a tagged union with positions in the text it was read from (UTF-16 code units, half-open). */

/** The fields whose text is searched. A query without a field looks at the first three. */
export type TextField = 'title' | 'summary' | 'body' | 'author';
export const defaultFields: readonly TextField[] = ['title', 'summary', 'body'];
/** What is compared as a whole. */
export type Attribute = 'site' | 'source' | 'category' | 'lang';

interface Position {
  readonly start: number;
  readonly end: number;
}

/** Signs that must stand directly before and after, such as the `++` of `C++`; and the exact letters of `=US`. */
interface Demands {
  readonly exact?: string;
  readonly before?: string;
  readonly after?: string;
}

/** One word in any of its forms. */
export interface WordPart extends Demands {
  readonly kind: 'word';
  readonly forms: readonly string[];
}

/** A word that begins so. */
export interface PrefixPart extends Demands {
  readonly kind: 'prefix';
  readonly prefix: string;
}

/** Letters of a script without spaces, each glued to the one before. */
export interface RunPart extends Demands {
  readonly kind: 'run';
  readonly units: readonly string[];
}

export type Part = WordPart | PrefixPart | RunPart;

/** Words next to each other, in order: a word, a phrase, a prefix. */
export interface WordsQuery extends Position {
  readonly type: 'words';
  /** As typed, in its canonical spelling: `"north korea"`, `deploy*`, `="US"`. */
  readonly text: string;
  readonly parts: readonly Part[];
}

export interface AttributeQuery extends Position {
  readonly type: 'attribute';
  readonly attribute: Attribute;
  readonly value: string;
  /** As typed, without the field. */
  readonly text: string;
}

export interface AndQuery extends Position {
  readonly type: 'and';
  readonly clauses: readonly Query[];
}

export interface OrQuery extends Position {
  readonly type: 'or';
  readonly clauses: readonly Query[];
}

export interface NotQuery extends Position {
  readonly type: 'not';
  readonly clause: Query;
}

/** Both in one field at distinct places, at most `within` words between; `ordered`: left first. */
export interface NearQuery extends Position {
  readonly type: 'near';
  readonly within: number;
  readonly ordered: boolean;
  readonly left: Query;
  readonly right: Query;
}

export interface FieldQuery extends Position {
  readonly type: 'field';
  readonly field: TextField;
  readonly clause: Query;
}

export type Query = WordsQuery | AttributeQuery | AndQuery | OrQuery | NotQuery | NearQuery | FieldQuery;

export function childrenOf(query: Query): readonly Query[] {
  if (query.type === 'and' || query.type === 'or') return query.clauses;
  if (query.type === 'near') return [query.left, query.right];
  return query.type === 'not' || query.type === 'field' ? [query.clause] : [];
}

const parenthesised = new WeakSet<Query>();

/** Beside the tree, which is the same with and without parentheses that change nothing. */
export const noteParentheses = (query: Query): void => void parenthesised.add(query);
/** Whether it was read from between parentheses. */
export const isParenthesised = (query: Query): boolean => parenthesised.has(query);

export const limits = { characters: 4096, terms: 256, levels: 32, near: 1000 } as const;

/** A query that cannot be accepted: where (in its text), why, and what to write instead. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly start: number;
  readonly end: number;
  readonly hint?: string;

  constructor(message: string, position: { start: number; end: number }, hint?: string) {
    super(message);
    this.start = position.start;
    this.end = position.end;
    if (hint !== undefined) this.hint = hint;
  }
}
