/**
 * What wakes the operator, as rows: the heading in `docs/runbook.md` that says what to do, and the metric with its
 * limit. An alarm is billed by the metrics it reads, so one per function costs no more than one for all.
 */
import { Duration } from 'aws-cdk-lib';
import {
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Api } from './api.ts';
import type { Delivery } from './delivery.ts';
import type { Matching } from './matching.ts';
import { stepMetric } from './metrics.ts';
import type { Polling } from './polling.ts';
import type { Reading } from './reading.ts';
import type { ServiceFunction } from './service-function.ts';
import type { WorkQueue } from './work-queue.ts';

/** The parts that are watched, in the order in which data flows. */
export interface Watched {
  readonly polling: Polling;
  readonly reading: Reading;
  readonly matching: Matching;
  readonly delivery: Delivery;
  readonly api: Api;
}

export interface AlarmRow {
  /** The heading in the runbook. */
  readonly heading: string;
  readonly metric: IMetric;
  readonly comparisonOperator: ComparisonOperator;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm?: number;
  readonly treatMissingData: TreatMissingData;
}

const fiveMinutes = { period: Duration.minutes(5) };
/** For what runs each quarter of an hour. */
const halfHours = { period: Duration.minutes(30) };
type Period = typeof fiveMinutes;
/** In five minutes: more than people's mistakes, less than a bot that tries a thousand times. */
const MANY_REFUSED = 500;
const MANY_STRANGERS_REFUSED = 100;

const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD, LESS_THAN_THRESHOLD } = ComparisonOperator;
const { BREACHING, NOT_BREACHING } = TreatMissingData;

export function listAlarms({ polling, reading, matching, delivery, api }: Watched): AlarmRow[] {
  const queues = [polling, reading, matching, delivery].map(({ queue }) => queue);
  const eachMinute = { dispatch: polling.dispatch, sweep: matching.sweep, digest: delivery.digest };
  const { snapshot } = matching;
  const others = {
    poll: polling.poll,
    read: reading.read,
    match: matching.match,
    deliver: delivery.deliver,
    api: api.api,
  };
  return [
    ...queues.flatMap((queue) => [deadLetters(queue), behind(queue)]),
    ...Object.entries(eachMinute).map(([name, step]) => notRunning(name, step, fiveMinutes)),
    notRunning('snapshot', snapshot, halfHours),
    ...Object.entries({ ...eachMinute, ...others }).map(([name, step]) => failing(name, step, fiveMinutes)),
    failing('snapshot', snapshot, halfHours),
    atLeast(
      'Sources need attention',
      stepMetric(polling.dispatch, 'SourcesInTrouble', 'Maximum', fiveMinutes.period),
      1,
    ),
    atLeast('Articles stay unmatched', oldestUnmatched(matching.sweep), 600),
    atLeast(
      'Deliveries failed',
      stepMetric(delivery.deliver, 'DeliveriesFailed', 'Sum', fiveMinutes.period),
      1,
    ),
    {
      ...atLeast('The API answers 5xx', api.gateway.metricServerError(sumOf(fiveMinutes)), 1),
      ...twiceOfThree,
    },
    atLeast('The API refuses many requests', api.gateway.metricClientError(sumOf(fiveMinutes)), MANY_REFUSED),
    atLeast(
      'Strangers are refused',
      stepMetric(api.api, 'RequestsRefused', 'Sum', fiveMinutes.period),
      MANY_STRANGERS_REFUSED,
    ),
  ];
}

/** A message stays a dead letter until somebody acts, so one reading is enough. */
function deadLetters({ name, deadLetters: queue }: WorkQueue): AlarmRow {
  const metric = queue.metricApproximateNumberOfMessagesVisible({
    period: Duration.minutes(1),
    statistic: 'Maximum',
  });
  return atLeast(`${name} has dead letters`, metric, 1);
}

/** A message that fails again and again leaves this metric after its third receipt, at most 18 minutes old. */
function behind({ name, queue }: WorkQueue): AlarmRow {
  const metric = queue.metricApproximateAgeOfOldestMessage({ ...fiveMinutes, statistic: 'Maximum' });
  return atLeast(`${name} is behind`, metric, 20 * 60);
}

/** A function that is never invoked has no data: silence itself is the fault. */
function notRunning(name: string, step: ServiceFunction, period: Period): AlarmRow {
  return {
    heading: `${name} does not run`,
    metric: step.metricInvocations(sumOf(period)),
    comparisonOperator: LESS_THAN_THRESHOLD,
    threshold: 1,
    evaluationPeriods: 2,
    treatMissingData: BREACHING,
  };
}

/** A single crash or throttle is retried by itself; one that lasts is not. */
function failing(name: string, step: ServiceFunction, period: Period): AlarmRow {
  const metric = new MathExpression({
    expression: 'FILL(errors, 0) + FILL(throttles, 0)',
    label: `${name}: errors and throttles`,
    usingMetrics: { errors: step.metricErrors(sumOf({})), throttles: step.metricThrottles(sumOf({})) },
    ...period,
  });
  return { ...atLeast(`${name} fails`, metric, 1), ...twiceOfThree };
}

function oldestUnmatched(sweep: ServiceFunction): IMetric {
  return stepMetric(sweep, 'OldestUnmatchedSeconds', 'Maximum', fiveMinutes.period);
}

const twiceOfThree = { evaluationPeriods: 3, datapointsToAlarm: 2 };

function sumOf<T>(options: T): T & { statistic: string } {
  return { ...options, statistic: 'Sum' };
}

/** No data means that nothing happened, which is no fault. */
function atLeast(heading: string, metric: IMetric, threshold: number): AlarmRow {
  return {
    heading,
    metric,
    comparisonOperator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold,
    evaluationPeriods: 1,
    treatMissingData: NOT_BREACHING,
  };
}
