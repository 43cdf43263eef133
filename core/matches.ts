/**
 * What it means that a query matches an article: the plain definition, written to be read. The percolator must
 * agree with it on every input.
 *
 *     matches(parseQuery('sanction -trade'), article)?.spans → [{ field: 'title', start: 4, end: 13 }]
 */

import type { Article } from './model.ts';
import { type ArticleText, readArticle } from './query/article-text.ts';
import { findPlaces, type Place, pairs } from './query/places.ts';
import { printTree } from './query/printer.ts';
import { defaultFields, type NearQuery, type Query, type TextField } from './query/tree.ts';

/** Positions in the article's own text: UTF-16 code units, half-open. */
export interface Span {
  readonly field: TextField;
  readonly start: number;
  readonly end: number;
}

/** What to highlight: every place of every word that made the query match. */
export interface Match {
  readonly spans: readonly Span[];
}

export interface ExplainedClause {
  /** The clause as it was read. */
  readonly text: string;
  /** Where it stands in the query. */
  readonly start: number;
  readonly end: number;
  /** Whether the article satisfies it; an exclusion is satisfied by finding nothing. */
  readonly matched: boolean;
  /** What was found; of an exclusion, what must not have been. */
  readonly spans: readonly Span[];
}

export interface Explanation {
  readonly matched: boolean;
  /** What is joined by AND, or by OR, at the top of the query. */
  readonly clauses: readonly ExplainedClause[];
}

/** Null for no match. */
export function matches(query: Query, article: Article): Match | null {
  return matchesText(query, readArticle(article));
}

/** The same for an article that many queries look at. */
export function matchesText(query: Query, article: ArticleText): Match | null {
  const spans = find(query, article, defaultFields);
  return spans && { spans: inOrder(spans) };
}

/** For a miss, which clause failed; for an exclusion, which word was found where. */
export function explain(query: Query, article: Article): Explanation {
  const text = readArticle(article);
  const matched = find(query, text, defaultFields) !== null;
  return { matched, clauses: clausesOf(query, defaultFields).map((clause) => explainClause(clause, text)) };
}

/** Null where the query is false; otherwise the places that made it true. */
function find(query: Query, article: ArticleText, fields: readonly TextField[]): Span[] | null {
  switch (query.type) {
    case 'words':
      return someSpans(article, fields, (field) => findPlaces(query, field));
    case 'near':
      return someSpans(article, fields, (field) => highlightNear(query, field));
    case 'attribute':
      return article.attributes.has(`${query.attribute}:${query.value}`) ? [] : null;
    case 'field':
      return find(query.clause, article, [query.field]);
    case 'not':
      return find(query.clause, article, fields) ? null : [];
    case 'and':
      return findAll(query.clauses, article, fields);
    case 'or':
      return findAny(query.clauses, article, fields);
  }
}

function findAll(
  clauses: readonly Query[],
  article: ArticleText,
  fields: readonly TextField[],
): Span[] | null {
  const found: Span[][] = [];
  for (const clause of clauses) {
    const spans = find(clause, article, fields);
    if (!spans) return null;
    found.push(spans);
  }
  return found.flat();
}

function findAny(
  clauses: readonly Query[],
  article: ArticleText,
  fields: readonly TextField[],
): Span[] | null {
  const found = clauses.map((clause) => find(clause, article, fields)).filter((spans) => spans !== null);
  return found.length > 0 ? found.flat() : null;
}

type FieldText = ArticleText['fields'][number];

function someSpans(
  article: ArticleText,
  fields: readonly TextField[],
  places: (text: FieldText) => Place[],
): Span[] | null {
  const spans = article.fields
    .filter(({ field }) => fields.includes(field))
    .flatMap((text) => places(text).map(({ from, to }) => toSpan(text, from, to)));
  return spans.length > 0 ? spans : null;
}

function toSpan({ field, tokens }: FieldText, from: number, to: number): Span {
  return { field, start: tokens[from]!.start, end: tokens[to - 1]!.end };
}

/** The words themselves, not what lies between them: a NEAR inside is highlighted word by word. */
function highlightNear(query: NearQuery, text: FieldText): Place[] {
  const { parts } = pairs(query, text);
  const inner = [query.left, query.right].filter((side) => side.type === 'near');
  if (parts.length === 0 || inner.length === 0) return parts;
  const spread = new Set(inner.flatMap((side) => findPlaces(side, text).map(keyOf)));
  const words = parts.filter((place) => !spread.has(keyOf(place)));
  return [...words, ...inner.flatMap((side) => highlightNear(side, text))];
}

const keyOf = ({ from, to }: Place) => `${from} ${to}`;

const fieldOrder: readonly TextField[] = ['title', 'summary', 'body', 'author'];

function inOrder(spans: Span[]): Span[] {
  const sorted = spans.sort(
    (a, b) => fieldOrder.indexOf(a.field) - fieldOrder.indexOf(b.field) || a.start - b.start || a.end - b.end,
  );
  return sorted.filter((span, i) => {
    const before = sorted[i - 1];
    return before?.field !== span.field || before.start !== span.start || before.end !== span.end;
  });
}

interface ScopedClause {
  readonly clause: Query;
  readonly fields: readonly TextField[];
}

function clausesOf(query: Query, fields: readonly TextField[]): ScopedClause[] {
  if (query.type !== 'and' && query.type !== 'or') return [{ clause: query, fields }];
  return query.clauses.map((clause) => ({ clause, fields }));
}

function explainClause({ clause, fields }: ScopedClause, article: ArticleText): ExplainedClause {
  const found = find(clause, article, fields);
  const excluded = clause.type === 'not' ? find(clause.clause, article, fields) : found;
  const { start, end } = clause;
  return { text: printTree(clause), start, end, matched: found !== null, spans: inOrder(excluded ?? []) };
}
