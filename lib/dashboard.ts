/** The dashboard: one row per step, then what failed. At most 50 metrics, so that it stays within the free tier. */
import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Watched } from './alarms.ts';
import { stepMetric } from './metrics.ts';
import type { ServiceFunction } from './service-function.ts';
import type { WorkQueue } from './work-queue.ts';

const period = Duration.minutes(5);

export function createDashboard(scope: Construct, watched: Watched, alarms: Alarm[]): Dashboard {
  const dashboard = new Dashboard(scope, 'Dashboard', { defaultInterval: Duration.hours(6) });
  dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', width: 24, height: 5, alarms }));

  addHeading(dashboard, 'Poll', 'From a publisher’s feed to a stored article');
  dashboard.addWidgets(...pollRow(watched));
  addHeading(dashboard, 'Match', 'From a stored article to the subscribers who watch for it');
  dashboard.addWidgets(...matchRow(watched));
  addHeading(dashboard, 'Deliver', 'From a match to a message that SNS accepted');
  dashboard.addWidgets(...deliverRow(watched));
  addHeading(dashboard, 'API and failures', 'What to do about each: docs/runbook.md');
  dashboard.addWidgets(...failureRow(watched));
  return dashboard;
}

function pollRow({ polling: { dispatch, poll, queue } }: Watched): GraphWidget[] {
  return [
    counts('Articles seen, sources dead or blocked', [
      count(poll, 'ArticlesSeen'),
      stepMetric(dispatch, 'SourcesInTrouble', 'Maximum', period),
    ]),
    latency('Published to seen', poll, 'PollLatency'),
    backlog('PollQueue', queue),
  ];
}

function matchRow({ matching: { match, queue } }: Watched): GraphWidget[] {
  return [
    counts('Articles matched', [stepMetric(match, 'MatchLatency', 'SampleCount', period)]),
    latency('Seen to matched', match, 'MatchLatency'),
    backlog('MatchQueue', queue),
  ];
}

function deliverRow({ delivery: { deliver, queue } }: Watched): GraphWidget[] {
  return [
    counts('Alerts sent, deliveries failed', [
      count(deliver, 'AlertsSent'),
      count(deliver, 'DeliveriesFailed'),
    ]),
    latency('Matched to sent', deliver, 'DeliverLatency'),
    backlog('DeliverQueue', queue),
  ];
}

function failureRow(watched: Watched): GraphWidget[] {
  const { polling, reading, matching, delivery, api } = watched;
  const sum = { statistic: 'Sum', period };
  return [
    counts('API requests', [
      api.gateway.metricCount({ ...sum, label: 'requests' }),
      api.gateway.metricClientError({ ...sum, label: '4xx' }),
      api.gateway.metricServerError({ ...sum, label: '5xx' }),
      count(api.api, 'RequestsRefused'),
    ]),
    counts('Errors of functions', functionsOf(watched).map(errors)),
    counts('Dead letters, seconds the oldest article is unmatched', [
      ...[polling, reading, matching, delivery].map(({ queue }) => deadLetters(queue)),
      stepMetric(matching.sweep, 'OldestUnmatchedSeconds', 'Maximum', period),
    ]),
  ];
}

function functionsOf({ polling, reading, matching, delivery, api }: Watched): ServiceFunction[] {
  const { dispatch, poll } = polling;
  const { snapshot, sweep, match } = matching;
  const { digest, deliver } = delivery;
  return [dispatch, poll, reading.read, snapshot, sweep, match, digest, deliver, api.api];
}

function addHeading(dashboard: Dashboard, title: string, text: string): void {
  dashboard.addWidgets(new TextWidget({ markdown: `## ${title}\n${text}`, width: 24, height: 2 }));
}

function counts(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, leftYAxis: { min: 0, showUnits: false } });
}

function latency(title: string, step: ServiceFunction, metricName: string): GraphWidget {
  const left = ['p50', 'p99'].map((statistic) => stepMetric(step, metricName, statistic, period));
  return new GraphWidget({ title, left, width: 8, leftYAxis: { min: 0, label: 'ms', showUnits: false } });
}

function backlog(title: string, { queue }: WorkQueue): GraphWidget {
  const options = { statistic: 'Maximum', period };
  return new GraphWidget({
    title,
    width: 8,
    left: [queue.metricApproximateNumberOfMessagesVisible({ ...options, label: 'waiting' })],
    right: [queue.metricApproximateAgeOfOldestMessage({ ...options, label: 'oldest, seconds' })],
    leftYAxis: { min: 0, showUnits: false },
    rightYAxis: { min: 0, showUnits: false },
  });
}

function count(step: ServiceFunction, metricName: string): IMetric {
  return stepMetric(step, metricName, 'Sum', period);
}

function errors(step: ServiceFunction): IMetric {
  return step.metricErrors({ statistic: 'Sum', period, label: step.step });
}

function deadLetters({ name, deadLetters: queue }: WorkQueue): IMetric {
  return queue.metricApproximateNumberOfMessagesVisible({
    statistic: 'Maximum',
    period,
    label: `${name} dead letters`,
  });
}
