/** From an article to the subscribers whose watches it matches: `match`, and `sweep` for what was left behind. */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { index } from '../core/indexes.ts';
import { MinuteSchedule } from './minute-schedule.ts';
import type { Polling } from './polling.ts';
import type { Reading } from './reading.ts';
import { ServiceFunction } from './service-function.ts';
import { indexArn, type Storage } from './storage.ts';
import { WorkQueue } from './work-queue.ts';

export interface MatchingProps {
  readonly storage: Storage;
  /** Where articles come from. */
  readonly polling: Polling;
  readonly reading: Reading;
}

const matchTimeout = Duration.seconds(60);

export class Matching extends Construct {
  readonly queue: WorkQueue;
  readonly sweep: ServiceFunction;
  readonly match: ServiceFunction;

  constructor(scope: Construct, id: string, { storage, polling, reading }: MatchingProps) {
    super(scope, id);
    this.queue = new WorkQueue(this, 'MatchQueue', {
      consumerTimeout: matchTimeout,
      urlVariable: 'matchQueueUrl',
    });

    this.sweep = createSweep(this, storage);
    this.match = createMatch(this, storage);
    new MinuteSchedule(this, 'EveryMinute', this.sweep);
    this.match.consume(this.queue, { batchSize: 10, maxConcurrency: 10 });

    polling.poll.sendTo(this.queue);
    reading.read.sendTo(this.queue);
    this.sweep.sendTo(this.queue);
    grant(this, storage);
  }
}

function createSweep(scope: Construct, { articles }: Storage): ServiceFunction {
  return new ServiceFunction(scope, 'Sweep', {
    step: 'sweep',
    description: 'Queues again the articles that were stored and never handed on',
    timeout: Duration.seconds(30),
    memoryMiB: 256,
    environment: { articlesTable: articles.tableName },
  });
}

function createMatch(scope: Construct, { registry, articles }: Storage): ServiceFunction {
  return new ServiceFunction(scope, 'Match', {
    step: 'match',
    description: 'Runs an article against all watches',
    timeout: matchTimeout,
    memoryMiB: 2048,
    environment: { registryTable: registry.tableName, articlesTable: articles.tableName },
  });
}

function grant({ sweep, match }: Matching, { registry, articles }: Storage): void {
  sweep.allow(['dynamodb:Query'], indexArn(articles, index.articlesUnmatched));

  match.allow(['dynamodb:Query'], registry.tableArn);
  match.allow(
    ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    articles.tableArn,
  );
}
