/**
 * The custom metrics of Tocsin, all of them: CloudWatch bills each name with each value of its dimensions, so
 * their one dimension is the function (`service`). Written as log lines in the embedded metric format.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html
 */
import { everyFunction } from '../core/environment.ts';
import { writeLine } from './logger.ts';

const units = {
  ArticlesSeen: 'Count',
  ArticlesMatched: 'Count',
  AlertsSent: 'Count',
  DeliveriesFailed: 'Count',
  /** Dead or blocked, counted each minute; not written when there are none. */
  SourcesInTrouble: 'Count',
  /** From `publishedAt` to `seenAt`. */
  PollLatency: 'Milliseconds',
  /** From `seenAt` to `matchedAt`. */
  MatchLatency: 'Milliseconds',
  /** From `matchedAt` to `sentAt`. */
  DeliverLatency: 'Milliseconds',
  OldestUnmatchedSeconds: 'Seconds',
  SmsSpendUsd: 'None',
} as const;

export type MetricName = keyof typeof units;

const stored = new Map<MetricName, number[]>();

/** What operators are also shown hour by hour: the metrics, and by which names they are kept. */
const hourly = {
  ArticlesSeen: 'articlesSeen',
  ArticlesMatched: 'articlesMatched',
  AlertsSent: 'alertsSent',
  DeliveriesFailed: 'deliveriesFailed',
} as const satisfies Partial<Record<MetricName, string>>;

export type HourlyCount = (typeof hourly)[keyof typeof hourly];
export const hourlyCounts: readonly HourlyCount[] = Object.values(hourly);

const counted = new Map<HourlyCount, number>();

export function addMetric(name: MetricName, value = 1): void {
  stored.set(name, [...(stored.get(name) ?? []), value]);
  if (!(name in hourly)) return;
  const count = hourly[name as keyof typeof hourly];
  counted.set(count, (counted.get(count) ?? 0) + value);
}

/** What was counted since it was last taken. */
export function takeCounts(): ReadonlyMap<HourlyCount, number> {
  const taken = new Map(counted);
  counted.clear();
  return taken;
}

/** @param from a time before `to`, both ISO 8601; nothing is added when it is unknown */
export function addLatency(
  name: 'PollLatency' | 'MatchLatency' | 'DeliverLatency',
  from: string | undefined,
  to: string,
): void {
  if (from !== undefined) addMetric(name, Math.max(0, Date.parse(to) - Date.parse(from)));
}

/** A middleware that writes the metrics of an invocation at its end, when there are any, and a namespace for them. */
export function publishMetrics() {
  return { after: publish, onError: publish };
}

/** A line may hold so many values of each metric; more are left to the next. */
const MOST_VALUES = 100;

function publish(): void {
  const namespace = process.env[everyFunction.metricsNamespace];
  while (namespace !== undefined && stored.size > 0) writeLine(nextLine(namespace));
  stored.clear();
}

function nextLine(Namespace: string): object {
  const values = [...stored].map(([name, all]) => [name, all.splice(0, MOST_VALUES)] as const);
  for (const [name, left] of stored) if (left.length === 0) stored.delete(name);
  const Metrics = values.map(([Name]) => ({ Name, Unit: units[Name] }));
  return {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [{ Namespace, Dimensions: [['service']], Metrics }],
    },
    service: process.env[everyFunction.step],
    ...Object.fromEntries(values),
  };
}
