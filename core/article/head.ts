/** What a page says of its article: in JSON-LD (schema.org), in meta elements, in its markup. */

import { parseFeedDate } from '../feed/date.ts';
import { plainLine } from '../text/plain-text.ts';
import type { PageHead } from './page.ts';

/** A schema.org Article, as far as Tocsin reads it; nothing in it can be relied on. */
interface ArticleData {
  readonly headline?: unknown;
  readonly articleBody?: unknown;
  readonly datePublished?: unknown;
  readonly author?: unknown;
}

const publishedNames = [
  'article:published_time',
  'og:published_time',
  'datepublished',
  'parsely-pub-date',
  'sailthru.date',
  'pubdate',
  'publishdate',
  'dc.date.issued',
  'dcterms.created',
  'dc.date',
  'date',
];

/** @returns undefined when no JSON-LD of the page describes an article */
export function articleData({ data }: PageHead): ArticleData | undefined {
  return data.flatMap((json) => objectsIn(parsed(json))).find(isArticle);
}

/** A headline without the name of its paper: `Storm hits coast - BBC News`. */
export function titleOf(given: string, { meta }: PageHead, url: string): string {
  const title = given.slice(0, longestTitle);
  const [, headline, paper] = /^(.+?)\s+[-–—|·»:]\s+([^-–—|·»:]+)$/.exec(title) ?? [];
  if (headline === undefined || paper === undefined) return title;
  const name = lettersOf(paper);
  const host = lettersOf(URL.parse(url)?.hostname ?? '');
  return lettersOf(meta.get('og:site_name') ?? '') === name || host.includes(name) ? headline : title;
}

/** Cut before it is matched against patterns. */
const longestTitle = 1_000;

const lettersOf = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** More are no byline. */
const mostAuthors = 20;

export function authorOf(
  data: ArticleData | undefined,
  byline: string | null | undefined,
): string | undefined {
  const names = objectsIn(data?.author).map(({ name }) => name);
  const known = names
    .filter((name): name is string => typeof name === 'string' && name !== '')
    .slice(0, mostAuthors);
  if (known.length > 0) return plainLine(known.join(', '));
  return byline ? plainLine(byline).replace(/^by\s+/i, '') : undefined;
}

export function publishedAtOf(data: ArticleData | undefined, { meta, time }: PageHead): string | undefined {
  const candidates = [data?.datePublished, ...publishedNames.map((name) => meta.get(name)), time];
  for (const candidate of candidates) {
    const published = typeof candidate === 'string' ? parseFeedDate(candidate) : undefined;
    if (published !== undefined) return published;
  }
  return undefined;
}

export function languageOf({ language, meta }: PageHead): string | undefined {
  const tag = language ?? meta.get('og:locale') ?? meta.get('content-language') ?? meta.get('inlanguage');
  try {
    return tag && Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Lists in graphs in lists: deeper ones are not meant to be read. */
const deepest = 8;

/** The objects of a value that may be one, a list of them, a name, or a graph. */
function objectsIn(value: unknown, depth = 0): Record<string, unknown>[] {
  if (typeof value === 'string') return [{ name: value }];
  if (typeof value !== 'object' || value === null || depth > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((each) => objectsIn(each, depth + 1));
  const object = value as Record<string, unknown>;
  return '@graph' in object && !('name' in object) ? objectsIn(object['@graph'], depth + 1) : [object];
}

function isArticle(object: Record<string, unknown>): boolean {
  return [object['@type']].flat().some((type) => /(Article|Posting|Report)$/.test(String(type)));
}
