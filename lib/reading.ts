/** From an article to the text of its page, for sources that are set to `fullText`: `read`. */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Polling } from './polling.ts';
import { ServiceFunction } from './service-function.ts';
import type { Settings } from './settings.ts';
import type { Storage } from './storage.ts';
import { userAgent } from './user-agent.ts';
import { WorkQueue } from './work-queue.ts';

export interface ReadingProps {
  readonly storage: Storage;
  readonly settings: Settings;
  /** Where articles come from. */
  readonly polling: Polling;
}

const readTimeout = Duration.seconds(60);

export class Reading extends Construct {
  readonly queue: WorkQueue;
  readonly read: ServiceFunction;

  constructor(scope: Construct, id: string, props: ReadingProps) {
    super(scope, id);
    this.queue = new WorkQueue(this, 'ReadQueue', {
      consumerTimeout: readTimeout,
      urlVariable: 'readQueueUrl',
    });

    this.read = createRead(this, props);
    this.read.consume(this.queue, { batchSize: 1, maxConcurrency: 10 });

    props.polling.poll.sendTo(this.queue);
    this.read.sendTo(this.queue);
    grant(this, props.storage);
  }
}

function createRead(scope: Construct, { storage, settings }: ReadingProps): ServiceFunction {
  return new ServiceFunction(scope, 'Read', {
    step: 'read',
    description: 'Reads the pages of new articles of one host',
    timeout: readTimeout,
    memoryMiB: 1024,
    environment: {
      registryTable: storage.registry.tableName,
      articlesTable: storage.articles.tableName,
      loopback: settings.loopback,
      userAgent: userAgent(settings),
    },
    // A host that is busy, or has more pages than one run reads, is queued again.
    sendsToItself: true,
  });
}

function grant({ read }: Reading, { registry, articles }: Storage): void {
  read.allow(['dynamodb:PutItem', 'dynamodb:DeleteItem'], registry.tableArn);
  read.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], articles.tableArn);
}
