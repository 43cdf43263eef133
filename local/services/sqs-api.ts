/**
 * SQS's operations as its JSON protocol carries them: one function per operation, from its input to its output.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html
 */
import { nameOf, queueArn } from './arn.ts';
import { ServiceError } from './service-error.ts';
import { completeAttributes } from './sqs-attributes.ts';
import { eachEntry, refuseEntries } from './sqs-batch.ts';
import { md5, md5OfAttributes, refuseBatch } from './sqs-message.ts';
import { moveTasks } from './sqs-move-tasks.ts';
import type { SqsInput, SqsOperation } from './sqs-operation.ts';
import { receivedMessage } from './sqs-received.ts';
import type { OutgoingMessage, Sqs } from './sqs-types.ts';

/** @param queueUrl answers the URL of a queue; it depends on the port the server listens on */
export function sqsOperations(
  sqs: Sqs,
  queueUrl: (name: string) => string,
  now: () => number,
): Record<string, SqsOperation> {
  return {
    ...queueOperations(sqs, queueUrl),
    ...moveTasks(sqs, now),
    SendMessage: (input, { caller }) => {
      const message = outgoing(input, caller);
      return { ...digests(message), MessageId: sqs.send(queueOf(input), message) };
    },
    SendMessageBatch: (input, { caller }) => sendBatch(sqs, input, caller),
    ReceiveMessage: async (input, { signal }) => {
      const messages = await receive(sqs, input, signal);
      return messages.length > 0 ? { Messages: messages } : {};
    },
    DeleteMessage: (input) => {
      sqs.delete(queueOf(input), [required(input, 'ReceiptHandle')]);
      return {};
    },
    DeleteMessageBatch: (input) =>
      eachEntry(input.Entries, (entry) => sqs.delete(queueOf(input), [required(entry, 'ReceiptHandle')])),
    ChangeMessageVisibility: (input) => {
      changeVisibility(sqs, queueOf(input), input);
      return {};
    },
    ChangeMessageVisibilityBatch: (input) =>
      eachEntry(input.Entries, (entry) => changeVisibility(sqs, queueOf(input), entry)),
  };
}

function queueOperations(sqs: Sqs, queueUrl: (name: string) => string): Record<string, SqsOperation> {
  return {
    CreateQueue: (input) => {
      const name = required(input, 'QueueName');
      if (sqs.queueNames().includes(name)) refuseOtherAttributes(sqs.attributes(name), input.Attributes);
      else sqs.createQueue(name, input.Attributes);
      return { QueueUrl: queueUrl(name) };
    },
    GetQueueUrl: (input) => {
      const name = required(input, 'QueueName');
      sqs.attributes(name);
      return { QueueUrl: queueUrl(name) };
    },
    ListQueues: ({ QueueNamePrefix = '' }) => {
      const names = sqs.queueNames().filter((name) => name.startsWith(QueueNamePrefix));
      return names.length > 0 ? { QueueUrls: names.map(queueUrl) } : {};
    },
    GetQueueAttributes: (input) => {
      const all = queueAttributes(sqs, queueOf(input));
      const names = input.AttributeNames ?? [];
      const wanted = Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name));
      return wanted.length > 0 ? { Attributes: Object.fromEntries(wanted) } : {};
    },
    SetQueueAttributes: (input) => {
      const queue = queueOf(input);
      sqs.createQueue(queue, { ...sqs.attributes(queue), ...input.Attributes });
      return {};
    },
    PurgeQueue: (input) => {
      sqs.purge(queueOf(input));
      return {};
    },
  };
}

function queueAttributes(sqs: Sqs, queue: string): Record<string, string> {
  const counts = sqs.counts(queue);
  return {
    ...sqs.attributes(queue),
    QueueArn: queueArn(queue),
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
  };
}

function refuseOtherAttributes(existing: Record<string, string>, given: Record<string, string> = {}): void {
  const wanted = completeAttributes({ ...existing, ...given });
  const different = Object.keys(wanted).find((name) => wanted[name] !== existing[name]);
  if (different)
    throw new ServiceError(
      'QueueAlreadyExists',
      `A queue already exists with the same name and a different value for attribute ${different}`,
    );
}

/** All in one sync to the disk; where one is refused, one by one. */
function sendBatch(sqs: Sqs, input: SqsInput, caller: string): object {
  const queue = queueOf(input);
  const messages = (input.Entries ?? []).map((entry) => outgoing(entry, caller));
  refuseEntries(input.Entries);
  refuseBatch(messages);
  const ids = sendTogether(sqs, queue, messages);
  return eachEntry(input.Entries, (_entry, i) => {
    const message = messages[i]!;
    return { ...digests(message), MessageId: ids?.[i] ?? sqs.send(queue, message) };
  });
}

function sendTogether(sqs: Sqs, queue: string, messages: readonly OutgoingMessage[]): string[] | undefined {
  try {
    return sqs.sendAll(queue, messages);
  } catch (error) {
    if (error instanceof ServiceError) return undefined;
    throw error;
  }
}

function outgoing(input: SqsInput, sender: string): OutgoingMessage {
  return {
    body: input.MessageBody ?? '',
    attributes: input.MessageAttributes ?? {},
    sender,
    ...(input.DelaySeconds !== undefined && { delaySeconds: input.DelaySeconds }),
  };
}

function digests({ body, attributes = {} }: OutgoingMessage): object {
  return { MD5OfMessageBody: md5(body), MD5OfMessageAttributes: md5OfAttributes(attributes) };
}

async function receive(sqs: Sqs, input: SqsInput, signal: AbortSignal): Promise<object[]> {
  const max = within(input.MaxNumberOfMessages ?? 1, 'MaxNumberOfMessages', 1, 10);
  const messages = await sqs.receive(queueOf(input), {
    max,
    signal,
    ...(input.VisibilityTimeout !== undefined && {
      visibilitySeconds: within(input.VisibilityTimeout, 'VisibilityTimeout', 0, 43_200),
    }),
    ...(input.WaitTimeSeconds !== undefined && {
      waitSeconds: within(input.WaitTimeSeconds, 'WaitTimeSeconds', 0, 20),
    }),
  });
  const system = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  return messages.map((message) => receivedMessage(message, system, input.MessageAttributeNames ?? []));
}

function changeVisibility(sqs: Sqs, queue: string, input: SqsInput): void {
  if (input.VisibilityTimeout === undefined) throw missing('VisibilityTimeout');
  sqs.changeVisibility(queue, required(input, 'ReceiptHandle'), input.VisibilityTimeout);
}

function within(value: number, name: string, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ServiceError(
    'InvalidParameterValue',
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}

const queueOf = (input: SqsInput) => nameOf(required(input, 'QueueUrl'));

function required(input: SqsInput, name: 'QueueUrl' | 'QueueName' | 'ReceiptHandle'): string {
  const value = input[name];
  if (value) return value;
  throw missing(name);
}

function missing(name: string): ServiceError {
  return new ServiceError('MissingParameter', `The request must contain the parameter ${name}.`);
}
