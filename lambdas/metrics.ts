/**
 * The custom metrics of Tocsin, all of them: CloudWatch bills each name with each value of its dimensions, so
 * their one dimension is the function (`service`). Written as log lines in the embedded metric format.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html
 */
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

const units = {
  ArticlesSeen: MetricUnit.Count,
  ArticlesMatched: MetricUnit.Count,
  AlertsSent: MetricUnit.Count,
  DeliveriesFailed: MetricUnit.Count,
  /** Dead or blocked, counted each minute; not written when there are none. */
  SourcesInTrouble: MetricUnit.Count,
  /** From `publishedAt` to `seenAt`. */
  PollLatency: MetricUnit.Milliseconds,
  /** From `seenAt` to `matchedAt`. */
  MatchLatency: MetricUnit.Milliseconds,
  /** From `matchedAt` to `sentAt`. */
  DeliverLatency: MetricUnit.Milliseconds,
  OldestUnmatchedSeconds: MetricUnit.Seconds,
  SmsSpendUsd: MetricUnit.NoUnit,
} as const;

export type MetricName = keyof typeof units;

const metrics = new Metrics();

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
  metrics.addMetric(name, units[name], value);
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

/** A middleware that writes the metrics of an invocation at its end, when there are any. */
export function publishMetrics() {
  const publish = () => void (metrics.hasStoredMetrics() && metrics.publishStoredMetrics());
  return { after: publish, onError: publish };
}
