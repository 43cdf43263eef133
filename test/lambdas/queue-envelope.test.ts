import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { queueHandler } from '../../lambdas/aws/queue-envelope.ts';

const schema = z.object({ say: z.string() });

const outcomes: readonly [bodies: string[], failed: string[]][] = [
  [['{"say":"yes"}'], []],
  [['{"say":"no"}', '{"say":"yes"}'], ['0']],
  [
    ['{"say":"no"}', '{"say":"no"}'],
    ['0', '1'],
  ],
  [
    ['not JSON', '{"say":"yes"}', '{"shout":"yes"}'],
    ['0', '2'],
  ],
  [[], []],
];

test.each(outcomes)('%j: records %j are received again', async (bodies, failed) => {
  const done: string[] = [];
  const handler = queueHandler(schema, async ({ say }) => {
    if (say === 'no') throw new Error('not now');
    done.push(say);
  });
  const { batchItemFailures } = (await handler(event(bodies), {} as Context)) ?? { batchItemFailures: [] };
  expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(failed);
  expect(done).toHaveLength(bodies.length - failed.length);
});

function event(bodies: readonly string[]): SQSEvent {
  const record = (body: string, n: number) =>
    ({
      body,
      messageId: String(n),
      eventSource: 'aws:sqs',
      attributes: { ApproximateReceiveCount: '1' },
    }) as SQSRecord;
  return { Records: bodies.map(record) };
}
