/**
 * Each minute: every delivery and digest whose time has come is queued for `deliver`. That is what is held until
 * a time, what failed and is tried again, what a function claimed and died with, and digests at their slot. And so are
 * channels whose state is to be checked, and subscribers whose weekly heartbeat is to be made.
 */

import type { Reading } from '../core/delivery/heartbeat.ts';
import { sendMessages } from './aws/queue.ts';
import { scheduleHandler } from './aws/schedule-envelope.ts';
import { readDueChannels } from './delivery/channel-due.ts';
import { readDue } from './delivery/due-deliveries.ts';
import type { DueMessage } from './delivery/due-message.ts';
import { readDueSubscribers, readReading } from './delivery/heartbeat-due.ts';
import { readEnvironment } from './environment.ts';
import { inParallel } from './in-parallel.ts';
import { duePartitions, partition } from './keys.ts';
import type { Log } from './logger.ts';
import type { DueChannel, DueSubscriber } from './messages.ts';

/** What one run queues of a partition; the rest waits for the next minute. */
const MOST_OF_A_PARTITION = 1_000;
/** SNS answers 30 questions a second in the smallest regions. */
const MOST_CHANNELS = 300;
/** Whose heartbeat one run has made. */
const MOST_SUBSCRIBERS = 1_000;

export interface DigestPorts {
  /** What is due by a time in one of the partitions, the longest due first. */
  readonly readDue: (key: string, by: string, most: number) => Promise<DueMessage[]>;
  readonly readDueChannels: (by: string, most: number) => Promise<DueChannel[]>;
  readonly readDueSubscribers: (by: string, most: number) => Promise<string[]>;
  readonly readReading: (now: string) => Promise<Reading>;
  readonly queue: (messages: readonly (DueMessage | DueChannel | DueSubscriber)[]) => Promise<void>;
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
  const heartbeats = await queueHeartbeats(ports, now);
  const deliveries = queued.reduce((sum, count) => sum + count, 0);
  log.info('queued what is due', { deliveries, channels: channels.length, heartbeats });
}

/** The sources are read once for all of them. */
async function queueHeartbeats(ports: DigestPorts, now: string): Promise<number> {
  const subscriberIds = await ports.readDueSubscribers(now, MOST_SUBSCRIBERS);
  if (subscriberIds.length === 0) return 0;
  const reading = await ports.readReading(now);
  await ports.queue(subscriberIds.map((subscriberId) => ({ kind: 'subscriber', subscriberId, reading })));
  return subscriberIds.length;
}

const { deliverQueueUrl } = readEnvironment('deliverQueueUrl');

const ports: DigestPorts = {
  readDue,
  readDueChannels,
  readDueSubscribers,
  readReading,
  queue: (messages) =>
    sendMessages(
      deliverQueueUrl,
      messages.map((body) => ({ body })),
    ),
};

export const handler = scheduleHandler((log) => queueDue(ports, new Date().toISOString(), log));
