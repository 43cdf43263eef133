/** From the clock to new articles: `dispatch` queues the sources that are due, `poll` fetches them. */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { index } from '../core/indexes.ts';
import { MinuteSchedule } from './minute-schedule.ts';
import { ServiceFunction } from './service-function.ts';
import type { Settings } from './settings.ts';
import { indexArn, type Storage } from './storage.ts';
import { WorkQueue } from './work-queue.ts';

export interface PollingProps {
  readonly storage: Storage;
  readonly settings: Settings;
}

export class Polling extends Construct {
  readonly queue: WorkQueue;
  readonly dispatch: ServiceFunction;
  readonly poll: ServiceFunction;

  constructor(scope: Construct, id: string, { storage, settings }: PollingProps) {
    super(scope, id);
    const { registry, articles } = storage;
    const timeout = Duration.seconds(60);
    const shortestPollSeconds = String(settings.shortestPollSeconds);

    this.queue = new WorkQueue(this, 'PollQueue', { consumerTimeout: timeout, urlVariable: 'pollQueueUrl' });

    this.dispatch = new ServiceFunction(this, 'Dispatch', {
      step: 'dispatch',
      description: 'Queues the polls of every host that has a source due',
      timeout: Duration.seconds(30),
      memoryMiB: 256,
      environment: { registryTable: registry.tableName, shortestPollSeconds },
    });
    this.poll = new ServiceFunction(this, 'Poll', {
      step: 'poll',
      description: 'Fetches one source and stores its new articles',
      timeout,
      memoryMiB: 512,
      environment: {
        registryTable: registry.tableName,
        articlesTable: articles.tableName,
        retentionDays: String(settings.retentionDays),
        shortestPollSeconds,
        loopback: settings.loopback,
        contactUrl: settings.contactUrl,
      },
      sendsToItself: true,
    });
    new MinuteSchedule(this, 'EveryMinute', this.dispatch);
    this.poll.consume(this.queue, { batchSize: 1, maxConcurrency: 20 });

    this.dispatch.allow(['dynamodb:Query'], indexArn(registry, index.registryDue));
    this.dispatch.allow(['dynamodb:PutItem'], registry.tableArn);
    this.dispatch.sendTo(this.queue);

    this.poll.allow(
      [
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        'dynamodb:ConditionCheckItem',
      ],
      registry.tableArn,
    );
    this.poll.allow(['dynamodb:BatchGetItem', 'dynamodb:PutItem'], articles.tableArn);
    this.poll.sendTo(this.queue);
  }
}
