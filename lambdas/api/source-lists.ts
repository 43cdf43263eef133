/** All sources at once: as OPML out and in, and what is to be known of them. */
import * as z from 'zod/mini';
import { type ListedFeed, readOpml, writeOpml } from '../../core/source/opml.ts';
import { inParallel } from '../in-parallel.ts';
import { isAmongChannels, listChannelFindings } from './channel-findings.ts';
import { endpoint } from './endpoint.ts';
import { id, name, type PageQuery, pageOf, pageQuery, time, toCursor } from './fields.ts';
import { ApiProblem } from './problems.ts';
import { allSources, listSources } from './source-store.ts';
import { addSource, finding, sourceUrl } from './sources.ts';

const MOST_OPML = 1_000_000;
const MOST_FEEDS = 1_000;
const AT_ONCE = 10;

const refusedFeed = z.object({ url: z.string(), detail: z.string() });

const imported = z.object({
  /** Ids of the sources that were made. */
  added: z.array(id),
  /** URLs that are polled already. */
  known: z.array(z.string()),
  refused: z.array(refusedFeed),
});

async function importFeeds(feeds: readonly ListedFeed[], now: string): Promise<z.infer<typeof imported>> {
  const results = await inParallel(feeds, AT_ONCE, (feed) => importFeed(feed, now));
  return {
    added: results.flatMap(({ added = [] }) => added),
    known: results.flatMap(({ known = [] }) => known),
    refused: results.flatMap(({ refused = [] }) => refused),
  };
}

async function importFeed(feed: ListedFeed, now: string): Promise<Partial<z.infer<typeof imported>>> {
  const url = sourceUrl.safeParse(feed.url);
  if (!url.success) {
    return { refused: [{ url: feed.url.slice(0, 200), detail: url.error.issues[0]!.message }] };
  }
  const named = name.safeParse(feed.name);
  const source = await addSource({ url: url.data, name: named.success ? named.data : undefined }, now);
  return source ? { added: [source.id] } : { known: [url.data] };
}

const sourceFinding = z.extend(finding, {
  kind: z.literal('source'),
  sourceId: id,
  sourceName: z.string(),
  url: z.string(),
});

/** A channel is named by its ids alone: its address is its subscriber's. */
const channelFinding = z.object({
  kind: z.literal('channel'),
  code: z.enum(['gone', 'failing']),
  since: time,
  detail: z.string(),
  subscriberId: id,
  channelId: id,
  channelKind: z.enum(['email', 'sms', 'webhook', 'list']),
});

/** Sources first, oldest first; where they end, channels. */
async function listFindings(page: PageQuery) {
  if (page.cursor && isAmongChannels(page.cursor)) return listChannelFindings(page);
  const { items, next } = await listSources(page);
  const ofSources = items.flatMap(({ id, name, url, findings = [] }) =>
    findings.map((each) => ({
      kind: 'source' as const,
      ...each,
      sourceId: id,
      sourceName: name,
      url,
    })),
  );
  if (next) return { findings: ofSources, next };
  const ofChannels = await listChannelFindings({ limit: page.limit });
  return { findings: [...ofSources, ...ofChannels.findings], next: ofChannels.next };
}

export const sourceListEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/sources/opml',
    role: 'operator',
    summary: 'All sources as OPML, for feed readers and other installations',
    success: [200],
    answer: z.string(),
    contentTypes: ['text/x-opml'],
    problems: [],
    work: async () => ({ body: writeOpml('Tocsin sources', await allSources()) }),
  }),
  endpoint({
    method: 'POST',
    path: '/v1/sources/opml',
    role: 'operator',
    summary: 'Add the feeds of an OPML document; may be sent again',
    success: [200],
    body: z.strictObject({ opml: z.string().check(z.minLength(1), z.maxLength(MOST_OPML)) }),
    mostBodyBytes: 2 * MOST_OPML,
    answer: imported,
    problems: [],
    work: async ({ body, now }) => {
      const feeds = readOpml(body.opml);
      if (feeds.length > 0 && feeds.length <= MOST_FEEDS) return { body: await importFeeds(feeds, now) };
      const detail = feeds.length === 0 ? 'It names no feed' : `At most ${MOST_FEEDS} feeds at once`;
      throw new ApiProblem('invalid-body', { errors: [{ pointer: '/opml', detail }] });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/findings',
    role: 'operator',
    summary: 'What is to be known about sources and channels: dead, blocked, stale, shrunken and others',
    success: [200],
    query: pageQuery,
    answer: pageOf(z.discriminatedUnion('kind', [sourceFinding, channelFinding])),
    problems: [],
    work: async ({ query }) => {
      const { findings, next } = await listFindings(query);
      return { body: { items: findings, next: toCursor(next) } };
    },
  }),
];
