/**
 * The sample newsroom's articles: invented stories whose facts change with their number, so that there is always a new
 * one. Everything follows from the number: the same number is the same article on every run.
 */
import { readFileSync } from 'node:fs';

export interface NewsroomFeed {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly format: 'rss' | 'atom' | 'json';
  readonly path: string;
}

export interface NewsroomArticle {
  readonly number: number;
  readonly title: string;
  readonly summary: string;
  readonly categories: readonly string[];
  readonly publishedAt: Date;
}

interface StoryTemplate {
  readonly title: string;
  readonly summary: string;
  readonly categories: readonly string[];
}

interface StoryBook {
  readonly slots: Record<string, Record<string, readonly string[]>>;
  readonly stories: Record<string, readonly StoryTemplate[]>;
}

const read = (file: string) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
const book: StoryBook = read('stories.json');
export const feeds: readonly NewsroomFeed[] = read('feeds.json');

/** How many articles a feed document holds. */
const window = 15;

/** The articles that `feed` shows at `now`, newest first, when the newsroom publishes one every `everyMs`. */
export function articlesAt(feed: NewsroomFeed, now: number, everyMs: number): NewsroomArticle[] {
  const turn = feeds.indexOf(feed);
  const newest = Math.floor(now / everyMs);
  const latest = newest - ((((newest - turn) % feeds.length) + feeds.length) % feeds.length);
  return Array.from({ length: window }, (_, n) => article(feed, latest - n * feeds.length, everyMs));
}

function article(feed: NewsroomFeed, number: number, everyMs: number): NewsroomArticle {
  const templates = book.stories[feed.id]!;
  const template = templates[Math.floor(number / feeds.length) % templates.length]!;
  return {
    number,
    title: fill(template.title, feed, number),
    summary: fill(template.summary, feed, number),
    categories: template.categories,
    publishedAt: new Date(number * everyMs),
  };
}

/** Puts this number's facts into a template: `{town}` is the same town in title and summary. */
function fill(text: string, feed: NewsroomFeed, number: number): string {
  const slots = book.slots[feed.language.slice(0, 2)]!;
  return text.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const choices = slots[slot]!;
    return choices[hash(`${number} ${slot}`) % choices.length]!;
  });
}

/** FNV-1a with a final mix, so that neighbouring numbers choose differently. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) ^ (h >>> 13)) >>> 0;
}
