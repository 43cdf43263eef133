/**
 * A durable SQS in one SQLite file: standard queues with receive counts, delays, visibility and dead-letter queues.
 *
 *     const sqs = openSqs('.tocsin/sqs.sqlite');
 *     sqs.createQueue('DeadLetters');
 *     sqs.createQueue('Polls', { RedrivePolicy: { deadLetterTargetArn: queueArn('DeadLetters'), maxReceiveCount: 5 } });
 *     sqs.send('Polls', { body: '{}' });
 *     const [message] = await sqs.receive('Polls', { waitSeconds: 20 });
 */
import { randomUUID } from 'node:crypto';
import { nameOf } from './arn.ts';
import { transaction } from './database.ts';
import { ServiceError } from './service-error.ts';
import { completeAttributes } from './sqs-attributes.ts';
import { refuseMessage } from './sqs-message.ts';
import { receiveMessages } from './sqs-receive.ts';
import { type MessageRow, openSqsStore, queuedMessage, type SqsStore } from './sqs-store.ts';
import type { OutgoingMessage, QueueAttributes, QueueCounts, Sqs } from './sqs-types.ts';

/** Opens the file, or makes it. Throws where it cannot be read. `now` answers epoch milliseconds. */
export function openSqs(file: string, { now = Date.now }: { now?: () => number } = {}): Sqs {
  const store = openSqsStore(file, now);
  expire(store);
  return {
    createQueue: (queue, attributes = {}) => createQueue(store, queue, attributes),
    queueNames: () => [...store.queues.keys()].sort(),
    attributes: (queue) => ({ ...attributesOf(store, queue) }),
    counts: (queue) => counts(store, queue),
    send: (queue, message) => sendAll(store, queue, [message])[0]!,
    sendAll: (queue, messages) => sendAll(store, queue, messages),
    receive: async (queue, options = {}) =>
      receiveMessages(store, queue, attributesOf(store, queue), options),
    delete: (queue, receiptHandles) => deleteAll(store, queue, receiptHandles),
    changeVisibility: (queue, handle, seconds) => changeVisibility(store, queue, handle, seconds),
    messages: (queue, limit = 1000) => rowsOf(store, queue, limit).map(queuedMessage),
    purge: (queue) => void (attributesOf(store, queue) && store.statement.purge.run(queue)),
    redrive: (queue, destination) => redrive(store, queue, destination),
    releaseInFlight: () => releaseInFlight(store),
    close() {
      store.closed.abort();
      store.database.close();
    },
  };
}

function createQueue(store: SqsStore, queue: string, attributes: QueueAttributes): void {
  if (!/^[\w-]{1,80}$/.test(queue))
    throw new ServiceError(
      'InvalidParameterValue',
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  const complete = completeAttributes(attributes);
  store.statement.saveQueue.run(queue, JSON.stringify(complete));
  store.queues.set(queue, complete);
}

function attributesOf(store: SqsStore, queue: string): Record<string, string> {
  const found = store.queues.get(queue);
  if (found) return found;
  throw new ServiceError('AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.');
}

function counts(store: SqsStore, queue: string): QueueCounts {
  attributesOf(store, queue);
  return { ...store.statement.counts.get(store.now(), queue) } as unknown as QueueCounts;
}

function rowsOf(store: SqsStore, queue: string, limit: number): MessageRow[] {
  attributesOf(store, queue);
  return store.statement.all.all(queue, limit) as unknown as MessageRow[];
}

function sendAll(store: SqsStore, queue: string, messages: readonly OutgoingMessage[]): string[] {
  const { MaximumMessageSize } = attributesOf(store, queue);
  for (const message of messages) refuseMessage(message, Number(MaximumMessageSize));
  const ids = transaction(store.database, () => messages.map((message) => insert(store, queue, message)));
  store.changes.emit(queue);
  return ids;
}

function insert(store: SqsStore, queue: string, message: OutgoingMessage): string {
  const id = randomUUID();
  const sentAt = store.now();
  const delay = message.delaySeconds ?? Number(attributesOf(store, queue).DelaySeconds);
  const attributes = JSON.stringify(message.attributes ?? {});
  const sender = message.sender ?? 'local';
  store.statement.insert.run(id, queue, message.body, attributes, sender, sentAt, sentAt + delay * 1000);
  return id;
}

function deleteAll(store: SqsStore, queue: string, receiptHandles: readonly string[]): void {
  attributesOf(store, queue);
  const handles = receiptHandles.map((handle) => ({ handle, id: messageIdOf(handle) }));
  transaction(store.database, () => {
    for (const { handle, id } of handles) store.statement.delete.run(id, queue, handle);
  });
}

function changeVisibility(store: SqsStore, queue: string, receiptHandle: string, seconds: number): void {
  attributesOf(store, queue);
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > 43_200)
    throw new ServiceError(
      'InvalidParameterValue',
      `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200.`,
    );
  const now = store.now();
  const id = messageIdOf(receiptHandle);
  const { changes } = store.statement.visibility.run(now + seconds * 1000, id, queue, receiptHandle, now);
  if (changes === 0)
    throw new ServiceError(
      'AWS.SimpleQueueService.MessageNotInflight',
      'The message referred to is not in flight.',
    );
  store.changes.emit(queue);
}

function redrive(store: SqsStore, queue: string, destination?: string): number {
  const targetOf = (row: MessageRow) => destination ?? nameOf(row.source_arn ?? '');
  const movable = rowsOf(store, queue, -1).filter((row) => store.queues.has(targetOf(row)));
  transaction(store.database, () => {
    for (const row of movable)
      store.statement.redrive.run(randomUUID(), targetOf(row), store.now(), store.now(), row.id);
  });
  for (const target of new Set(movable.map(targetOf))) store.changes.emit(target);
  return movable.length;
}

function releaseInFlight(store: SqsStore): void {
  store.statement.release.run(store.now());
  for (const queue of store.queues.keys()) store.changes.emit(queue);
}

/** What is older than its queue's retention period is never received; it is removed when the file is opened. */
function expire(store: SqsStore): void {
  for (const [queue, attributes] of store.queues)
    store.statement.expire.run(queue, store.now() - Number(attributes.MessageRetentionPeriod) * 1000);
}

function messageIdOf(receiptHandle: string): string {
  const [id, rest] = receiptHandle.split('#');
  if (id && rest) return id;
  throw new ServiceError(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`,
  );
}
