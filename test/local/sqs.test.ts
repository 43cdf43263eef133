import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queueArn } from '../../local/services/arn.ts';
import { openSqs } from '../../local/services/sqs.ts';
import { type Local, startLocal } from './services.ts';

let local: Local;
let client: ReturnType<Local['clients']>['sqs'];
let queues = 0;
beforeAll(async () => {
  local = await startLocal();
  client = local.clients().sqs;
});
afterAll(() => local.stop());

/** A queue of its own for each test. */
async function newQueue(attributes: Record<string, string> = {}): Promise<string> {
  const QueueName = `queue-${++queues}`;
  return (await client.send(new CreateQueueCommand({ QueueName, Attributes: attributes }))).QueueUrl!;
}
const nameIn = (url: string) => url.split('/').at(-1)!;
const send = (QueueUrl: string, MessageBody = 'hello', more = {}) =>
  client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
async function receive(QueueUrl: string, more = {}) {
  const all = { MessageSystemAttributeNames: ['All' as const], MessageAttributeNames: ['All'] };
  return (await client.send(new ReceiveMessageCommand({ QueueUrl, ...all, ...more }))).Messages ?? [];
}
async function counts(QueueUrl: string) {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  return [
    Attributes.ApproximateNumberOfMessages,
    Attributes.ApproximateNumberOfMessagesNotVisible,
    Attributes.ApproximateNumberOfMessagesDelayed,
  ].map(Number);
}

describe('messages', () => {
  test('are received once, with what was sent and the digests that the client verifies', async () => {
    const url = await newQueue();
    const attributes = {
      trace: { DataType: 'String', StringValue: 'é' },
      bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
    };
    const sent = await send(url, 'né <&> 한국', { MessageAttributes: attributes });
    const [message] = await receive(url);
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'né <&> 한국',
      MessageAttributes: attributes,
      Attributes: { ApproximateReceiveCount: '1', SenderId: 'operator' },
    });
    expect(message!.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
    expect(await receive(url)).toEqual([]);
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message!.ReceiptHandle }));
    expect(await counts(url)).toEqual([0, 0, 0]);
  });

  test('wait for their delay', async () => {
    const url = await newQueue({ DelaySeconds: '10' });
    await send(url);
    await send(url, 'sooner', { DelaySeconds: 0 });
    expect((await receive(url, { MaxNumberOfMessages: 10 })).map(({ Body }) => Body)).toEqual(['sooner']);
    expect(await counts(url)).toEqual([0, 1, 1]);
    local.forward(11);
    expect((await receive(url)).map(({ Body }) => Body)).toEqual(['hello']);
  });

  test('come back after their visibility timeout, with the next receive count', async () => {
    const url = await newQueue({ VisibilityTimeout: '60' });
    await send(url);
    const [first] = await receive(url);
    local.forward(61);
    const [second] = await receive(url);
    expect(second!.Attributes!.ApproximateReceiveCount).toBe('2');
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first!.ReceiptHandle }));
    expect(await counts(url)).toEqual([0, 1, 0]); // a handle of an earlier receive deletes nothing
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: url,
        ReceiptHandle: second!.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    expect(await counts(url)).toEqual([1, 0, 0]);
  });

  test('move to the dead-letter queue after maxReceiveCount receives, and can be driven again', async () => {
    const dead = await newQueue();
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: queueArn(nameIn(dead)),
      maxReceiveCount: 2,
    });
    const url = await newQueue({ RedrivePolicy, VisibilityTimeout: '0' });
    const { MessageId } = await send(url);
    await receive(url);
    await receive(url);
    expect(await receive(url)).toEqual([]);
    const [buried] = await receive(dead, { VisibilityTimeout: 0 });
    expect(buried).toMatchObject({
      MessageId,
      Attributes: {
        ApproximateReceiveCount: '3', // over all queues
        DeadLetterQueueSourceArn: queueArn(nameIn(url)),
      },
    });
    expect(local.services.sqs.messages(nameIn(dead)).map(({ body }) => body)).toEqual(['hello']);
    const SourceArn = queueArn(nameIn(dead));
    await client.send(new StartMessageMoveTaskCommand({ SourceArn }));
    expect((await receive(url))[0]!.Attributes!.ApproximateReceiveCount).toBe('1');
    const { Results } = await client.send(new ListMessageMoveTasksCommand({ SourceArn }));
    expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
  });

  test('of a batch succeed and fail one by one', async () => {
    const url = await newQueue();
    const answer = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: 'good', MessageBody: 'a' },
          { Id: 'late', MessageBody: 'b', DelaySeconds: 901 },
        ],
      }),
    );
    expect(answer.Successful!.map(({ Id }) => Id)).toEqual(['good']);
    expect(answer.Failed).toMatchObject([{ Id: 'late', Code: 'InvalidParameterValue', SenderFault: true }]);
    const [message] = await receive(url);
    const deleted = await client.send(
      new DeleteMessageBatchCommand({
        QueueUrl: url,
        Entries: [{ Id: '1', ReceiptHandle: message!.ReceiptHandle }],
      }),
    );
    expect(deleted.Successful).toEqual([{ Id: '1' }]);
  });
});

describe('long polling', () => {
  test('answers when a message is sent', async () => {
    const url = await newQueue();
    const waiting = receive(url, { WaitTimeSeconds: 20 });
    await send(url);
    expect(await waiting).toHaveLength(1);
  });

  test('answers when a delay ends', async () => {
    const url = await newQueue();
    await send(url, 'late', { DelaySeconds: 1 });
    expect(await receive(url, { WaitTimeSeconds: 20 })).toHaveLength(1);
  });

  test('a receiver that went away takes nothing', async () => {
    const url = await newQueue();
    const gone = new AbortController();
    const { sqs } = local.services;
    const waiting = sqs.receive(nameIn(url), { waitSeconds: 20, signal: gone.signal });
    gone.abort();
    expect(await waiting).toEqual([]);
    await send(url);
    expect(await counts(url)).toEqual([1, 0, 0]);
  });

  test('of several receivers one gets the message', async () => {
    const url = await newQueue();
    const waiting = [1, 2, 3].map(() => receive(url, { WaitTimeSeconds: 2 }));
    await send(url);
    expect((await Promise.all(waiting)).flat()).toHaveLength(1);
  });
});

describe('queues', () => {
  test('are found by name and listed by prefix', async () => {
    const url = await newQueue();
    expect(await client.send(new GetQueueUrlCommand({ QueueName: nameIn(url) }))).toMatchObject({
      QueueUrl: url,
    });
    const { QueueUrls } = await client.send(new ListQueuesCommand({ QueueNamePrefix: nameIn(url) }));
    expect(QueueUrls).toContain(url);
  });

  test('are made once: the same attributes again are no error, others are', async () => {
    const QueueName = nameIn(await newQueue({ VisibilityTimeout: '7' }));
    await client.send(new CreateQueueCommand({ QueueName, Attributes: { VisibilityTimeout: '7' } }));
    await expect(
      client.send(new CreateQueueCommand({ QueueName, Attributes: { VisibilityTimeout: '8' } })),
    ).rejects.toMatchObject({ name: 'QueueNameExists' });
  });

  test('are emptied by a purge', async () => {
    const url = await newQueue();
    await send(url);
    await client.send(new PurgeQueueCommand({ QueueUrl: url }));
    expect(await counts(url)).toEqual([0, 0, 0]);
  });
});

const mebibyte = 1_048_576;
const entries = (count: number, more = {}) =>
  Array.from({ length: count }, (_, i) => ({ Id: String(i), MessageBody: 'x', ...more }));

describe('refusals', () => {
  test.each([
    ['a queue that is not there', () => send(`${local.services.url}/000000000000/none`), 'QueueDoesNotExist'],
    [
      'more than 1 MiB',
      async () => send(await newQueue(), 'x'.repeat(mebibyte + 1)),
      'InvalidParameterValue',
    ],
    ['a control character', async () => send(await newQueue(), 'a\u0001b'), 'InvalidMessageContents'],
    [
      'eleven messages',
      async () => receive(await newQueue(), { MaxNumberOfMessages: 11 }),
      'InvalidParameterValue',
    ],
    [
      'a delay over 15 minutes',
      async () => send(await newQueue(), 'x', { DelaySeconds: 901 }),
      'InvalidParameterValue',
    ],
    ['eleven entries', async () => batch(entries(11)), 'TooManyEntriesInBatchRequest'],
    ['no entries', async () => batch([]), 'EmptyBatchRequest'],
    ['an id twice', async () => batch(entries(2, { Id: 'a' })), 'BatchEntryIdsNotDistinct'],
    ['an id with a space', async () => batch(entries(1, { Id: 'a b' })), 'InvalidBatchEntryId'],
    [
      'a large batch',
      async () => batch(entries(2, { MessageBody: 'x'.repeat(mebibyte / 2 + 1) })),
      'BatchRequestTooLong',
    ],
    ['a foreign receipt handle', async () => forget('nonsense'), 'ReceiptHandleIsInvalid'],
    ['visibility of what is not in flight', async () => hide('00000000-0000#1'), 'MessageNotInflight'],
  ])('%s', async (_what, work, name) => {
    await expect(work()).rejects.toMatchObject({ name: expect.stringContaining(name) });
  });

  async function batch(Entries: { Id: string; MessageBody: string }[]) {
    return client.send(new SendMessageBatchCommand({ QueueUrl: await newQueue(), Entries }));
  }
  async function forget(ReceiptHandle: string) {
    return client.send(new DeleteMessageCommand({ QueueUrl: await newQueue(), ReceiptHandle }));
  }
  async function hide(ReceiptHandle: string) {
    const input = { QueueUrl: await newQueue(), ReceiptHandle, VisibilityTimeout: 1 };
    return client.send(new ChangeMessageVisibilityCommand(input));
  }
});

describe('after a crash', () => {
  test('everything that was answered is there, and what was in flight can be released', async () => {
    const file = `${local.dataDir}/crash.sqlite`;
    const before = openSqs(file);
    before.createQueue('work', { VisibilityTimeout: 600, DelaySeconds: 0 });
    before.sendAll('work', [{ body: 'one' }, { body: 'two', delaySeconds: 300 }]);
    await before.receive('work');
    const after = openSqs(file); // the first was never closed
    expect(after.queueNames()).toEqual(['work']);
    expect(after.counts('work')).toEqual({ visible: 0, inFlight: 1, delayed: 1 });
    after.releaseInFlight();
    expect(after.counts('work')).toEqual({ visible: 1, inFlight: 0, delayed: 1 });
    expect(await after.receive('work')).toMatchObject([{ body: 'one', receiveCount: 2 }]);
    before.close();
    after.close();
  });
});
