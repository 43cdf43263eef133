/** What a watch would have found lately, before it is made: decided by the percolator that delivery uses. */
import * as z from 'zod/mini';
import { matches } from '../../core/matches.ts';
import { excerpts } from '../../core/message/excerpts.ts';
import type { StoredArticle } from '../../core/model.ts';
import { Percolator } from '../../core/percolator.ts';
import { parseQuery } from '../../core/query.ts';
import { endpoint } from './endpoint.ts';
import { id, time } from './fields.ts';
import { queryReading, queryText, readQuery } from './query-reading.ts';
import { recentArticles } from './recent-articles.ts';

const MOST_SHOWN = 20;

/** More alerts a day than people read. */
const MANY_A_DAY = 30;

const HOUR_MS = 3_600_000;
/** News of less than this says nothing about a day. */
const SHORTEST_SPAN_MS = 6 * HOUR_MS;

export const span = z.object({
  field: z.enum(['title', 'summary', 'body', 'author']),
  start: z.number(),
  end: z.number(),
});

const previewedArticle = z.object({
  id,
  url: z.string(),
  title: z.string(),
  sourceName: z.optional(z.string()),
  publishedAt: z.optional(time),
  seenAt: time,
  /** Of the title, in UTF-16 code units, half-open. */
  highlights: z.array(span),
  /** Sentences in which the words stand, marked by asterisks. */
  excerpts: z.array(z.string()),
});

const preview = z.object({
  ...queryReading.shape,
  /** How many stored articles were looked at, and back to when. */
  articles: z.number(),
  since: z.optional(time),
  matched: z.number(),
  /** Alerts to expect; absent when too little was looked at to say. */
  perDay: z.optional(z.number()),
  /** The newest that matched. */
  items: z.array(previewedArticle),
});

interface Tally {
  readonly articles: number;
  readonly since?: string;
  /** Newest first. */
  readonly matched: readonly StoredArticle[];
  readonly perDay?: number;
}

async function tallyMatches(query: string, now: string): Promise<Tally> {
  const percolator = Percolator.build([{ id: 'preview', query }]);
  const matched: StoredArticle[] = [];
  let articles = 0;
  let since: string | undefined;
  let newsSince: string | undefined;
  for await (const page of recentArticles(now)) {
    matched.push(...page.filter((article) => percolator.percolate(article).watchIds.length > 0));
    articles += page.length;
    since = page.at(-1)?.seenAt ?? since;
    newsSince = page.findLast(({ silent }) => !silent)?.seenAt ?? newsSince;
  }
  const news = matched.filter(({ silent }) => !silent).length;
  return { articles, since, matched, perDay: rateOf(news, newsSince, now) };
}

/** Silent articles are left out: a source's first poll brings many at once and alerts nobody. */
function rateOf(alerts: number, since: string | undefined, now: string): number | undefined {
  const spanMs = since === undefined ? 0 : Date.parse(now) - Date.parse(since);
  if (spanMs < SHORTEST_SPAN_MS) return undefined;
  return Math.round((alerts * 240 * HOUR_MS) / spanMs) / 10;
}

function show(article: StoredArticle, query: string) {
  const { spans } = matches(parseQuery(query), article) ?? { spans: [] };
  return {
    ...article,
    highlights: spans.filter(({ field }) => field === 'title'),
    excerpts: excerpts(article, spans),
  };
}

function tooMany(query: string, perDay = 0) {
  if (perDay <= MANY_A_DAY) return [];
  const message = `About ${Math.round(perDay)} alerts a day: narrow it down, or have them in a digest`;
  return [{ code: 'many-alerts', message, start: 0, end: query.length }];
}

export const previewEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/watches/preview',
    role: 'known',
    summary: 'How a query is read, and what it would have found in the last days',
    success: [200],
    body: z.strictObject({ query: queryText }),
    answer: preview,
    problems: ['invalid-query'],
    work: async ({ body: { query }, now }) => {
      const { reading, warnings } = readQuery(query);
      const { matched, ...tally } = await tallyMatches(query, now);
      const body = {
        ...tally,
        reading,
        warnings: [...warnings, ...tooMany(query, tally.perDay)],
        matched: matched.length,
        items: matched.slice(0, MOST_SHOWN).map((article) => show(article, query)),
      };
      return { body };
    },
  }),
];
