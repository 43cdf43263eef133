/** What the adapters of the formats have in common: they name candidates in order, the first that says anything wins. */
import type { Enclosure, Entry, Feed } from './feed.ts';
import { parseFeedDate } from './feed-date.ts';
import { hashText } from './hash-text.ts';
import { plainLine, plainText } from './plain-text.ts';

export type Candidates<T = string> = readonly (T | undefined)[];

/** An entry as its format has it. Titles and texts are HTML. */
export interface RawEntry {
  readonly ids: Candidates;
  readonly links: Candidates;
  readonly titles: Candidates;
  readonly summaries: Candidates;
  readonly contents: Candidates;
  readonly authors: Candidates;
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

export function toFeed(raw: RawFeed, base: string): Feed {
  return defined({
    title: first(raw.titles, plainLine),
    description: first(raw.descriptions, plainText),
    url: first(raw.links, (link) => absoluteUrl(link, base)),
    language: first(raw.languages, languageTag),
    updatedAt: first(raw.updated, parseFeedDate),
    hubUrl: first(raw.hubs, (link) => absoluteUrl(link, base)),
    selfUrl: first(raw.selves, (link) => absoluteUrl(link, base)),
    ttlMinutes: raw.ttlMinutes !== undefined && raw.ttlMinutes > 0 ? raw.ttlMinutes : undefined,
    skipHours: raw.skipHours?.length ? raw.skipHours.map((hour) => hour % 24) : undefined,
    entries: raw.entries.map((entry) => toEntry(entry, base)),
  });
}

function toEntry(raw: RawEntry, base: string): Entry {
  const enclosures = raw.enclosures.flatMap((enclosure) => absoluteEnclosure(enclosure, base));
  const url = first(raw.links, (link) => absoluteUrl(link, base)) ?? '';
  const summary = first(raw.summaries, plainText);
  const content = first(raw.contents, plainText);
  const title = first(raw.titles, plainLine) ?? excerpt(summary ?? content ?? '');
  return defined({
    id: first(raw.ids, (id) => id.trim()) ?? (url || hashText(`${title}\n${summary}\n${content}`)),
    url: url || (enclosures[0]?.url ?? ''),
    title,
    summary,
    content,
    author: first(raw.authors, plainLine),
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

function unique(categories: Candidates): string[] | undefined {
  const names = new Set(categories.flatMap((name) => plainLine(name ?? '') || []));
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
