/** A received message on the wire, with as many of its attributes as the receiver asked for. */
import { md5, md5OfAttributes } from './sqs-message.ts';
import type { MessageAttributes, ReceivedMessage } from './sqs-types.ts';

/** The attributes that SQS itself gives a message, under AWS's names. */
export function systemAttributes(message: ReceivedMessage): Record<string, string> {
  return {
    SenderId: message.sender,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(message.deadLetterSourceArn && { DeadLetterQueueSourceArn: message.deadLetterSourceArn }),
  };
}

/**
 * @param system names of system attributes, or `All`
 * @param names names of message attributes, `All`, or a prefix such as `trace.*`
 */
export function receivedMessage(message: ReceivedMessage, system: string[], names: string[]): object {
  const attributes = pick(
    systemAttributes(message),
    (name) => system.includes('All') || system.includes(name),
  );
  const messageAttributes: MessageAttributes =
    pick(message.attributes, (name) => names.some((wanted) => asks(wanted, name))) ?? {};
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: md5(message.body),
    Attributes: attributes,
    MessageAttributes: Object.keys(messageAttributes).length > 0 ? messageAttributes : undefined,
    MD5OfMessageAttributes: md5OfAttributes(messageAttributes),
  };
}

function asks(wanted: string, name: string): boolean {
  if (wanted === 'All' || wanted === name) return true;
  return wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -1));
}

function pick<T>(record: Readonly<Record<string, T>>, wanted: (name: string) => boolean) {
  const entries = Object.entries(record).filter(([name]) => wanted(name));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
