/** The operator's topic, the alarms that write to it, and a dashboard in the order in which data flows. */
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { type AlarmRow, listAlarms, type Watched } from './alarms.ts';
import { createDashboard } from './dashboard.ts';

export interface MonitoringProps extends Watched {
  /** Empty: the alarms have a topic, and nobody is subscribed to it yet. */
  readonly operatorEmail: string;
}

export class Monitoring extends Construct {
  readonly operatorTopic: Topic;

  constructor(scope: Construct, id: string, { operatorEmail, ...watched }: MonitoringProps) {
    super(scope, id);
    this.operatorTopic = createTopic(this, operatorEmail);

    const action = new SnsAction(this.operatorTopic);
    const alarms = listAlarms(watched).map((row) => createAlarm(this, row));
    for (const alarm of alarms) alarm.addAlarmAction(action);

    createDashboard(this, watched, alarms);
  }
}

/**
 * Not encrypted with a key: CloudWatch cannot use the AWS managed key of SNS, a key of our own costs a dollar a
 * month, and an alarm's text names functions and queues, nothing of subscribers.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
function createTopic(scope: Construct, operatorEmail: string): Topic {
  const topic = new Topic(scope, 'OperatorTopic', { enforceSSL: true });
  if (operatorEmail !== '') topic.addSubscription(new EmailSubscription(operatorEmail));
  return topic;
}

function createAlarm(scope: Construct, { heading, ...row }: AlarmRow): Alarm {
  const anchor = heading.toLowerCase().replaceAll(' ', '-');
  return new Alarm(scope, heading.replaceAll(' ', ''), {
    ...row,
    alarmDescription: `${heading}. What to do: docs/runbook.md#${anchor}`,
  });
}
