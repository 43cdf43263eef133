/**
 * Reads a feed of any kind: RSS 0.9x to 2.0, RSS 1.0, Atom 0.3 and 1.0, JSON Feed, news sitemaps.
 *
 *     parseFeed(bytes, { url: 'https://example.org/feed', contentType: 'text/xml' }).entries[0]?.title
 */
import { ParseError, parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { type AtomDocument, fromAtom } from './feed/atom.ts';
import { bounds } from './feed/bounds.ts';
import { decodeText } from './feed/charset.ts';
import { FeedError } from './feed/error.ts';
import type { Feed } from './feed/feed.ts';
import { fromJsonFeed, type JsonDocument } from './feed/json.ts';
import { repairFeed } from './feed/repair.ts';
import { fromRss, type RssDocument } from './feed/rss.ts';

export interface FeedOrigin {
  /** Where the document was fetched from; relative links are resolved against it. */
  readonly url: string;
  /** The HTTP header. */
  readonly contentType?: string;
}

const jsonFeedVersion = 'https://jsonfeed.org/version/1.1';

/** @throws FeedError, and nothing else */
export function parseFeed(bytes: Uint8Array, { url, contentType }: FeedOrigin): Feed {
  if (bytes.length > bounds.bytes)
    throw new FeedError('too-large', `A feed of ${bytes.length} bytes is too large`);
  const document = decodeText(bytes, contentType);
  return /^[\s\ufeff]*[[{]/.test(document) ? parseJson(document, url) : parseXml(document, url);
}

function parseXml(document: string, url: string): Feed {
  const { format, xml } = repairFeed(document, url);
  if (format === 'atom') return fromAtom(known(() => parseAtomFeed(xml) as AtomDocument) ?? {}, url);
  return fromRss(known(() => parseRssFeed(xml) as RssDocument) ?? {}, url);
}

function parseJson(document: string, url: string): Feed {
  const json = reading(() => JSON.parse(document.replace('\ufeff', '')));
  if (!Array.isArray(json?.items)) throw new FeedError('not-a-feed', 'The JSON has no list of items');
  const feed = { ...json, version: jsonFeedVersion, items: json.items.slice(0, bounds.entries) };
  return fromJsonFeed(known(() => parseJsonFeed(feed) as JsonDocument) ?? {}, url);
}

/** @returns undefined for a feed that says nothing feedsmith knows: it is empty, not broken */
function known<T>(read: () => T): T | undefined {
  return reading(() => {
    try {
      return read();
    } catch (error) {
      if (error instanceof ParseError) return undefined;
      throw error;
    }
  });
}

function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new FeedError('malformed', 'The document cannot be read as a feed', { cause });
  }
}
