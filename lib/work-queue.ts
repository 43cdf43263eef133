/** A queue of work with its dead letters: what was received five times in vain waits there for the operator. */
import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { variable } from '../core/environment.ts';

export interface WorkQueueProps {
  /** Timeout of the function that works the queue off. */
  readonly consumerTimeout: Duration;
  /** The variable in which senders find the queue's URL. */
  readonly urlVariable: keyof typeof variable;
}

export class WorkQueue extends Construct {
  readonly name: string;
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly urlVariable: keyof typeof variable;

  constructor(scope: Construct, id: string, { consumerTimeout, urlVariable }: WorkQueueProps) {
    super(scope, id);
    const safe = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };

    this.deadLetters = new Queue(this, 'DeadLetters', { ...safe, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Queue', {
      ...safe,
      // At least six times: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(6 * consumerTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    this.name = id;
    this.urlVariable = urlVariable;
  }
}
