/**
 * What the page of an article adds to what its feed said. The feed is believed where both say something, but for the
 * text, of which the longer counts.
 *
 *     withPage(article, extractArticle(html, article.url)).body
 */

import type { ExtractedArticle } from '../article-extractor.ts';
import type { Article } from '../model.ts';
import { cut } from '../text/cut.ts';
import { articleLimits, cutText } from './article.ts';

/** @returns the parts that change */
export function withPage(
  { title, summary = '', body = '', author, language }: Article,
  page: ExtractedArticle,
): Partial<Article> {
  const room = articleLimits.text - bytes(title) - bytes(summary);
  const added = {
    body: page.text.length > body.length && cutText(page.text, room),
    author: !author && page.author && cut(page.author, articleLimits.author),
    language: !language && page.language,
  };
  return Object.fromEntries(Object.entries(added).filter(([, value]) => value));
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
