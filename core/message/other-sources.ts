/** Who else tells a story: each publisher once, with the first of its articles. */
import type { Alert, StoryCopy } from '../model.ts';
import { oneLine } from './message-limits.ts';

const MOST_SOURCES = 5;
const LONGEST_NAME = 80;

export interface OtherSource {
  readonly name: string;
  readonly url: string;
}

/** @returns the first five, and how many more there are */
export function otherSources({ article, copies = [] }: Alert): { listed: OtherSource[]; more: number } {
  const bySource = new Map<string, StoryCopy>();
  for (const copy of copies) {
    if (copy.sourceId !== article.sourceId && !bySource.has(copy.sourceId)) bySource.set(copy.sourceId, copy);
  }
  const all = [...bySource.values()].map(({ sourceName = '', url }) => ({
    name: oneLine(sourceName, LONGEST_NAME) || new URL(url).hostname,
    url,
  }));
  return { listed: all.slice(0, MOST_SOURCES), more: Math.max(0, all.length - MOST_SOURCES) };
}

/** One line for each, with its link; nothing when there is none. */
export function alsoInLines(alert: Alert): string[] {
  const { listed, more } = otherSources(alert);
  if (listed.length === 0) return [];
  const lines = listed.map(({ name, url }) => `  ${name}: ${url}`);
  return ['', 'Also in', ...lines, ...(more > 0 ? [`  and ${more} more`] : [])];
}

/** One line for all, in digests; nothing when there is none. */
export function alsoInNames(alert: Alert): string[] {
  const { listed, more } = otherSources(alert);
  if (listed.length === 0) return [];
  const names = listed.map(({ name }) => name).join(', ');
  return [`  also in ${names}${more > 0 ? ` and ${more} more` : ''}`];
}
