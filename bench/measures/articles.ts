/**
 * How much of an article page's text is found, and how much else: shingles of four words against what people marked,
 * as in scrapinghub/article-extraction-benchmark. Precision and recall are averaged over the pages.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extractArticle } from '../../core/article-extractor.ts';
import { corpus, readJsonl } from '../../test/corpus.ts';

export interface ArticlePage {
  readonly id: string;
  readonly file: string;
  readonly url: string;
  readonly text: string;
  readonly truth: string;
  readonly title?: string;
  readonly byline?: string;
  readonly lang?: string;
  readonly publishedTime?: string;
}

export interface PageScore {
  readonly id: string;
  readonly precision: number;
  readonly recall: number;
}

export interface ArticleScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly pages: readonly PageScore[];
}

export const handMadePages = () =>
  readJsonl<ArticlePage>('articles/truth.jsonl').filter(({ truth }) => truth === 'hand-made');

export const htmlOf = ({ file }: ArticlePage) =>
  gunzipSync(readFileSync(join(corpus ?? '', 'articles', file))).toString('utf8');

export function scoreArticles(
  extract: (html: string, url: string) => string = (html, url) => extractArticle(html, url).text,
): ArticleScore {
  const pages = handMadePages().map((page) => ({
    id: page.id,
    ...compare(extract(htmlOf(page), page.url), page.text),
  }));
  const precision = mean(pages.map((page) => page.precision));
  const recall = mean(pages.map((page) => page.recall));
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall), pages };
}

function compare(found: string, truth: string): { precision: number; recall: number } {
  const [a, b] = [shingles(found), shingles(truth)];
  let shared = 0;
  for (const [shingle, count] of a) shared += Math.min(count, b.get(shingle) ?? 0);
  return { precision: shared / (total(a) || 1), recall: shared / (total(b) || 1) };
}

function shingles(text: string): Map<string, number> {
  const tokens = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const counts = new Map<string, number>();
  for (let i = 0; i + 4 <= Math.max(tokens.length, 4); i++) {
    const shingle = tokens.slice(i, i + 4).join(' ');
    if (shingle) counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

const total = (counts: Map<string, number>) => counts.values().reduce((sum, count) => sum + count, 0);
const mean = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
