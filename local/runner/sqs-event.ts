/** Messages as Lambda hands them to a function, and what the function answers about them. */
import { createHash } from 'node:crypto';
import type { MessageAttributes, ReceivedMessage } from '../services/sqs-types.ts';
import { region } from './names.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function sqsEvent(queueArn: string, messages: readonly ReceivedMessage[]): object {
  return { Records: messages.map((message) => sqsRecord(queueArn, message)) };
}

function sqsRecord(queueArn: string, message: ReceivedMessage): object {
  return {
    messageId: message.id,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      SenderId: message.sender,
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      ...(message.deadLetterSourceArn ? { DeadLetterQueueSourceArn: message.deadLetterSourceArn } : {}),
    },
    messageAttributes: attributesOf(message.attributes),
    md5OfBody: createHash('md5').update(message.body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}

function attributesOf(attributes: MessageAttributes): object {
  const entries = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    {
      ...(StringValue === undefined ? {} : { stringValue: StringValue }),
      ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
      stringListValues: [],
      binaryListValues: [],
      dataType: DataType,
    },
  ]);
  return Object.fromEntries(entries);
}

/**
 * The ids of the messages that are to be received again. An answer that names a message of no batch, or none,
 * counts as the failure of all, as on AWS.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function failedIds(answer: unknown, ids: readonly string[]): readonly string[] {
  const { batchItemFailures } = (answer ?? {}) as { batchItemFailures?: unknown };
  if (batchItemFailures === undefined || batchItemFailures === null) return [];
  if (!Array.isArray(batchItemFailures)) return ids;
  const failed = batchItemFailures.map(
    (failure) => (failure as { itemIdentifier?: unknown })?.itemIdentifier,
  );
  return failed.every((id) => ids.includes(id as string)) ? (failed as string[]) : ids;
}
