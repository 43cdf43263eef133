import { beforeAll, expect, test } from 'vitest';
import { variable } from '../../core/environment.ts';
import { duePartitions, partition } from '../../lambdas/keys.ts';
import type { Log } from '../../lambdas/logger.ts';
import type { DueDelivery } from '../../lambdas/messages.ts';

const now = '2026-11-23T08:00:00.000Z';
const silent = () => {};
const log: Log = { debug: silent, info: silent, warn: silent, error: silent };

type QueueDue = typeof import('../../lambdas/digest.ts').queueDue;
let queueDue: QueueDue;

beforeAll(async () => {
  process.env[variable.alertsTable] = 'alerts';
  process.env[variable.registryTable] = 'registry';
  process.env[variable.deliverQueueUrl] = 'http://127.0.0.1:1/queue';
  queueDue = (await import('../../lambdas/digest.ts')).queueDue;
});

/** Each partition holds one delivery, named after it. */
function dueIn(key: string): DueDelivery {
  return { kind: 'delivery', subscriberId: key, storyId: 'story', channelId: 'channel' };
}

const reading = { articles: 1_212, healthySources: 14, sources: 14 };
const noHeartbeats = { readDueSubscribers: async () => [], readReading: async () => reading };

const dueChannel = { kind: 'channel', subscriberId: 's', channelId: 'c' } as const;

test('what is due in any partition is queued', async () => {
  const queued: unknown[] = [];
  const asked: string[] = [];
  const readDue = async (key: string, by: string) => {
    asked.push(by);
    return [dueIn(key)];
  };
  const readDueChannels = async () => [dueChannel];
  await queueDue(
    { ...noHeartbeats, readDue, readDueChannels, queue: async (messages) => void queued.push(...messages) },
    now,
    log,
  );
  const deliveries = Array.from({ length: duePartitions }, (_, n) => dueIn(partition.dueNumber(n)));
  expect(queued).toEqual([...deliveries, dueChannel]);
  expect(new Set(asked)).toEqual(new Set([now]));
});

test('a partition that cannot be queued fails the run, after the others', async () => {
  const queued: unknown[] = [];
  const queue = async (messages: readonly { subscriberId: string }[]) => {
    if (messages[0]?.subscriberId === partition.dueNumber(0)) throw new Error('SQS refused');
    queued.push(...messages);
  };
  const ports = {
    ...noHeartbeats,
    readDue: async (key: string) => [dueIn(key)],
    readDueChannels: async () => [],
    queue,
  };
  const run = queueDue(ports, now, log);
  await expect(run).rejects.toThrow('SQS refused');
  expect(queued).toHaveLength(duePartitions - 1);
});

test('subscribers whose heartbeat is due are queued with one reading of the sources', async () => {
  const queued: unknown[] = [];
  let readings = 0;
  const readReading = async () => {
    readings++;
    return reading;
  };
  const ports = {
    readDue: async () => [],
    readDueChannels: async () => [],
    readDueSubscribers: async () => ['ana', 'ben'],
    readReading,
    queue: async (messages: readonly object[]) => void queued.push(...messages),
  };
  await queueDue(ports, now, log);
  expect(queued).toEqual(
    ['ana', 'ben'].map((subscriberId) => ({ kind: 'subscriber', subscriberId, reading })),
  );
  expect(readings).toBe(1);
});
