/** A subscriber's alerts, and what became of each on every channel. */
import * as z from 'zod';
import { listAlerts, listAlertsOfWatch, readAlert, type TimedAlert } from './alert-store.ts';
import { deliveryAnswer, readDeliveries } from './deliveries.ts';
import { endpoint } from './endpoint.ts';
import { id, pageOf, pageQuery, time, toCursor } from './fields.ts';
import { foundOr404 } from './problems.ts';

/** Without the text: Tocsin tells and links, it does not republish. */
const article = z.object({
  url: z.string(),
  title: z.string(),
  summary: z.string().optional(),
  author: z.string().optional(),
  publishedAt: time.optional(),
  language: z.string().optional(),
  categories: z.array(z.string()).optional(),
  sourceId: z.string(),
  sourceName: z.string().optional(),
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
  publishedAt: time.optional(),
  seenAt: time,
  matchedAt: time.optional(),
  /** When the first channel was told. */
  sentAt: time.optional(),
});

/** Within its subscriber an alert is named by its story. */
function show(stored: TimedAlert) {
  const { storyId, article, watches } = stored;
  const categories = article.categories && [...article.categories];
  return { ...stored, id: storyId, article: { ...article, categories }, watches: [...watches] };
}

export const alertEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/alerts',
    role: 'subscriber',
    summary: 'Alerts, newest first; with `watch` only those in which it matched',
    success: [200],
    query: pageQuery.extend({ watch: id.optional() }),
    answer: pageOf(alert),
    problems: [],
    work: async ({ subscriberId, query: { watch, ...page } }) => {
      const { items, next } =
        watch === undefined
          ? await listAlerts(subscriberId, page)
          : await listAlertsOfWatch(subscriberId, watch, page);
      return { body: { items: items.map(show), next: toCursor(next) } };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/alerts/{alertId}',
    role: 'subscriber',
    summary: 'One alert with its deliveries: where each stands, and why',
    success: [200],
    answer: alert.extend({ deliveries: z.array(deliveryAnswer) }),
    problems: ['not-found'],
    work: async ({ subscriberId, params: { alertId } }) => {
      const found = foundOr404(await readAlert(subscriberId, alertId));
      return { body: { ...show(found), deliveries: await readDeliveries(subscriberId, alertId) } };
    },
  }),
];
