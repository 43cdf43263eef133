/** The dead letters of one queue: shown, or moved back to where they came from. */
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

export interface DeadLetterQueue {
  readonly deadLettersUrl: string;
  /** Where the messages came from. */
  readonly queueUrl: string;
}

/** About how many there are, including those that somebody is looking at. */
export async function countDeadLetters(sqs: SQSClient, { deadLettersUrl }: DeadLetterQueue): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: deadLettersUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

/** Up to ten of them, which stay where they are. Bodies carry ids, no addresses. */
export async function peekDeadLetters(
  sqs: SQSClient,
  { deadLettersUrl }: DeadLetterQueue,
): Promise<string[]> {
  const messages = await receive(sqs, deadLettersUrl, 0);
  return messages.map(({ Body = '' }) => Body);
}

/**
 * Moves all of them back. A message is removed after it was sent, so a crash between the two repeats it, which
 * every consumer bears.
 *
 * @returns how many were moved
 */
export async function redriveDeadLetters(
  sqs: SQSClient,
  { deadLettersUrl, queueUrl }: DeadLetterQueue,
): Promise<number> {
  let moved = 0;
  for (;;) {
    const messages = await receive(sqs, deadLettersUrl, 60);
    if (messages.length === 0) return moved;
    await Promise.all(messages.map((message) => move(sqs, message, { deadLettersUrl, queueUrl })));
    moved += messages.length;
  }
}

async function receive(sqs: SQSClient, QueueUrl: string, VisibilityTimeout: number): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
  );
  return Messages;
}

/** One by one: a batch of large messages would be refused as a whole. */
async function move(
  sqs: SQSClient,
  { Body, ReceiptHandle }: Message,
  { deadLettersUrl, queueUrl }: DeadLetterQueue,
): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: Body }));
  await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLettersUrl, ReceiptHandle }));
}
