/** A subscriber's alerts, and what became of each on every channel. */
import * as z from 'zod/mini';
import { holdsWords } from '../../core/text/holds-words.ts';
import { readCopies } from '../article/story-copies.ts';
import { findAlerts, isOfWatch, listAlerts, readAlert, type TimedAlert } from './alert-store.ts';
import { deliveryAnswer, readDeliveries } from './deliveries.ts';
import { endpoint } from './endpoint.ts';
import { id, pageOf, pageQuery, time, toCursor } from './fields.ts';
import { foundOr404 } from './problems.ts';

/** Without the text: Tocsin tells and links, it does not republish. */
const article = z.object({
  /** What `explain` asks for. */
  id,
  url: z.string(),
  title: z.string(),
  summary: z.optional(z.string()),
  author: z.optional(z.string()),
  publishedAt: z.optional(time),
  language: z.optional(z.string()),
  categories: z.optional(z.array(z.string())),
  sourceId: z.string(),
  sourceName: z.optional(z.string()),
});

/** Another article that tells the same story. */
const copy = z.object({
  id,
  url: z.string(),
  title: z.string(),
  sourceId: z.string(),
  sourceName: z.optional(z.string()),
  seenAt: time,
});

/** A watch as it was when it matched. */
const alertedWatch = z.object({
  watchId: id,
  version: z.number(),
  name: z.string(),
  query: z.string(),
  matchedAt: time,
});

const alert = z.object({
  id,
  article,
  watches: z.array(alertedWatch),
  publishedAt: z.optional(time),
  seenAt: time,
  matchedAt: z.optional(time),
  /** When the first channel was told. */
  sentAt: z.optional(time),
});

/** Within its subscriber an alert is named by its story. */
function show(stored: TimedAlert) {
  const { storyId, article, watches } = stored;
  const categories = article.categories && [...article.categories];
  return { ...stored, id: storyId, article: { ...article, categories }, watches: [...watches] };
}

const words = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));

function holds({ article: { title, sourceName = '' }, watches }: TimedAlert, search = ''): boolean {
  return holdsWords([title, sourceName, ...watches.map(({ name }) => name)], search);
}

export const alertEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/alerts',
    role: 'subscriber',
    summary:
      'Alerts, newest first; with `watch` only those in which it matched, with `search` those with these words',
    success: [200],
    query: z.extend(pageQuery, { watch: z.optional(id), search: z.optional(words) }),
    answer: pageOf(alert),
    problems: [],
    work: async ({ subscriberId, query: { watch, search, ...page } }) => {
      const { items, next } =
        watch === undefined && search === undefined
          ? await listAlerts(subscriberId, page)
          : await findAlerts(
              subscriberId,
              (stored) => (!watch || isOfWatch(stored, watch)) && holds(stored, search),
              page,
            );
      return { body: { items: items.map(show), next: toCursor(next) } };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/alerts/{alertId}',
    role: 'subscriber',
    summary: 'One alert with what else tells its story, and its deliveries: where each stands, and why',
    success: [200],
    answer: z.extend(alert, { copies: z.array(copy), deliveries: z.array(deliveryAnswer) }),
    problems: ['not-found'],
    work: async ({ subscriberId, params: { alertId } }) => {
      const found = foundOr404(await readAlert(subscriberId, alertId));
      const [copies, deliveries] = await Promise.all([
        readCopies(alertId, found.article.id),
        readDeliveries(subscriberId, alertId),
      ]);
      return { body: { ...show(found), copies, deliveries } };
    },
  }),
];
