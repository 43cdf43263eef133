import type { SendMessageBatchCommandInput } from '@aws-sdk/client-sqs';
import { beforeAll, expect, test } from 'vitest';

const queueUrl = 'https://sqs.test/queue';
let batches: NonNullable<SendMessageBatchCommandInput['Entries']>[] = [];
let refused: string[] = [];
let sendMessages: typeof import('../../lambdas/aws/queue.ts').sendMessages;

beforeAll(async () => {
  process.env.AWS_REGION = 'us-east-1';
  const queue = await import('../../lambdas/aws/queue.ts');
  sendMessages = queue.sendMessages;
  queue.sqs.middlewareStack.add(
    () => async (args) => {
      batches.push((args.input as SendMessageBatchCommandInput).Entries!);
      const Failed = refused.map((Code) => ({ Id: '0', SenderFault: false, Code }));
      return { response: {}, output: { Successful: [], Failed, $metadata: {} } };
    },
    { step: 'initialize' },
  );
});

const sizes = async (bodies: unknown[]) => {
  batches = [];
  refused = [];
  await sendMessages(
    queueUrl,
    bodies.map((body) => ({ body })),
  );
  return batches.map((entries) => entries.length);
};

test.each([
  [0, []],
  [1, [1]],
  [10, [10]],
  [25, [10, 10, 5]],
])('%i small messages are sent as %j', async (count, expected) => {
  expect(await sizes(Array(count).fill('x'))).toEqual(expected);
});

test.each([
  [100_000, [2, 2, 1]],
  [200_000, [1, 1, 1, 1, 1]],
  [20_000, [5]],
])('five messages of %i bytes are sent as %j', async (size, expected) => {
  expect(await sizes(Array(5).fill('x'.repeat(size)))).toEqual(expected);
});

test('each message keeps its body and delay', async () => {
  batches = [];
  await sendMessages(queueUrl, [{ body: { a: 1 }, delaySeconds: 7 }, { body: 'é' }]);
  expect(batches[0]).toMatchObject([
    { Id: '0', MessageBody: '{"a":1}', DelaySeconds: 7 },
    { Id: '1', MessageBody: '"é"' },
  ]);
});

test('a message that was refused is an error', async () => {
  refused = ['InternalError', 'InternalError'];
  await expect(sendMessages(queueUrl, [{ body: 1 }, { body: 2 }])).rejects.toThrow(
    '2 of 2 messages: InternalError',
  );
});
