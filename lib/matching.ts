/**
 * From an article to the subscribers whose watches it matches: `match`, `sweep` for what was left behind, and `snapshot`,
 * from which a `match` that starts has its watches.
 */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { index } from '../core/indexes.ts';
import type { Polling } from './polling.ts';
import type { Reading } from './reading.ts';
import { RegularSchedule } from './regular-schedule.ts';
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
  readonly snapshot: ServiceFunction;
  readonly sweep: ServiceFunction;
  readonly match: ServiceFunction;

  constructor(scope: Construct, id: string, { storage, polling, reading }: MatchingProps) {
    super(scope, id);
    this.queue = new WorkQueue(this, 'MatchQueue', {
      consumerTimeout: matchTimeout,
      urlVariable: 'matchQueueUrl',
    });

    this.snapshot = createSnapshot(this, storage);
    this.sweep = createSweep(this, storage);
    this.match = createMatch(this, storage);
    new RegularSchedule(this, 'EveryQuarterHour', { target: this.snapshot, every: Duration.minutes(15) });
    new RegularSchedule(this, 'EveryMinute', { target: this.sweep, every: Duration.minutes(1) });
    this.match.consume(this.queue, { batchSize: 10, maxConcurrency: 10 });

    polling.poll.sendTo(this.queue);
    reading.read.sendTo(this.queue);
    this.sweep.sendTo(this.queue);
    grant(this, storage);
  }
}

function createSnapshot(scope: Construct, { registry, snapshots }: Storage): ServiceFunction {
  return new ServiceFunction(scope, 'Snapshot', {
    step: 'snapshot',
    description: 'Writes all watches to S3 as match needs them',
    timeout: Duration.minutes(10),
    memoryMiB: 3008,
    environment: { registryTable: registry.tableName, snapshotBucket: snapshots.bucketName },
  });
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

function createMatch(scope: Construct, { registry, articles, alerts, snapshots }: Storage): ServiceFunction {
  return new ServiceFunction(scope, 'Match', {
    step: 'match',
    description: 'Runs an article against all watches',
    timeout: matchTimeout,
    memoryMiB: 2048,
    environment: {
      registryTable: registry.tableName,
      articlesTable: articles.tableName,
      alertsTable: alerts.tableName,
      snapshotBucket: snapshots.bucketName,
    },
  });
}

function grant(
  { snapshot, sweep, match }: Matching,
  { registry, articles, alerts, snapshots }: Storage,
): void {
  const watches = snapshots.arnForObjects('watches.snapshot');
  snapshot.allow(['dynamodb:Query'], registry.tableArn);
  snapshot.allow(['s3:GetObject', 's3:PutObject'], watches);
  match.allow(['s3:GetObject'], watches);
  // Who may not list a bucket is told that reading what is not there is forbidden.
  for (const step of [snapshot, match]) step.allow(['s3:ListBucket'], snapshots.bucketArn);

  sweep.allow(['dynamodb:Query'], indexArn(articles, index.articlesUnmatched));

  match.allow(['dynamodb:Query'], registry.tableArn);
  match.allow(
    ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    articles.tableArn,
  );
  // What it counts, by the hour.
  match.allow(['dynamodb:UpdateItem'], alerts.tableArn);
}
