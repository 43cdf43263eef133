/** What went through, hour by hour, as `poll`, `match` and `deliver` counted it. */
import * as z from 'zod/mini';
import { batchGet } from '../aws/batch-get.ts';
import { keys } from '../keys.ts';
import { type HourlyCount, hourlyCounts } from '../metrics.ts';
import { endpoint } from './endpoint.ts';
import { time } from './fields.ts';
import { settings } from './settings.ts';

const WEEK = 168;
const MOST = 720;
const HOUR_MS = 3_600_000;

const hour = z.object({
  at: time,
  articlesSeen: z.number(),
  articlesMatched: z.number(),
  alertsSent: z.number(),
  deliveriesFailed: z.number(),
} satisfies Record<HourlyCount | 'at', unknown>);
type Hour = z.input<typeof hour>;

type Item = { readonly pk: string } & { readonly [K in HourlyCount]?: number };

/** Oldest first, the hour of `now` last; those in which nothing happened with zeros. */
async function readHours(hours: number, now: string): Promise<Hour[]> {
  const last = Math.floor(Date.parse(now) / HOUR_MS);
  const times = Array.from({ length: hours }, (_, n) =>
    new Date((last - hours + 1 + n) * HOUR_MS).toISOString(),
  );
  const items = await batchGet<Item>(settings.alertsTable, times.map(keys.hour));
  const byKey = new Map(items.map((item) => [item.pk, item]));
  return times.map((at) => toHour(at, byKey.get(keys.hour(at).pk)));
}

function toHour(at: string, item: Item | undefined): Hour {
  const counts = hourlyCounts.map((name) => [name, item?.[name] ?? 0]);
  return { at, ...Object.fromEntries(counts) };
}

export const statisticsEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/statistics',
    role: 'operator',
    summary: 'What went through in each of the last hours: articles, alerts, failed deliveries',
    success: [200],
    query: z.strictObject({
      hours: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(MOST)), WEEK),
    }),
    answer: z.object({ hours: z.array(hour) }),
    problems: [],
    work: async ({ query, now }) => ({ body: { hours: await readHours(query.hours, now) } }),
  }),
];
