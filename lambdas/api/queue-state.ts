/** The queues of work with their dead letters, as SQS counts them: about, and some seconds late. */
import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { sqs } from '../aws/queue.ts';
import { settings } from './settings.ts';

const urls = {
  PollQueue: settings.pollQueueUrl,
  ReadQueue: settings.readQueueUrl,
  MatchQueue: settings.matchQueueUrl,
  DeliverQueue: settings.deliverQueueUrl,
};
export type QueueName = keyof typeof urls;

/** In the order in which data flows. */
export const queueNames = Object.keys(urls) as QueueName[];

export interface QueueState {
  readonly name: QueueName;
  readonly waiting: number;
  readonly inFlight: number;
  /** Messages that failed too often, also while somebody looks at them. */
  readonly dead: number;
  readonly queueArn: string;
  readonly deadLettersArn: string;
}

interface Attributes {
  readonly queueArn: string;
  readonly deadLettersArn: string;
  readonly waiting: number;
  readonly inFlight: number;
}

export async function readQueue(name: QueueName): Promise<QueueState> {
  const queue = await readAttributes(urls[name]);
  const dead = await readAttributes(besides(urls[name], queue.deadLettersArn));
  return { name, ...queue, dead: dead.waiting + dead.inFlight };
}

/** Both queues are of one account and region, so that only the name differs: the end of URL and ARN. */
function besides(url: string, arn: string): string {
  return url.slice(0, url.lastIndexOf('/') + 1) + arn.slice(arn.lastIndexOf(':') + 1);
}

async function readAttributes(QueueUrl: string): Promise<Attributes> {
  const { Attributes: found = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'QueueArn',
        'RedrivePolicy',
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesDelayed',
        'ApproximateNumberOfMessagesNotVisible',
      ],
    }),
  );
  return {
    queueArn: found.QueueArn ?? '',
    deadLettersArn: JSON.parse(found.RedrivePolicy ?? '{}').deadLetterTargetArn ?? '',
    waiting: Number(found.ApproximateNumberOfMessages) + Number(found.ApproximateNumberOfMessagesDelayed),
    inFlight: Number(found.ApproximateNumberOfMessagesNotVisible),
  };
}

/**
 * Has SQS move all dead letters back to their queue, by itself and as fast as it can.
 *
 * @returns false when it is at it already: a queue has one such task at a time
 */
export async function startRedrive({ queueArn, deadLettersArn }: QueueState): Promise<boolean> {
  const task = { SourceArn: deadLettersArn };
  const { Results = [] } = await sqs.send(new ListMessageMoveTasksCommand({ ...task, MaxResults: 1 }));
  if (Results[0]?.Status === 'RUNNING') return false;
  try {
    await sqs.send(new StartMessageMoveTaskCommand({ ...task, DestinationArn: queueArn }));
    return true;
  } catch (error) {
    // Somebody else started one since.
    if ((error as Error).name === 'UnsupportedOperation') return false;
    throw error;
  }
}
