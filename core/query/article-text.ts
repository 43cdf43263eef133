/** An article as queries see it: the tokens of its fields, and what it answers to as a whole. */
import type { Article } from '../model.ts';
import { cut } from '../text/cut.ts';
import { type Token, tokenise } from '../text.ts';
import { attributesOf } from './attribute.ts';
import type { TextField } from './tree.ts';

export interface FieldText {
  readonly field: TextField;
  readonly text: string;
  readonly tokens: readonly Token[];
}

export interface ArticleText {
  readonly fields: readonly FieldText[];
  /** `attribute:value` */
  readonly attributes: ReadonlySet<string>;
}

/** In code units. What stands behind it in a field is not looked at; articles are stored with at most 64 KB. */
export const maxFieldLength = 131_072;

export const textFields: readonly TextField[] = ['title', 'summary', 'body', 'author'];

/**
 * The part of a field that is searched. Never ends with half a surrogate pair: of a string that was cut there, V8's
 * `codePointAt` may answer with the half that was cut off (13.6, once it is compiled).
 */
export function searchedText(article: Article, field: TextField): string {
  return cut(article[field] ?? '', maxFieldLength);
}

/** Done once for an article, however many queries look at it. */
export function readArticle(article: Article): ArticleText {
  const fields: FieldText[] = [];
  for (const field of textFields) {
    const text = searchedText(article, field);
    if (text) fields.push({ field, text, tokens: tokenise(text) });
  }
  return { fields, attributes: attributesOf(article) };
}
