/** From the clock to new articles: `dispatch` queues the sources that are due, `poll` fetches them. */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { index } from '../core/indexes.ts';
import { RegularSchedule } from './regular-schedule.ts';
import { ServiceFunction } from './service-function.ts';
import type { Settings } from './settings.ts';
import { indexArn, type Storage } from './storage.ts';
import { userAgent } from './user-agent.ts';
import { WorkQueue } from './work-queue.ts';

export interface PollingProps {
  readonly storage: Storage;
  readonly settings: Settings;
}

const pollTimeout = Duration.seconds(60);

export class Polling extends Construct {
  readonly queue: WorkQueue;
  readonly dispatch: ServiceFunction;
  readonly poll: ServiceFunction;

  constructor(scope: Construct, id: string, props: PollingProps) {
    super(scope, id);
    this.queue = new WorkQueue(this, 'PollQueue', {
      consumerTimeout: pollTimeout,
      urlVariable: 'pollQueueUrl',
    });

    this.dispatch = createDispatch(this, props);
    this.poll = createPoll(this, props);
    new RegularSchedule(this, 'EveryMinute', { target: this.dispatch, every: Duration.minutes(1) });
    this.poll.consume(this.queue, { batchSize: 1, maxConcurrency: 20 });

    this.dispatch.sendTo(this.queue);
    this.poll.sendTo(this.queue);
    grant(this, props.storage);
  }
}

function createDispatch(scope: Construct, { storage, settings }: PollingProps): ServiceFunction {
  return new ServiceFunction(scope, 'Dispatch', {
    step: 'dispatch',
    description: 'Queues the polls of every host that has a source due',
    timeout: Duration.seconds(30),
    memoryMiB: 256,
    environment: {
      registryTable: storage.registry.tableName,
      shortestPollSeconds: String(settings.shortestPollSeconds),
    },
  });
}

function createPoll(scope: Construct, { storage, settings }: PollingProps): ServiceFunction {
  return new ServiceFunction(scope, 'Poll', {
    step: 'poll',
    description: 'Fetches one source and stores its new articles',
    timeout: pollTimeout,
    memoryMiB: 512,
    environment: {
      registryTable: storage.registry.tableName,
      articlesTable: storage.articles.tableName,
      alertsTable: storage.alerts.tableName,
      retentionDays: String(settings.retentionDays),
      shortestPollSeconds: String(settings.shortestPollSeconds),
      loopback: settings.loopback,
      userAgent: userAgent(settings),
    },
    // The polls of a host travel in one message, which goes round once for each of them.
    sendsToItself: true,
  });
}

function grant({ dispatch, poll }: Polling, { registry, articles, alerts }: Storage): void {
  dispatch.allow(
    ['dynamodb:Query'],
    indexArn(registry, index.registryDue),
    indexArn(registry, index.registryTrouble),
  );
  dispatch.allow(['dynamodb:PutItem'], registry.tableArn);

  poll.allow(
    [
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'dynamodb:ConditionCheckItem',
    ],
    registry.tableArn,
  );
  poll.allow(
    ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    articles.tableArn,
  );
  // What it counts, by the hour.
  poll.allow(['dynamodb:UpdateItem'], alerts.tableArn);
}
