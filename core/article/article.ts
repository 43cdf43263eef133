/**
 * Makes the article of an entry: what its source adds, texts cut to what is stored, and whether it is news.
 *
 *     const article = toArticle('4oT…', entry, source);
 */

import type { Entry } from '../feed/feed.ts';
import type { Article } from '../model.ts';
import { cut } from '../text/cut.ts';
import { canonicalUrl } from './canonical-url.ts';

/** Characters, but for `text`: bytes of UTF-8 of title, summary and body together. */
export const articleLimits = {
  title: 1_000,
  summary: 10_000,
  author: 500,
  category: 200,
  categories: 50,
  url: 8_000,
  text: 64 * 1024,
};

export interface Origin {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** Of the feed, for entries that name none. */
  readonly language?: string | undefined;
}

/**
 * Longer texts are cut, never refused. An entry without a page of its own, or with an address that nobody could
 * use, leads to its source.
 */
export function toArticle(id: string, entry: Entry, origin: Origin): Article {
  const title = cut(entry.title || entry.url || origin.name, articleLimits.title);
  const summary = entry.summary && cut(entry.summary, articleLimits.summary);
  const room = articleLimits.text - bytes(title) - bytes(summary ?? '');
  const publishedAt = entry.publishedAt ?? entry.updatedAt;
  const language = entry.language ?? origin.language;
  return {
    id,
    url: entry.url !== '' && entry.url.length <= articleLimits.url ? entry.url : origin.url,
    title,
    sourceId: origin.id,
    sourceName: origin.name,
    ...(summary && { summary }),
    ...(entry.content && { body: cutText(entry.content, room) }),
    ...(entry.author && { author: cut(entry.author, articleLimits.author) }),
    ...(publishedAt && { publishedAt }),
    ...(language && { language }),
    ...(entry.categories?.length && { categories: cutCategories(entry.categories) }),
  };
}

/**
 * By what an entry is known as the same article wherever it comes from, as a text to be hashed: its address and
 * title together, since live pages and home pages share an address; without an address, its source and id.
 */
export function identityOf(entry: Entry, sourceId: string): string {
  if (entry.url === '') return ownIdentityOf(entry, sourceId);
  return `${canonicalUrl(entry.url)}\n${entry.title.normalize('NFKC').toLowerCase()}`;
}

/** The identity of an entry that shares address and title with another of its source. */
export function ownIdentityOf(entry: Entry, sourceId: string): string {
  return `${sourceId}\n${entry.id}`;
}

/**
 * Whether an entry with the address and title of a known article is news of its own: published anew days later, as
 * notices are that recur with the same words.
 */
export function isRecurrence(
  known: Pick<Article, 'publishedAt'>,
  again: Pick<Article, 'publishedAt'>,
): boolean {
  if (known.publishedAt === undefined || again.publishedAt === undefined) return false;
  return Date.parse(again.publishedAt) - Date.parse(known.publishedAt) >= recurrenceMs;
}

const recurrenceMs = 72 * 3_600_000;

/**
 * What makes an article another one for its readers, as one text to be hashed. Its address and times are left out:
 * some feeds renew them with every answer.
 */
export function contentOf({ title, summary, body, author, language, categories }: Article): string {
  return JSON.stringify([title, summary ?? '', body ?? '', author ?? '', language ?? '', categories ?? []]);
}

/** Whether it was published longer ago than alerts are kept: such an article is stored and alerts nobody. */
export function isOld({ publishedAt }: Article, now: Date, retentionDays: number): boolean {
  return publishedAt !== undefined && Date.parse(publishedAt) < now.getTime() - retentionDays * 86_400_000;
}

/** The entries of a document by id, the first of each, and of very many the newest. Undated ones count as new. */
export function newestEntries(entries: readonly Entry[], most: number): Entry[] {
  const distinct = [...new Map([...entries].reverse().map((entry) => [entry.id, entry])).values()].reverse();
  if (distinct.length <= most) return distinct;
  const time = ({ publishedAt, updatedAt }: Entry) => publishedAt ?? updatedAt ?? '9999';
  return distinct.sort((a, b) => (time(a) < time(b) ? 1 : time(a) > time(b) ? -1 : 0)).slice(0, most);
}

function cutCategories(categories: readonly string[]): string[] {
  return categories.slice(0, articleLimits.categories).map((name) => cut(name, articleLimits.category));
}

/** @param size bytes of UTF-8 */
export function cutText(text: string, size: number): string {
  if (text.length * 3 <= size) return text;
  const encoded = new TextEncoder().encode(text);
  if (encoded.length <= size) return text;
  return new TextDecoder().decode(encoded.subarray(0, size)).replace(/\uFFFD$/, '');
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
