/** From matches to messages: `deliver` publishes each alert once per channel, `digest` what was held until now. */
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { variable } from '../core/environment.ts';
import { index } from '../core/indexes.ts';
import { allowOnSubscriptions, allowOnTopics, allowTexts, topicArnPrefix } from './channel-topics.ts';
import type { Matching } from './matching.ts';
import { RegularSchedule } from './regular-schedule.ts';
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

/** Shorter than a claim of a delivery (`core/delivery/delivery.ts`), so that who claims can still be at work. */
const deliverTimeout = Duration.seconds(30);

export class Delivery extends Construct {
  readonly queue: WorkQueue;
  readonly digest: ServiceFunction;
  readonly deliver: ServiceFunction;

  constructor(scope: Construct, id: string, props: DeliveryProps) {
    super(scope, id);
    this.queue = new WorkQueue(this, 'DeliverQueue', {
      consumerTimeout: deliverTimeout,
      urlVariable: 'deliverQueueUrl',
    });

    acceptUndelivered(this.queue);

    this.digest = createDigest(this, props.storage);
    this.deliver = createDeliver(this, props);
    new RegularSchedule(this, 'EveryMinute', { target: this.digest, every: Duration.minutes(1) });
    this.deliver.consume(this.queue, { batchSize: 5, maxConcurrency: 10 });

    props.matching.match.sendTo(this.queue);
    this.digest.sendTo(this.queue);
    this.deliver.sendTo(this.queue);
    grant(this, props);
  }

  /** Where the links in messages lead. */
  linkTo(urls: { readonly apiUrl: string; readonly dashboardUrl: string }): void {
    this.deliver.addEnvironment(variable.apiUrl, urls.apiUrl);
    this.deliver.addEnvironment(variable.dashboardUrl, urls.dashboardUrl);
  }
}

/** The queue is also the dead-letter queue of the channels' subscriptions: what SNS gives up comes back. */
function acceptUndelivered({ queue }: WorkQueue): void {
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('sns.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnLike: { 'aws:SourceArn': `${topicArnPrefix(queue)}*` } },
    }),
  );
}

function createDigest(scope: Construct, { registry, alerts }: Storage): ServiceFunction {
  return new ServiceFunction(scope, 'Digest', {
    step: 'digest',
    description: 'Queues the deliveries and checks whose time has come',
    timeout: Duration.seconds(30),
    memoryMiB: 256,
    environment: { registryTable: registry.tableName, alertsTable: alerts.tableName },
  });
}

function createDeliver(scope: Construct, { storage, settings }: DeliveryProps): ServiceFunction {
  return new ServiceFunction(scope, 'Deliver', {
    step: 'deliver',
    description: 'Publishes alerts to channels, each once',
    timeout: deliverTimeout,
    memoryMiB: 512,
    sendsToItself: true,
    environment: {
      registryTable: storage.registry.tableName,
      articlesTable: storage.articles.tableName,
      alertsTable: storage.alerts.tableName,
      topicArnPrefix: topicArnPrefix(scope),
      smsCountries: settings.smsCountries,
      smsMonthlyBudgetUsd: String(settings.smsMonthlyBudgetUsd),
      smsSubscriberBudgetUsd: String(settings.smsSubscriberBudgetUsd),
      smsParts: String(settings.smsParts),
      retentionDays: String(settings.retentionDays),
    },
  });
}

function grant({ digest, deliver }: Delivery, { storage, settings }: DeliveryProps): void {
  const { registry, articles, alerts } = storage;
  digest.allow(
    ['dynamodb:Query'],
    indexArn(alerts, index.alertsDue),
    indexArn(registry, index.registryDue),
    indexArn(registry, index.registryListing),
  );

  // The deletes are of those who signed up and never confirmed, with their topics.
  deliver.allow(
    ['dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    registry.tableArn,
  );
  deliver.allow(['dynamodb:GetItem', 'dynamodb:Query'], articles.tableArn);
  deliver.allow(
    [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    alerts.tableArn,
  );
  deliver.allow(['dynamodb:Query'], indexArn(alerts, index.alertsTimeline));
  allowOnTopics(deliver, ['sns:Publish', 'sns:DeleteTopic']);
  allowOnSubscriptions(deliver, ['sns:GetSubscriptionAttributes']);
  if (settings.smsCountries !== '') allowTexts(deliver);
}
