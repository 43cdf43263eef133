/**
 * Queues as event sources of functions: batches are received, handed to the function and deleted where it
 * succeeded. What failed becomes visible again with the queue's own timeout, and so ends in its DLQ.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { ReceivedMessage, Sqs } from '../services/sqs-types.ts';
import { concurrencyLimit } from './functions.ts';
import type { EventSourceSpec } from './resources.ts';
import { failedIds, sqsEvent } from './sqs-event.ts';

export interface EventSources {
  /** Receives nothing more, and waits a while for the batches that are being worked on. */
  stop(): Promise<void>;
}

type Invoke = (functionName: string, event: object) => Promise<unknown>;

/** SQS hands out at most ten messages a call. */
const largestReceive = 10;
const drainMs = 5000;

export function startEventSources(specs: readonly EventSourceSpec[], sqs: Sqs, invoke: Invoke): EventSources {
  const stopping = new AbortController();
  const pollers = specs.flatMap((spec) => {
    const count = Math.min(spec.maxConcurrency ?? concurrencyLimit, concurrencyLimit);
    const poll = () =>
      pollQueue(spec, sqs, invoke, stopping.signal).catch((error) => {
        if (!stopping.signal.aborted) throw error; // the queues are closed when the wait was too long
      });
    return Array.from({ length: count }, poll);
  });
  return {
    async stop() {
      stopping.abort();
      await Promise.race([Promise.all(pollers), delay(drainMs, undefined, { ref: false })]);
    },
  };
}

async function pollQueue(
  spec: EventSourceSpec,
  sqs: Sqs,
  invoke: Invoke,
  signal: AbortSignal,
): Promise<void> {
  const queue = spec.queueArn.split(':').at(-1)!;
  while (!signal.aborted) {
    const messages = await receiveBatch(spec, sqs, queue, signal);
    if (messages.length > 0) await workBatch(spec, sqs, queue, messages, invoke);
  }
}

/** Up to a batch: what is there at once, and with a batching window what comes within it. */
async function receiveBatch(
  { batchSize, batchingWindowSeconds }: EventSourceSpec,
  sqs: Sqs,
  queue: string,
  signal: AbortSignal,
): Promise<ReceivedMessage[]> {
  const receive = (max: number, waitSeconds: number) =>
    sqs.receive(queue, { max: Math.min(max, largestReceive), waitSeconds, signal });
  const batch = await receive(batchSize, 20);
  const end = Date.now() + batchingWindowSeconds * 1000;
  while (batch.length > 0 && batch.length < batchSize && Date.now() < end && !signal.aborted)
    batch.push(...(await receive(batchSize - batch.length, (end - Date.now()) / 1000)));
  return batch;
}

async function workBatch(
  spec: EventSourceSpec,
  sqs: Sqs,
  queue: string,
  messages: readonly ReceivedMessage[],
  invoke: Invoke,
): Promise<void> {
  const ids = messages.map(({ id }) => id);
  const failed = await invoke(spec.functionName, sqsEvent(spec.queueArn, messages)).then(
    (answer) => (spec.reportBatchItemFailures ? failedIds(answer, ids) : []),
    () => ids,
  );
  const done = messages.filter(({ id }) => !failed.includes(id));
  sqs.delete(
    queue,
    done.map(({ receiptHandle }) => receiptHandle),
  );
}
