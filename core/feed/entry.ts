/** What the adapters of the formats have in common: they name candidates in order, the first that says anything wins. */

import { hashText } from '../text/hash-text.ts';
import { plainLine, plainText } from '../text/plain-text.ts';
import { parseFeedDate } from './date.ts';
import type { Enclosure, Entry, Feed } from './feed.ts';

export type Candidates<T = string> = readonly (T | undefined)[];

/** An entry as its format has it. Titles and texts are HTML. */
export interface RawEntry {
  readonly ids: Candidates;
  readonly links: Candidates;
  readonly titles: Candidates;
  readonly summaries: Candidates;
  readonly contents: Candidates;
  /** Groups, the most specific first: all names of the first group that has any. */
  readonly authors: readonly Candidates[];
  readonly published: Candidates;
  readonly updated: Candidates;
  readonly languages: Candidates;
  readonly categories: Candidates;
  readonly enclosures: Candidates<Partial<Enclosure>>;
}

export interface RawFeed {
  readonly titles: Candidates;
  readonly descriptions: Candidates;
  readonly links: Candidates;
  readonly languages: Candidates;
  readonly updated: Candidates;
  readonly hubs: Candidates;
  readonly selves: Candidates;
  readonly ttlMinutes?: number | undefined;
  readonly skipHours?: readonly number[] | undefined;
  readonly entries: readonly RawEntry[];
}

const titleLength = 120;
/** Of categories, enclosures and authors. */
const mostInList = 50;

/** @param origin where the document was fetched from */
export function toFeed(raw: RawFeed, origin: string): Feed {
  const url = first(raw.links, (link) => absoluteUrl(link, origin)) ?? origin;
  return defined({
    title: first(raw.titles, plainLine) ?? url,
    description: first(raw.descriptions, plainText),
    url,
    language: first(raw.languages, languageTag),
    updatedAt: first(raw.updated, parseFeedDate),
    hubUrl: first(raw.hubs, (link) => absoluteUrl(link, url)),
    selfUrl: first(raw.selves, (link) => absoluteUrl(link, url)),
    ttlMinutes: raw.ttlMinutes !== undefined && raw.ttlMinutes > 0 ? raw.ttlMinutes : undefined,
    skipHours: raw.skipHours?.length ? raw.skipHours.map((hour) => hour % 24) : undefined,
    entries: raw.entries.map((entry) => toEntry(entry, url)),
  });
}

/** @param page where the feed belongs: relative links are resolved against it, and entries without a link lead there */
function toEntry(raw: RawEntry, page: string): Entry {
  const enclosures = raw.enclosures
    .slice(0, mostInList)
    .flatMap((enclosure) => absoluteEnclosure(enclosure, page));
  const link = first(raw.links, (each) => absoluteUrl(each, page)) ?? enclosures[0]?.url;
  const summary = first(raw.summaries, plainText);
  const content = first(raw.contents, plainText);
  const text = excerpt(summary ?? content ?? '');
  const title = first(raw.titles, plainLine) ?? (text || (link ?? ''));
  return defined({
    id: first(raw.ids, (id) => id.trim()) ?? link ?? hashText(`${title}\n${summary}\n${content}`),
    url: link ?? page,
    title,
    summary,
    content,
    author: firstGroup(raw.authors),
    publishedAt: first(raw.published, parseFeedDate),
    updatedAt: first(raw.updated, parseFeedDate),
    language: first(raw.languages, languageTag),
    categories: unique(raw.categories),
    enclosures: enclosures.length > 0 ? enclosures : undefined,
  });
}

function first(candidates: Candidates, read: (text: string) => string | undefined): string | undefined {
  for (const candidate of candidates) {
    const value = candidate === undefined ? undefined : read(candidate);
    if (value) return value;
  }
  return undefined;
}

function firstGroup(groups: readonly Candidates[]): string | undefined {
  const names = groups.map(unique).find((group) => group !== undefined);
  return names?.join(', ');
}

/** @returns undefined for what is no web address */
function absoluteUrl(link: string, base: string): string | undefined {
  const url = URL.parse(link.trim(), base);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.href : undefined;
}

function absoluteEnclosure(enclosure: Partial<Enclosure> | undefined, base: string): Enclosure[] {
  const url = enclosure?.url && absoluteUrl(enclosure.url, base);
  return url ? [defined({ url, type: enclosure.type, length: enclosure.length })] : [];
}

function languageTag(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

function unique(texts: Candidates): string[] | undefined {
  const names = new Set(texts.slice(0, mostInList).flatMap((name) => plainLine(name ?? '') || []));
  return names.size > 0 ? [...names] : undefined;
}

/** A title for what was published without one. */
function excerpt(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  if (line.length <= titleLength) return line;
  return `${line.slice(0, titleLength).replace(/\s+\S*$/, '')}…`;
}

/** Without the properties that are undefined. */
function defined<T extends object>(object: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
