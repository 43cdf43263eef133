/** Why an article did, or did not, come of a watch: no silence without a reason. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { explain } from '../../core/matches.ts';
import type { StoredArticle, WatchSettings } from '../../core/model.ts';
import { parseQuery } from '../../core/query.ts';
import { dynamo } from '../aws/dynamo.ts';
import { keys } from '../keys.ts';
import { readAlert, type TimedAlert } from './alert-store.ts';
import { deliveryAnswer, readDeliveries } from './deliveries.ts';
import { endpoint } from './endpoint.ts';
import { id, time } from './fields.ts';
import { span } from './preview.ts';
import { foundOr404 } from './problems.ts';
import { settings } from './settings.ts';
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
});

/** With its text; nothing when it expired. */
async function readArticle(articleId: string): Promise<StoredArticle | undefined> {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName: settings.articlesTable, Key: keys.article(articleId) }),
  );
  return Item as StoredArticle | undefined;
}

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

async function explainArticle(subscriberId: string, articleId: string, watchId: string) {
  const [article, watch] = await Promise.all([readArticle(articleId), readWatch(subscriberId, watchId)]);
  const [found, asked] = [foundOr404(article), foundOr404(watch)];
  const { matched, clauses } = explain(parseQuery(asked.query), found);
  const storyId = found.storyId ?? found.id;
  const [stored, deliveries] = await Promise.all([
    readAlert(subscriberId, storyId),
    readDeliveries(subscriberId, storyId),
  ]);
  const alert = stored?.watches.some((named) => named.watchId === watchId) ? stored : undefined;
  const outcome = outcomeOf(found, asked, alert, matched);
  return {
    outcome,
    why: outcomes[outcome],
    article: found,
    matched,
    clauses: clauses.map(({ spans, ...rest }) => ({ ...rest, spans: [...spans] })),
    alertId: alert && storyId,
    deliveries: alert ? deliveries : [],
  };
}

export const explainEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/explain',
    role: 'subscriber',
    summary: 'Why an article did or did not come of a watch: clause by clause, and each delivery',
    success: [200],
    query: z.strictObject({ article: id, watch: id }),
    answer: explanation,
    problems: ['not-found'],
    work: async ({ subscriberId, query }) => ({
      body: await explainArticle(subscriberId, query.article, query.watch),
    }),
  }),
];
