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
  AlertsSent: 'Count',
  DeliveriesFailed: 'Count',
  /** What people whom we do not know asked for in vain: sign-ups, codes, guesses, texts at our cost. */
  RequestsRefused: 'Count',
  /** Dead or blocked, counted each minute; not written when there are none. */
  SourcesInTrouble: 'Count',
  /** From `publishedAt` to `seenAt`. */
  PollLatency: 'Milliseconds',
  /** From `seenAt` to `matchedAt`; its sample count is the number of articles that were matched. */
  MatchLatency: 'Milliseconds',
  /** From `matchedAt` to `sentAt`. */
  DeliverLatency: 'Milliseconds',
  OldestUnmatchedSeconds: 'Seconds',
  SmsSpendUsd: 'None',
} as const;

export type MetricName = keyof typeof units;
export const metricNames = Object.keys(units) as MetricName[];

const stored = new Map<MetricName, number[]>();

/** What operators are also shown hour by hour. */
export const hourlyCounts = ['articlesSeen', 'articlesMatched', 'alertsSent', 'deliveriesFailed'] as const;
export type HourlyCount = (typeof hourlyCounts)[number];

/** Those that are counted with a metric. */
const hourly: Partial<Record<MetricName, HourlyCount>> = {
  ArticlesSeen: 'articlesSeen',
  AlertsSent: 'alertsSent',
  DeliveriesFailed: 'deliveriesFailed',
};

const counted = new Map<HourlyCount, number>();

export function addMetric(name: MetricName, value = 1): void {
  const values = stored.get(name);
  if (values) values.push(value);
  else stored.set(name, [value]);
  const count = hourly[name];
  if (count) addCount(count, value);
}

/** Counts by the hour alone. */
export function addCount(name: HourlyCount, value = 1): void {
  counted.set(name, (counted.get(name) ?? 0) + value);
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
