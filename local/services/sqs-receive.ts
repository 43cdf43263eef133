/** Receiving: who gets which message, when it counts as dead, and how long polling waits without polling. */
import { randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { queueArn } from './arn.ts';
import { transaction } from './database.ts';
import { redrivePolicy } from './sqs-attributes.ts';
import { type MessageRow, queuedMessage, type SqsStore } from './sqs-store.ts';
import type { ReceivedMessage, ReceiveOptions } from './sqs-types.ts';

/** @param attributes the queue's own */
export async function receiveMessages(
  store: SqsStore,
  queue: string,
  attributes: Record<string, string>,
  options: ReceiveOptions,
): Promise<ReceivedMessage[]> {
  const wait = options.waitSeconds ?? Number(attributes.ReceiveMessageWaitTimeSeconds);
  const visibility = options.visibilitySeconds ?? Number(attributes.VisibilityTimeout);
  const deadline = store.now() + wait * 1000;
  const signal = options.signal
    ? AbortSignal.any([store.closed.signal, options.signal])
    : store.closed.signal;
  while (!signal.aborted) {
    const messages = receiveNow(store, queue, attributes, options.max ?? 1, visibility);
    if (messages.length > 0 || store.now() >= deadline) return messages;
    const next = store.statement.nextVisible.get(queue, store.now())?.at as number | null;
    await untilChange(store.changes, queue, Math.min(deadline, next ?? deadline) - store.now(), signal);
  }
  return [];
}

function receiveNow(
  store: SqsStore,
  queue: string,
  attributes: Record<string, string>,
  max: number,
  visibilitySeconds: number,
): ReceivedMessage[] {
  const now = store.now();
  const oldest = now - Number(attributes.MessageRetentionPeriod) * 1000;
  for (;;) {
    const rows = store.statement.visible.all(queue, now, oldest, max) as unknown as MessageRow[];
    if (rows.length === 0) return [];
    const taken = transaction(store.database, () =>
      rows.map((row) => (bury(store, row, attributes) ? undefined : take(store, row, visibilitySeconds))),
    ).filter((message) => message !== undefined);
    if (taken.length > 0) return taken;
  }
}

/** Moves a message that was received too often to the dead-letter queue, where there is one. */
function bury(store: SqsStore, row: MessageRow, attributes: Record<string, string>): boolean {
  const policy = redrivePolicy(attributes);
  if (!policy || row.queue_receives < policy.maxReceiveCount) return false;
  if (!store.queues.has(policy.deadLetterQueue)) return false;
  store.statement.bury.run(policy.deadLetterQueue, store.now(), queueArn(row.queue), row.id);
  queueMicrotask(() => store.changes.emit(policy.deadLetterQueue));
  return true;
}

function take(store: SqsStore, row: MessageRow, visibilitySeconds: number): ReceivedMessage {
  const receiptHandle = `${row.id}#${randomUUID()}`;
  const firstReceivedAt = row.first_received_at ?? store.now();
  const visibleAt = store.now() + visibilitySeconds * 1000;
  store.statement.take.run(receiptHandle, visibleAt, firstReceivedAt, row.id);
  return { ...queuedMessage(row), receiveCount: row.receives + 1, firstReceivedAt, receiptHandle };
}

/** Resolves when the queue changes, after `ms`, or when the signal fires: whichever is first. */
function untilChange(changes: EventEmitter, queue: string, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      changes.off(queue, done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(1, ms));
    changes.on(queue, done);
    signal.addEventListener('abort', done);
  });
}
