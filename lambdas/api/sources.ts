/** The places polled for news. Operators keep them; `dispatch` picks up what is due. */
import * as z from 'zod/mini';
import type { Source } from '../../core/model.ts';
import { PrivateUrlError, refusePrivateUrl } from '../../core/public-url.ts';
import { inWeek } from '../../core/source/weekly-count.ts';
import { newId } from '../new-id.ts';
import { type PolledSource, readSource } from '../source/source-store.ts';
import { endpoint } from './endpoint.ts';
import { changeAtVersion, toEtag } from './etag.ts';
import { changeOf, id, name, pageOf, pageQuery, readText, time, toCursor } from './fields.ts';
import { ApiProblem, foundOr404 } from './problems.ts';
import { settings } from './settings.ts';
import { listSources, putSource, removeSource, type SourceChange, updateSource } from './source-store.ts';
import { versionOf } from './versioned-update.ts';

const DAY_SECONDS = 86_400;
const USUAL_INTERVAL_SECONDS = Math.max(300, settings.shortestPollSeconds);

const intervalSeconds = z.number().check(z.int(), z.gte(settings.shortestPollSeconds), z.lte(DAY_SECONDS));

/** A URL that may be fetched as far as its text tells; the fetcher checks where its name leads. */
export const sourceUrl = readText<string>(2048, (text) => {
  try {
    refusePrivateUrl(text, settings);
  } catch (error) {
    if (!(error instanceof PrivateUrlError)) throw error;
    return { refused: error.message };
  }
  const parsed = new URL(text);
  parsed.hash = '';
  return { value: parsed.href };
});

const newSource = z.strictObject({
  url: sourceUrl,
  name: z.optional(name),
  intervalSeconds: z._default(intervalSeconds, USUAL_INTERVAL_SECONDS),
  /** Poll as often as the source publishes: from `intervalSeconds` to an hour. */
  adaptive: z._default(z.boolean(), false),
  /** Match articles with the text of their page. */
  fullText: z._default(z.boolean(), false),
  paused: z._default(z.boolean(), false),
});

const sourceChange = changeOf({
  name,
  intervalSeconds,
  adaptive: z.boolean(),
  fullText: z.boolean(),
  paused: z.boolean(),
});

/** What the codes mean stands in `docs/ingest.md`. */
export const finding = z.object({
  code: z.enum(['dead', 'blocked', 'stale', 'shrunken', 'gap', 'republish']),
  since: time,
  detail: z.string(),
});

const source = z.object({
  id,
  url: z.string(),
  name: z.string(),
  intervalSeconds: z.number(),
  adaptive: z.optional(z.boolean()),
  fullText: z.optional(z.boolean()),
  paused: z.boolean(),
  createdAt: time,
  /** Absent while the source is paused, or when it was stopped because its publisher says it is gone. */
  nextPollAt: z.optional(time),
  lastPolledAt: z.optional(time),
  lastSuccessAt: z.optional(time),
  lastError: z.optional(z.string()),
  /** Polls that failed since the last that succeeded. */
  failures: z.number(),
  /** Articles it brought as news in the last seven days. */
  articlesPerWeek: z.number(),
  findings: z.array(finding),
});

const show = ({ nextPollAt, articlesByDay = {}, findings = [], ...polled }: PolledSource, now: string) => ({
  ...polled,
  nextPollAt: polled.dueKey === undefined ? undefined : nextPollAt,
  articlesPerWeek: inWeek(articlesByDay, new Date(now)),
  findings: [...findings],
});

const answerSource = (polled: PolledSource, now: string) => ({
  headers: { etag: toEtag(versionOf(polled)) },
  body: show(polled, now),
});

/**
 * When a changed source is polled next: as soon as its new interval allows, counted from the last poll. Saying
 * `paused: false` also starts one again that was stopped.
 *
 * @returns nothing when the change does not move it
 */
export function nextPollAfter(before: PolledSource, change: SourceChange, now: string): string | undefined {
  const { paused, intervalSeconds } = { ...before, ...change };
  if (paused) return undefined;
  const { lastPolledAt } = before;
  const soonest = lastPolledAt
    ? new Date(Date.parse(lastPolledAt) + intervalSeconds * 1000).toISOString()
    : now;
  const starts = change.paused === false && before.dueKey === undefined;
  if (starts) return soonest > now ? soonest : now;
  if (before.dueKey === undefined) return undefined;
  return intervalSeconds < before.intervalSeconds && soonest < before.nextPollAt ? soonest : undefined;
}

/** @returns nothing when there is one with this URL */
export function addSource(
  wanted: Pick<Source, 'url'> & Partial<Pick<Source, 'name'> & z.output<typeof newSource>>,
  now: string,
): Promise<PolledSource | undefined> {
  return putSource({
    intervalSeconds: USUAL_INTERVAL_SECONDS,
    paused: false,
    ...wanted,
    ...(wanted.name === undefined
      ? { name: new URL(wanted.url).hostname, unnamed: true }
      : { name: wanted.name }),
    id: newId(),
    createdAt: now,
    nextPollAt: now,
    failures: 0,
    seen: [],
  });
}

export const sourceEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/sources',
    idempotent: true,
    role: 'operator',
    summary: 'Add a source; its first poll alerts nobody',
    success: [201],
    body: newSource,
    answer: source,
    problems: ['source-exists'],
    work: async ({ body, now }) => {
      const created = await addSource(body, now);
      if (!created) {
        throw new ApiProblem('source-exists', {
          errors: [{ pointer: '/url', detail: 'It is polled already' }],
        });
      }
      return { headers: { location: `/v1/sources/${created.id}` }, body: show(created, now) };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/sources',
    role: 'operator',
    summary: 'All sources, oldest first',
    success: [200],
    query: pageQuery,
    answer: pageOf(source),
    problems: [],
    work: async ({ query, now }) => {
      const { items, next } = await listSources(query);
      return { body: { items: items.map((each) => show(each, now)), next: toCursor(next) } };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/sources/{sourceId}',
    role: 'operator',
    summary: 'One source and how its polls went',
    success: [200],
    answer: source,
    problems: ['not-found'],
    work: async ({ params, now }) => answerSource(foundOr404(await readSource(params.sourceId)), now),
  }),
  endpoint({
    method: 'PATCH',
    path: '/v1/sources/{sourceId}',
    role: 'operator',
    summary: 'Rename, pause or go on with a source, or poll it more or less often',
    success: [200],
    body: sourceChange,
    answer: source,
    problems: ['not-found', 'version-mismatch', 'conflict'],
    work: async ({ params: { sourceId }, body, headers, now }) => {
      const after = await changeAtVersion(
        headers['if-match'],
        () => readSource(sourceId),
        (before) => updateSource(before, body, nextPollAfter(before, body, now)),
      );
      return answerSource(foundOr404(after), now);
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/sources/{sourceId}',
    role: 'operator',
    summary: 'Stop polling a source and forget it; its articles and alerts stay until they expire',
    success: [204],
    problems: ['not-found', 'version-mismatch', 'conflict'],
    work: async ({ params: { sourceId }, headers }) => {
      foundOr404(await changeAtVersion(headers['if-match'], () => readSource(sourceId), removeSource));
      return {};
    },
  }),
];
