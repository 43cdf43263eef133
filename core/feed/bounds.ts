/** How much of a document is read: far beyond any feed that is polled for news. What lies behind is left unread. */
export const bounds = {
  bytes: 10 * 1024 * 1024,
  elements: 60_000,
  entries: 3_000,
  /** Of one element. */
  attributes: 1_000,
  /** A document nested deeper is refused. */
  depth: 512,
} as const;

const longestText = 262_144;
const longestName = 4_096;

const texts = new Set(
  (
    'description summary content subtitle content:encoded atom:content atom:summary itunes:summary ' +
    'media:description dc:description'
  ).split(' '),
);

/** Characters read of the element of this name. */
export function longestIn(name: string): number {
  return texts.has(name) ? longestText : longestName;
}
