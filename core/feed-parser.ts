/**
 * Reads a feed of any kind: RSS 0.9x to 2.0, RSS 1.0, Atom 0.3 and 1.0, JSON Feed.
 *
 *     parseFeed(bytes, { url: 'https://example.org/feed', contentType: 'text/xml' }).entries[0]?.title
 */
import { parseFeed as parseAny } from 'feedsmith';
import { decodeText } from './charset.ts';
import type { Feed } from './feed.ts';
import { type AtomDocument, fromAtom } from './feed-atom.ts';
import { FeedError } from './feed-error.ts';
import { fromJsonFeed, type JsonDocument } from './feed-json.ts';
import { fromRss, type RssDocument } from './feed-rss.ts';

export interface FeedOrigin {
  /** Where the document was fetched from; relative links are resolved against it. */
  readonly url: string;
  /** The HTTP header. */
  readonly contentType?: string;
}

/** @throws FeedError, and nothing else */
export function parseFeed(bytes: Uint8Array, origin: FeedOrigin): Feed {
  const parsed = read(decodeText(bytes, origin.contentType));
  if (parsed.format === 'json') return fromJsonFeed(parsed.feed as JsonDocument, origin.url);
  if (parsed.format === 'atom') return fromAtom(parsed.feed as AtomDocument, origin.url);
  return fromRss(parsed.feed as RssDocument, origin.url);
}

function read(document: string) {
  try {
    return parseAny(document);
  } catch (error) {
    throw new FeedError('not-a-feed', 'This is no feed that Tocsin can read', { cause: error });
  }
}
