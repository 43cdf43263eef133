/**
 * One conditional GET for a feed, and what its answer means. Validators go back exactly as they came
 * (RFC 9110, section 13.1), both of them.
 */
import type { Feed } from '../../core/feed/feed.ts';
import { parseFeed } from '../../core/feed-parser.ts';
import type { Loopback } from '../../core/public-url.ts';
import { freshSeconds, retryAfterSeconds } from '../../core/source/freshness.ts';
import { FetchError } from './fetch-error.ts';
import { type Fetched, fetchUrl } from './fetcher.ts';

export interface FeedRequest {
  readonly url: string;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

export interface FeedRequestSettings {
  readonly userAgent: string;
  readonly loopback: Loopback;
}

export type FeedAnswer = FeedRead | NotModified | NoFeed;

interface Fresh {
  readonly freshSeconds: number;
  /** Where permanent redirects led. */
  readonly movedTo: string | undefined;
}

export interface FeedRead extends Fresh {
  readonly kind: 'feed';
  readonly feed: Feed;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

interface NotModified extends Fresh {
  readonly kind: 'not-modified';
}

interface NoFeed {
  readonly kind: 'rate-limited' | 'gone' | 'failed';
  readonly error: string;
  readonly retryAfterSeconds?: number | undefined;
  /** Refused, or sent to a challenge page. */
  readonly blocked?: boolean;
}

const accept = [
  'application/rss+xml, application/atom+xml, application/feed+json',
  'application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1',
].join(', ');

/** A longer validator is not kept. */
const longestValidator = 1_000;

/** @returns what cannot be fetched or read as `failed`: expected of publishers, and no fault of ours */
export async function requestFeed(
  request: FeedRequest,
  { userAgent, loopback }: FeedRequestSettings,
  now: Date,
): Promise<FeedAnswer> {
  try {
    const headers = { accept, ...validators(request) };
    return toAnswer(await fetchUrl(request.url, { headers, userAgent, loopback }), now);
  } catch (error) {
    if (error instanceof FetchError) return { kind: 'failed', error: `${error.reason}: ${error.message}` };
    throw error;
  }
}

function validators({ etag, lastModified }: FeedRequest): Record<string, string> {
  return {
    ...(etag !== undefined && { 'if-none-match': etag }),
    ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
  };
}

function toAnswer(fetched: Fetched, now: Date): FeedAnswer {
  const { status, headers } = fetched;
  const error = `HTTP ${status}`;
  const wait = retryAfterSeconds(headers, now);
  if (status === 304) return { kind: 'not-modified', ...fresh(fetched, now) };
  if (status === 410) return { kind: 'gone', error: 'HTTP 410: the publisher removed this feed for good' };
  if (status === 429 || (status === 503 && wait !== undefined)) {
    return { kind: 'rate-limited', error, retryAfterSeconds: wait };
  }
  if (status < 200 || status > 299) return { kind: 'failed', error, blocked: isBlocked(fetched) };
  return read(fetched, now);
}

function fresh({ headers, redirects, url }: Fetched, now: Date): Fresh {
  const permanent = redirects.length > 0 && redirects.every(({ status }) => status === 301 || status === 308);
  return { freshSeconds: freshSeconds(headers, now), movedTo: permanent ? url : undefined };
}

/** Whatever a document does to the parser would happen at every try: it is the document's failure. */
function read(fetched: Fetched, now: Date): FeedAnswer {
  const { body, url, headers } = fetched;
  const contentType = headers['content-type'];
  try {
    return {
      kind: 'feed',
      feed: parseFeed(body, contentType === undefined ? { url } : { url, contentType }),
      etag: validator(headers.etag),
      lastModified: validator(headers['last-modified']),
      ...fresh(fetched, now),
    };
  } catch (error) {
    const { name, code, message } = error as { name: string; code?: string; message: string };
    return { kind: 'failed', error: `${code ?? name}: ${message}`, blocked: isBlocked(fetched) };
  }
}

const refusals = new Set([401, 403, 406, 451]);

/** What the pages say that stand between robots and a publisher: words for readers, and names of the products. */
const challenge = new RegExp(
  [
    'just a moment|attention required|captcha|enable javascript and cookies|access denied|unusual traffic',
    'checking your browser|security check|(?:are you|verify (?:that )?you are|not) (?:a )?(?:human|robot)',
    'cf-chl|challenge-platform|_incapsula_|px-captcha|perimeterx|datadome|ddos-guard|sucuri|aws-waf-token',
  ].join('|'),
  'i',
);

/** Of Cloudflare and AWS WAF. */
const challengeHeaders = ['cf-mitigated', 'x-amzn-waf-action'];

function isBlocked({ status, headers, body }: Fetched): boolean {
  if (refusals.has(status) || challengeHeaders.some((name) => name in headers)) return true;
  return challenge.test(new TextDecoder('latin1').decode(body.subarray(0, 20_000)));
}

function validator(header: string | undefined): string | undefined {
  return header === undefined || header.length > longestValidator ? undefined : header;
}
