/** Sends messages to SQS: in batches, and all of them or an error. */
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';

export const sqs = new SQSClient({});

export interface QueueMessage {
  /** Becomes JSON. */
  readonly body: unknown;
  /** At most 900. */
  readonly delaySeconds?: number;
}

/** A batch may be 10 messages, and 256 KB in all (some endpoints allow 1 MB). */
const batchLimits = { messages: 10, bytes: 250_000 };

/** @throws Error when a message was not accepted; others may have been, so a consumer must bear repeats */
export async function sendMessages(queueUrl: string, messages: readonly QueueMessage[]): Promise<void> {
  for (const batch of toBatches(messages)) await sendBatch(queueUrl, batch);
}

interface Entry {
  readonly text: string;
  readonly delaySeconds: number | undefined;
}

async function sendBatch(queueUrl: string, batch: readonly Entry[]): Promise<void> {
  const { Failed = [] } = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: batch.map(({ text, delaySeconds }, n) => ({
        Id: String(n),
        MessageBody: text,
        DelaySeconds: delaySeconds,
      })),
    }),
  );
  if (Failed.length === 0) return;
  const codes = [...new Set(Failed.map(({ Code }) => Code))].join(', ');
  throw new Error(`SQS refused ${Failed.length} of ${batch.length} messages: ${codes}`);
}

function toBatches(messages: readonly QueueMessage[]): Entry[][] {
  const batches: Entry[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const { body, delaySeconds } of messages) {
    const text = JSON.stringify(body);
    bytes += Buffer.byteLength(text);
    if (bytes > batchLimits.bytes || batches.at(-1)!.length === batchLimits.messages) {
      batches.push([]);
      bytes = Buffer.byteLength(text);
    }
    batches.at(-1)!.push({ text, delaySeconds });
  }
  return batches;
}
