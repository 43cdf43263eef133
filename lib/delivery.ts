/** From matches to messages: `deliver` publishes each alert once per channel, `digest` what was held until now. */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { index } from '../core/indexes.ts';
import { allowOnSubscriptions, allowOnTopics, allowTexts, topicArnPrefix } from './channel-topics.ts';
import type { Matching } from './matching.ts';
import { MinuteSchedule } from './minute-schedule.ts';
import { ServiceFunction } from './service-function.ts';
import type { Settings } from './settings.ts';
import { indexArn, type Storage } from './storage.ts';
import { WorkQueue } from './work-queue.ts';

export interface DeliveryProps {
  readonly storage: Storage;
  /** Where matches come from. */
  readonly matching: Matching;
  readonly settings: Settings;
}

export class Delivery extends Construct {
  readonly queue: WorkQueue;
  readonly digest: ServiceFunction;
  readonly deliver: ServiceFunction;

  constructor(scope: Construct, id: string, { storage, matching, settings }: DeliveryProps) {
    super(scope, id);
    const { registry, articles, alerts } = storage;
    const timeout = Duration.seconds(30);

    this.queue = new WorkQueue(this, 'DeliverQueue', {
      consumerTimeout: timeout,
      urlVariable: 'deliverQueueUrl',
    });

    this.digest = new ServiceFunction(this, 'Digest', {
      step: 'digest',
      description: 'Queues the deliveries whose time has come',
      timeout: Duration.seconds(30),
      memoryMiB: 256,
      environment: { alertsTable: alerts.tableName },
    });
    this.deliver = new ServiceFunction(this, 'Deliver', {
      step: 'deliver',
      description: 'Publishes alerts to channels, each once',
      timeout,
      memoryMiB: 512,
      environment: {
        registryTable: registry.tableName,
        articlesTable: articles.tableName,
        alertsTable: alerts.tableName,
        topicArnPrefix: topicArnPrefix(this),
        smsCountries: settings.smsCountries,
        smsMonthlyBudgetUsd: String(settings.smsMonthlyBudgetUsd),
        retentionDays: String(settings.retentionDays),
      },
    });
    new MinuteSchedule(this, 'EveryMinute', this.digest);
    this.deliver.consume(this.queue, { batchSize: 5, maxConcurrency: 10 });

    matching.match.sendTo(this.queue);
    this.digest.allow(['dynamodb:Query'], indexArn(alerts, index.alertsDue));
    this.digest.sendTo(this.queue);

    this.deliver.allow(['dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'], registry.tableArn);
    this.deliver.allow(['dynamodb:GetItem'], articles.tableArn);
    this.deliver.allow(
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      alerts.tableArn,
    );
    allowOnTopics(this.deliver, ['sns:Publish']);
    allowOnSubscriptions(this.deliver, ['sns:GetSubscriptionAttributes']);
    if (settings.smsCountries !== '') allowTexts(this.deliver);
  }
}
