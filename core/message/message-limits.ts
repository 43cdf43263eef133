/** How much one message says. SNS takes 256 KB; a reader takes less. */

import { cutAtWord } from '../text/typography.ts';

/** Stories that a digest lists; the rest is a number. */
export const MOST_STORIES = 50;
const MOST_BYTES = 200_000;

/** Watches that a message names. */
export const MOST_WATCHES = 20;

/** As many of the first entries as one message holds. */
export function firstEntries(entries: readonly string[], mostBytes = MOST_BYTES): string[] {
  const encoder = new TextEncoder();
  let bytes = 0;
  return entries.filter((entry) => {
    bytes += encoder.encode(entry).length;
    return bytes <= mostBytes;
  });
}

/** A text on one line and not endless: control characters could forge lines of a message. */
export function oneLine(text: string, longest = 500): string {
  const line = text
    .trim()
    .slice(0, longest * 2)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return cutAtWord(line, ({ length }) => length <= longest);
}

/** `1 story`, `7 stories` */
export function countStories(count: number): string {
  return count === 1 ? '1 story' : `${count} stories`;
}
