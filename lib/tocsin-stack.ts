/** The whole of Tocsin in one stack, in the order in which data flows. */
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Api } from './api.ts';
import { topicArnPrefix } from './channel-topics.ts';
import { DashboardSite } from './dashboard-site.ts';
import { Delivery } from './delivery.ts';
import { Matching } from './matching.ts';
import { Monitoring } from './monitoring.ts';
import { OriginSecret } from './origin-secret.ts';
import { Polling } from './polling.ts';
import { Reading } from './reading.ts';
import type { Settings } from './settings.ts';
import { Storage } from './storage.ts';

export class TocsinStack extends Stack {
  constructor(scope: Construct, settings: Settings) {
    super(scope, settings.stackName, {
      description: 'Tocsin: news alerts by e-mail, SMS and webhook',
    });

    const storage = new Storage(this, 'Storage', { data: settings.data });

    const polling = new Polling(this, 'Polling', { storage, settings });

    const reading = new Reading(this, 'Reading', { storage, settings, polling });

    const matching = new Matching(this, 'Matching', { storage, polling, reading });

    const delivery = new Delivery(this, 'Delivery', { storage, matching, settings });

    const originSecret = new OriginSecret(this, 'OriginSecret').value;

    const queues = [polling, reading, matching, delivery].map(({ queue }) => queue);

    const api = new Api(this, 'Api', { storage, settings, delivery, originSecret, queues });

    const site = new DashboardSite(this, 'Site', { api, originSecret });

    delivery.linkTo({ apiUrl: api.gateway.apiEndpoint, dashboardUrl: site.url });
    api.linkTo({ dashboardUrl: site.url });

    const { operatorEmail } = settings;
    const monitoring = new Monitoring(this, 'Monitoring', {
      polling,
      reading,
      matching,
      delivery,
      api,
      operatorEmail,
    });

    this.output({
      DashboardUrl: site.url,
      ApiUrl: api.gateway.apiEndpoint,
      RegistryTable: storage.registry.tableName,
      ArticlesTable: storage.articles.tableName,
      AlertsTable: storage.alerts.tableName,
      SnapshotBucket: storage.snapshots.bucketName,
      PollQueueUrl: polling.queue.queue.queueUrl,
      ReadQueueUrl: reading.queue.queue.queueUrl,
      MatchQueueUrl: matching.queue.queue.queueUrl,
      DeliverQueueUrl: delivery.queue.queue.queueUrl,
      PollDeadLettersUrl: polling.queue.deadLetters.queueUrl,
      ReadDeadLettersUrl: reading.queue.deadLetters.queueUrl,
      MatchDeadLettersUrl: matching.queue.deadLetters.queueUrl,
      DeliverDeadLettersUrl: delivery.queue.deadLetters.queueUrl,
      TopicArnPrefix: topicArnPrefix(this),
      OperatorTopicArn: monitoring.operatorTopic.topicArn,
    });
  }

  /** What the operator's programs and other tools find the parts by. */
  private output(values: Record<string, string>): void {
    for (const [name, value] of Object.entries(values)) new CfnOutput(this, name, { value });
  }
}
