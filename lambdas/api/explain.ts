/** Why an article did, or did not, come of a watch: no silence without a reason. */
import * as z from 'zod/mini';
import { snoozeEnd } from '../../core/delivery/snooze.ts';
import { explain } from '../../core/matches.ts';
import type { StoredArticle, WatchSettings } from '../../core/model.ts';
import { parseQuery } from '../../core/query.ts';
import { isOfWatch, readAlert, type TimedAlert } from './alert-store.ts';
import { type Found, findById, findByUrl, pageUrl } from './article-lookup.ts';
import { deliveryAnswer, readDeliveries } from './deliveries.ts';
import { endpoint } from './endpoint.ts';
import { id, time } from './fields.ts';
import { span } from './preview.ts';
import { foundOr404 } from './problems.ts';
import { readWatch } from './watch-store.ts';

/** In the order in which they are looked for; each with what it means. */
const outcomes = {
  alerted: 'The watch matched, and the story is an alert: see its deliveries',
  'not-matched': 'The query is not true of the article: see the clauses that did not match',
  silent: 'It was not news: brought by the first poll of its source, or too old when it was first seen',
  paused: 'The watch is paused',
  'older-than-watch': 'It was matched before the watch was as it is now',
  pending: 'It is not matched yet: look again in a minute',
  'no-alert':
    'The query is true of it today, but there is no alert: it expired, or the query or article was another then',
} as const;
type Outcome = keyof typeof outcomes;

const clause = z.object({
  text: z.string(),
  start: z.number(),
  end: z.number(),
  matched: z.boolean(),
  spans: z.array(span),
});

const explanation = z.object({
  outcome: z.enum(Object.keys(outcomes) as [Outcome, ...Outcome[]]),
  why: z.string(),
  article: z.object({
    id,
    url: z.string(),
    title: z.string(),
    seenAt: time,
    matchedAt: z.optional(time),
    silent: z.boolean(),
  }),
  /** What is joined at the top of the query, as it is today; of an exclusion, what was found although it must not. */
  matched: z.boolean(),
  clauses: z.array(clause),
  /** The alert of the article's story, when this watch is named in it. */
  alertId: z.optional(id),
  deliveries: z.array(deliveryAnswer),
  /** While no channel was told: when the first will be, or is looked at again. */
  heldUntil: z.optional(time),
  /** The watch tells nothing until then. */
  snoozedUntil: z.optional(time),
  /** Older articles at the same address, which may be asked about by their ids. */
  others: z.array(z.object({ id, title: z.string(), seenAt: time })),
});

function outcomeOf(
  article: StoredArticle,
  watch: WatchSettings,
  alert: TimedAlert | undefined,
  matched: boolean,
): Outcome {
  if (alert) return 'alerted';
  if (!matched) return 'not-matched';
  if (article.silent) return 'silent';
  if (watch.paused) return 'paused';
  if (article.seenAt < watch.updatedAt) return 'older-than-watch';
  return article.matchedAt === undefined ? 'pending' : 'no-alert';
}

type Deliveries = Awaited<ReturnType<typeof readDeliveries>>;

function heldUntil(deliveries: Deliveries): string | undefined {
  if (deliveries.some(({ sentAt }) => sentAt !== undefined)) return undefined;
  return deliveries.flatMap(({ dueAt, digestAt }) => dueAt ?? digestAt ?? []).toSorted()[0];
}

async function explainArticle(
  subscriberId: string,
  { article, others }: Found,
  watch: WatchSettings,
  now: string,
) {
  const { matched, clauses } = explain(parseQuery(watch.query), article);
  const storyId = article.storyId ?? article.id;
  const [stored, deliveries] = await Promise.all([
    readAlert(subscriberId, storyId),
    readDeliveries(subscriberId, storyId),
  ]);
  const alert = stored && isOfWatch(stored, watch.id) ? stored : undefined;
  const outcome = outcomeOf(article, watch, alert, matched);
  return {
    outcome,
    why: outcomes[outcome],
    article,
    matched,
    clauses: clauses.map(({ spans, ...rest }) => ({ ...rest, spans: [...spans] })),
    alertId: alert && storyId,
    deliveries: alert ? deliveries : [],
    heldUntil: alert && heldUntil(deliveries),
    snoozedUntil: snoozeEnd(watch, now),
    others: [...others],
  };
}

const namesOne = ({ article, url }: { article?: unknown; url?: unknown }) =>
  (article === undefined) !== (url === undefined);

export const explainEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/explain',
    role: 'subscriber',
    summary: 'Why an article did or did not come of a watch: clause by clause, and each delivery',
    success: [200],
    query: z
      .strictObject({ article: z.optional(id), url: z.optional(pageUrl), watch: id })
      .check(z.refine(namesOne, { message: 'Either article or url', path: ['article'] })),
    answer: explanation,
    problems: ['not-found', 'site-not-polled', 'article-not-seen'],
    work: async ({ subscriberId, query: { article, url, watch }, now }) => {
      const asked = foundOr404(await readWatch(subscriberId, watch));
      const found = await (url === undefined ? findById(article!) : findByUrl(url));
      return { body: await explainArticle(subscriberId, found, asked, now) };
    },
  }),
];
