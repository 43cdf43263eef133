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
  const { polling, matching, delivery, api } = watched;
  const dashboard = new Dashboard(scope, 'Dashboard', { defaultInterval: Duration.hours(6) });

  dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', width: 24, height: 5, alarms }));

  addHeading(dashboard, 'Poll', 'From a publisher’s feed to a stored article');
  dashboard.addWidgets(
    counts('Articles seen, sources failed', [
      count(polling.poll, 'ArticlesSeen'),
      count(polling.poll, 'SourcesFailed'),
    ]),
    latency('Published to seen', polling.poll, 'PollLatency'),
    backlog('PollQueue', polling.queue),
  );

  addHeading(dashboard, 'Match', 'From a stored article to the subscribers who watch for it');
  dashboard.addWidgets(
    counts('Articles matched', [count(matching.match, 'ArticlesMatched')]),
    latency('Seen to matched', matching.match, 'MatchLatency'),
    backlog('MatchQueue', matching.queue),
  );

  addHeading(dashboard, 'Deliver', 'From a match to a message that SNS accepted');
  dashboard.addWidgets(
    counts('Alerts sent, deliveries failed', [
      count(delivery.deliver, 'AlertsSent'),
      count(delivery.deliver, 'DeliveriesFailed'),
    ]),
    latency('Matched to sent', delivery.deliver, 'DeliverLatency'),
    backlog('DeliverQueue', delivery.queue),
  );

  addHeading(dashboard, 'API and failures', 'What to do about each: docs/runbook.md');
  dashboard.addWidgets(
    counts('API requests', [
      api.gateway.metricCount({ statistic: 'Sum', period, label: 'requests' }),
      api.gateway.metricClientError({ statistic: 'Sum', period, label: '4xx' }),
      api.gateway.metricServerError({ statistic: 'Sum', period, label: '5xx' }),
    ]),
    counts('Errors of functions', functionsOf(watched).map(errors)),
    counts('Dead letters and the oldest unmatched article', [
      ...[polling, matching, delivery].map(({ queue }) => deadLetters(queue)),
      stepMetric(matching.sweep, 'OldestUnmatchedSeconds', 'Maximum', period),
    ]),
  );
  return dashboard;
}

function functionsOf({ polling, matching, delivery, api }: Watched): ServiceFunction[] {
  const { dispatch, poll } = polling;
  const { sweep, match } = matching;
  const { digest, deliver } = delivery;
  return [dispatch, poll, sweep, match, digest, deliver, api.api];
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
