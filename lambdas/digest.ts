/**
 * Each minute: every delivery and digest whose time has come is queued for `deliver`. That is what is held until
 * a time, what failed and is tried again, what a function claimed and died with, and digests at their slot. And so are
 * channels whose state is to be checked.
 */

import { sendMessages } from './aws/queue.ts';
import { scheduleHandler } from './aws/schedule-envelope.ts';
import { readDueChannels } from './delivery/channel-due.ts';
import { readDue } from './delivery/due-deliveries.ts';
import { readEnvironment } from './environment.ts';
import { inParallel } from './in-parallel.ts';
import { duePartitions, partition } from './keys.ts';
import type { Log } from './logger.ts';
import type { DueChannel, DueDelivery, DueDigest } from './messages.ts';

/** What one run queues of a partition; the rest waits for the next minute. */
const MOST_OF_A_PARTITION = 1_000;
/** SNS answers 30 questions a second in the smallest regions. */
const MOST_CHANNELS = 300;

export interface DigestPorts {
  /** What is due by a time in one of the partitions, the longest due first. */
  readonly readDue: (key: string, by: string, most: number) => Promise<(DueDelivery | DueDigest)[]>;
  readonly readDueChannels: (by: string, most: number) => Promise<DueChannel[]>;
  readonly queue: (messages: readonly (DueDelivery | DueDigest | DueChannel)[]) => Promise<void>;
}

/** @throws when something could not be queued; it is found again in the next minute */
export async function queueDue(ports: DigestPorts, now: string, log: Log): Promise<void> {
  const partitions = Array.from({ length: duePartitions }, (_, n) => partition.dueNumber(n));
  const queued = await inParallel(partitions, duePartitions, async (key) => {
    const due = await ports.readDue(key, now, MOST_OF_A_PARTITION);
    await ports.queue(due);
    return due.length;
  });
  const channels = await ports.readDueChannels(now, MOST_CHANNELS);
  await ports.queue(channels);
  const deliveries = queued.reduce((sum, count) => sum + count, 0);
  log.info('queued what is due', { deliveries, channels: channels.length });
}

const { deliverQueueUrl } = readEnvironment('deliverQueueUrl');

const ports: DigestPorts = {
  readDue,
  readDueChannels,
  queue: (messages) =>
    sendMessages(
      deliverQueueUrl,
      messages.map((body) => ({ body })),
    ),
};

export const handler = scheduleHandler((log) => queueDue(ports, new Date().toISOString(), log));
