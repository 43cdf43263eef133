/** The feeds of a site: asks for its page, then for the feeds it names, one after another. */
import { decodeText } from '../../core/feed/charset.ts';
import { beginsAsFeed, commonFeedUrls, type FeedLink, feedLinks } from '../../core/feed/links.ts';
import type { Loopback } from '../../core/public-url.ts';
import { FetchError } from './fetch-error.ts';
import { type Fetched, fetchUrl } from './fetcher.ts';

export interface DiscoverySettings {
  readonly userAgent: string;
  readonly loopback: Loopback;
}

/** Milliseconds and bytes of one request, milliseconds of all: a person waits. */
const limits = { totalMs: 4_000, bytes: 2 * 1024 * 1024, allMs: 10_000 };

const accept =
  'text/html, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1';

/**
 * The URL itself, when it is a feed; else those that the page names and that are there; else the first found where
 * feeds commonly are.
 *
 * @returns none when there is no feed
 * @throws FetchError when the page itself cannot be fetched
 */
export async function discoverFeeds(
  url: string,
  settings: DiscoverySettings,
  now: () => number = Date.now,
): Promise<FeedLink[]> {
  const end = now() + limits.allMs;
  const page = await request(url, settings);
  const text = textOf(page);
  if (beginsAsFeed(text)) return [{ url: page.url }];
  const named = feedLinks(text, page.url);
  const candidates = named.length > 0 ? named : commonFeedUrls(page.url).map((each) => ({ url: each }));
  const found: FeedLink[] = [];
  for (const candidate of candidates) {
    if (now() > end || (named.length === 0 && found.length > 0)) break;
    if (await isFeed(candidate.url, settings)) found.push(candidate);
  }
  return found;
}

async function isFeed(url: string, settings: DiscoverySettings): Promise<boolean> {
  try {
    const answer = await request(url, settings);
    return answer.status === 200 && beginsAsFeed(textOf(answer));
  } catch (error) {
    if (error instanceof FetchError) return false;
    throw error;
  }
}

function request(url: string, { userAgent, loopback }: DiscoverySettings): Promise<Fetched> {
  return fetchUrl(url, { headers: { accept }, userAgent, loopback, limits });
}

function textOf({ body, headers }: Fetched): string {
  return decodeText(body, headers['content-type']);
}
