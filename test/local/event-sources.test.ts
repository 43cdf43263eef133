import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startEventSources } from '../../local/runner/event-sources.ts';
import type { EventSourceSpec } from '../../local/runner/resources.ts';
import { failedIds } from '../../local/runner/sqs-event.ts';
import { openSqs } from '../../local/services/sqs.ts';
import type { Sqs } from '../../local/services/sqs-types.ts';

const queueArn = 'arn:aws:sqs:us-east-1:000000000000:Work';
const spec: EventSourceSpec = {
  queueArn,
  functionName: 'Worker',
  batchSize: 3,
  batchingWindowSeconds: 0,
  maxConcurrency: 1,
  reportBatchItemFailures: true,
};

interface Record {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: { readonly ApproximateReceiveCount: string };
}

let sqs: Sqs;
let stop: () => Promise<void>;
/** The bodies of each batch that the function got. */
let batches: string[][];

beforeEach(() => {
  sqs = openSqs(':memory:');
  batches = [];
  sqs.createQueue('Dead');
  sqs.createQueue('Work', {
    VisibilityTimeout: '0',
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: queueArn.replace('Work', 'Dead'),
      maxReceiveCount: 3,
    }),
  });
});
afterEach(async () => {
  await stop();
  sqs.close();
});

function start(work: (records: Record[]) => unknown, given: Partial<EventSourceSpec> = {}): void {
  const sources = startEventSources([{ ...spec, ...given }], sqs, async (name, event) => {
    expect(name).toBe('Worker');
    const { Records } = event as { Records: Record[] };
    batches.push(Records.map(({ body }) => body));
    return work(Records);
  });
  stop = sources.stop;
}

const send = (...bodies: string[]) =>
  sqs.sendAll(
    'Work',
    bodies.map((body) => ({ body })),
  );
const left = (queue: string) => sqs.messages(queue).map(({ body }) => body);

test('batches are no larger than the mapping says, and what succeeded is gone', async () => {
  send('a', 'b', 'c', 'd');
  start(() => undefined);
  await vi.waitFor(() => expect(left('Work')).toEqual([]));
  expect(batches.map((batch) => batch.length)).toEqual([3, 1]);
});

test('a record is as AWS writes it', async () => {
  let event: Record[] = [];
  sqs.send('Work', {
    body: 'a',
    sender: 'Sender',
    attributes: { n: { DataType: 'Number', StringValue: '1' } },
  });
  start((records) => {
    event = records;
  });
  await vi.waitFor(() => expect(left('Work')).toEqual([]));
  expect(event).toEqual([
    {
      messageId: expect.any(String),
      receiptHandle: expect.any(String),
      body: 'a',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: 'Sender',
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      messageAttributes: {
        n: { stringValue: '1', stringListValues: [], binaryListValues: [], dataType: 'Number' },
      },
      md5OfBody: '0cc175b9c0f1b6a831c399e269772661',
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: 'us-east-1',
    },
  ]);
});

test('of a partial failure only the failed are received again, and end in the DLQ', async () => {
  send('good', 'bad');
  start((records) => ({
    batchItemFailures: records
      .filter(({ body }) => body === 'bad')
      .map(({ messageId }) => ({ itemIdentifier: messageId })),
  }));
  await vi.waitFor(() => expect(left('Dead')).toEqual(['bad']));
  expect(left('Work')).toEqual([]);
  expect(batches.flat().filter((body) => body === 'good')).toHaveLength(1);
  expect(batches.flat().filter((body) => body === 'bad')).toHaveLength(3);
});

test('without ReportBatchItemFailures the answer is not looked at', async () => {
  send('a');
  start(([record]) => ({ batchItemFailures: [{ itemIdentifier: record!.messageId }] }), {
    reportBatchItemFailures: false,
  });
  await vi.waitFor(() => expect(left('Work')).toEqual([]));
  expect(left('Dead')).toEqual([]);
});

test('a function that throws fails its whole batch', async () => {
  send('a', 'b');
  start(() => Promise.reject(new Error('crashed')));
  await vi.waitFor(() => expect(left('Dead').sort()).toEqual(['a', 'b']));
});

test('with a batching window it waits for more', async () => {
  sqs.createQueue('Work', { VisibilityTimeout: '30' });
  send('a');
  start(() => undefined, { batchingWindowSeconds: 20 });
  send('b');
  send('c');
  await vi.waitFor(() => expect(left('Work')).toEqual([]));
  expect(batches.map((batch) => batch.toSorted())).toEqual([['a', 'b', 'c']]);
});

test('stopping waits for the batch at work and receives nothing more', async () => {
  const finish = Promise.withResolvers<void>();
  send('a');
  start(() => finish.promise);
  await vi.waitFor(() => expect(batches).toEqual([['a']]));
  const stopped = stop();
  send('b');
  finish.resolve();
  await stopped;
  expect(left('Work')).toEqual(['b']);
  expect(batches).toEqual([['a']]);
});

describe('what a function answers about its batch', () => {
  const ids = ['1', '2'];
  test.each<[string, unknown, readonly string[]]>([
    ['nothing', undefined, []],
    ['null', null, []],
    ['no list', {}, []],
    ['an empty list', { batchItemFailures: [] }, []],
    ['one', { batchItemFailures: [{ itemIdentifier: '2' }] }, ['2']],
    ['one that is not there: all', { batchItemFailures: [{ itemIdentifier: '3' }] }, ids],
    ['one without an id: all', { batchItemFailures: [{}] }, ids],
    ['no list at all: all', { batchItemFailures: 'x' }, ids],
  ])('%s', (_, answer, failed) => {
    expect(failedIds(answer, ids)).toEqual(failed);
  });
});
