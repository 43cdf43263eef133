/** How many cases of the corpus on feeds and dates are wholly right. */

import { parseFeedDate } from '../../core/feed/date.ts';
import type { Feed } from '../../core/feed/feed.ts';
import { parseFeed } from '../../core/feed-parser.ts';
import { readJsonl } from '../../test/corpus.ts';
import { type Assertion, holds } from './feed-assertions.ts';

export interface FeedCase {
  readonly id: string;
  readonly tier: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly bodyBase64?: string;
  readonly strict?: boolean;
  readonly expect: readonly Assertion[];
}

export interface Score {
  readonly right: number;
  readonly of: number;
  /** The ids of the cases that are not right. */
  readonly wrong: readonly string[];
}

export function scoreFeeds(tier: string): Score {
  const cases = readJsonl<FeedCase>('feeds/cases.jsonl').filter((each) => each.tier === tier);
  return score(cases, (each) => failures(each).length === 0);
}

export function failures({ url, headers, strict = false, expect, ...body }: FeedCase): Assertion[] {
  const feed = parseOrRefuse(bytesOf(body), url, headers['content-type']);
  return expect.filter((assertion) => !holds(feed, assertion, strict));
}

export function bytesOf({ body, bodyBase64 }: { body?: string; bodyBase64?: string }): Uint8Array {
  return bodyBase64 === undefined ? new TextEncoder().encode(body) : Buffer.from(bodyBase64, 'base64');
}

function parseOrRefuse(bytes: Uint8Array, url: string, contentType: string | undefined): Feed | undefined {
  try {
    return parseFeed(bytes, contentType === undefined ? { url } : { url, contentType });
  } catch (error) {
    if ((error as Error).name === 'FeedError') return undefined;
    throw error;
  }
}

interface DateCase {
  readonly id: string;
  readonly tier: string;
  readonly input: string;
  /** `parses`: any time will do; null: there is none. */
  readonly expect: string | null;
}

export function scoreDates(tier: string): Score {
  const cases = readJsonl<DateCase>('feeds/dates.jsonl').filter((each) => each.tier === tier);
  return score(cases, ({ input, expect }) => {
    const time = parseFeedDate(input);
    if (expect === null || time === undefined) return expect === null && time === undefined;
    return expect === 'parses' || Math.abs(Date.parse(time) - Date.parse(expect)) < 1000;
  });
}

function score<T extends { readonly id: string }>(cases: readonly T[], isRight: (each: T) => boolean): Score {
  const wrong = cases.filter((each) => !isRight(each)).map(({ id }) => id);
  return { right: cases.length - wrong.length, of: cases.length, wrong };
}
