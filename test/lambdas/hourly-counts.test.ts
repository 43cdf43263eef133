/** What functions count is added to the item of its hour, once a run, and fails nothing. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { keys } from '../../lambdas/keys.ts';
import { startTables, type Tables } from '../tables.ts';

let tables: Tables;
let modules: Awaited<ReturnType<typeof importAll>>;
const importAll = async () => ({
  ...(await import('../../lambdas/hourly-counts.ts')),
  ...(await import('../../lambdas/metrics.ts')),
  ...(await import('../../lambdas/aws/dynamo.ts')),
  ...(await import('../../lambdas/aws/queue-envelope.ts')),
  ...(await import('../../lambdas/logger.ts')),
});
beforeAll(async () => {
  tables = await startTables();
  modules = await importAll();
});
afterAll(() => tables.stop());
beforeEach(() => void modules.takeCounts());

async function readHour(at: string) {
  const { Item } = await modules.dynamo.send(
    new GetCommand({ TableName: 'ALERTS_TABLE', Key: keys.hour(at) }),
  );
  return Item;
}

const at = '2026-11-25T08:59:59.999Z';

test('counts of one hour add up, and stay for a month', async () => {
  const { addToHour } = modules;
  await addToHour(new Map([['articlesSeen', 3]]), '2026-11-25T08:00:00.000Z');
  await addToHour(
    new Map([
      ['articlesSeen', 2],
      ['deliveriesFailed', 1],
    ]),
    at,
  );
  expect(await readHour(at)).toEqual({
    ...keys.hour(at),
    articlesSeen: 5,
    deliveriesFailed: 1,
    expiresAt: Math.ceil(Date.parse(at) / 1000) + 32 * 86_400,
  });
  expect(await readHour('2026-11-25T09:00:00.000Z')).toBeUndefined();
});

test('a run without counts writes nothing', async () => {
  const { addToHour } = modules;
  const send = vi.spyOn(modules.dynamo, 'send');
  await addToHour(new Map(), at);
  await addToHour(new Map([['alertsSent', 0]]), at);
  expect(send).not.toHaveBeenCalled();
  send.mockRestore();
});

/** A handler that counts what its messages say. */
function counting() {
  const { addCount, addMetric, keepCounts, queueHandler } = modules;
  return queueHandler(z.object({ sent: z.number() }), async ({ sent }) => {
    addMetric('AlertsSent', sent);
    addCount('articlesMatched');
    addMetric('MatchLatency', 7);
  }).use(keepCounts());
}

const event = (...sent: number[]) =>
  ({
    Records: sent.map((count, n) => ({
      body: JSON.stringify({ sent: count }),
      messageId: String(n),
      eventSource: 'aws:sqs',
      attributes: { ApproximateReceiveCount: '1' },
    })) as SQSRecord[],
  }) as SQSEvent;

test('a run adds all that its messages counted with one write', async () => {
  const before = (await readHour(new Date().toISOString()))?.alertsSent ?? 0;
  const started = new Date().toISOString();
  const send = vi.spyOn(modules.dynamo, 'send');
  await counting()(event(2, 3, 1), {} as Context);
  expect(send).toHaveBeenCalledTimes(1);
  send.mockRestore();
  // The run may have ended in the next hour.
  const hours = new Set([started, new Date().toISOString()].map((time) => time.slice(0, 13)));
  const items = await Promise.all([...hours].map(readHour));
  expect(items.reduce((sum, item) => sum + (item?.alertsSent ?? 0), 0)).toBe(before + 6);
});

test('counts that cannot be kept fail no message', async () => {
  const warn = vi.spyOn(modules.logger, 'warn').mockImplementation(() => {});
  const send = vi.spyOn(modules.dynamo, 'send').mockRejectedValue(new Error('throttled') as never);
  const answer = await counting()(event(1), {} as Context);
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(warn).toHaveBeenCalledWith('counts not kept', expect.anything());
  send.mockRestore();
  warn.mockRestore();
});
