/**
 * An SQS whose four queues hold as many messages as a test says. That our calls are understood by SQS as it is,
 * `test/local` and the end-to-end run show.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { variable } from '../../../core/environment.ts';

export interface QueueDouble {
  waiting: number;
  delayed: number;
  inFlight: number;
  dead: number;
  /** Dead letters that somebody is looking at. */
  seen: number;
  task?: 'RUNNING' | 'COMPLETED';
}

export interface SqsDouble {
  readonly endpoint: string;
  /** By name, such as `PollQueue`. */
  readonly queues: Map<string, QueueDouble>;
  /** What was sent to any of them, in order. */
  readonly sent: unknown[];
  /** From where to where dead letters were moved. */
  readonly moved: { readonly from: string; readonly to: string }[];
  /** Whether a task starts between the question and the start. */
  race: boolean;
  stop(): void;
}

const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const nameIn = (text: string) => text.split(/[/:]/).at(-1)!;

export async function startSqsDouble(): Promise<SqsDouble> {
  const names = ['PollQueue', 'ReadQueue', 'MatchQueue', 'DeliverQueue'];
  const empty = () => ({ waiting: 0, delayed: 0, inFlight: 0, dead: 0, seen: 0 });
  const queues = new Map<string, QueueDouble>(names.map((name) => [name, empty()]));
  const sent: unknown[] = [];
  const moved: { from: string; to: string }[] = [];
  const queueOf = (text: string) => queues.get(nameIn(text).replace('Dead', ''))!;

  const counts = (waiting: number, delayed: number, inFlight: number) => ({
    ApproximateNumberOfMessages: String(waiting),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
  });
  function attributes(url: string) {
    const name = nameIn(url);
    const { waiting, delayed, inFlight, dead, seen } = queueOf(url);
    if (name.endsWith('Dead')) return { QueueArn: arn(name), ...counts(dead, 0, seen) };
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn(`${name}Dead`), maxReceiveCount: 5 });
    return { QueueArn: arn(name), RedrivePolicy, ...counts(waiting, delayed, inFlight) };
  }

  function answer(action: string, input: Record<string, string>): object | undefined {
    if (action === 'SendMessageBatch') {
      const entries = input.Entries as unknown as { MessageBody: string }[];
      sent.push(...entries.map(({ MessageBody }) => JSON.parse(MessageBody)));
      return { Successful: [], Failed: [] };
    }
    if (action === 'GetQueueAttributes') return { Attributes: attributes(input.QueueUrl!) };
    const queue = queueOf(input.SourceArn!);
    if (action === 'ListMessageMoveTasks') return { Results: queue.task ? [{ Status: queue.task }] : [] };
    if (double.race) return undefined;
    moved.push({ from: nameIn(input.SourceArn!), to: nameIn(input.DestinationArn!) });
    queue.task = 'RUNNING';
    return { TaskHandle: 'handle' };
  }

  const server = createServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).split('.')[1]!;
    const result = answer(action, (await json(request)) as Record<string, string>);
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    if (result) response.end(JSON.stringify(result));
    else response.writeHead(400).end('{"__type":"com.amazonaws.sqs#UnsupportedOperation"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const urlOf = (name: string) => `${endpoint}/000000000000/${name}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SQS: endpoint,
    [variable.pollQueueUrl]: urlOf('PollQueue'),
    [variable.readQueueUrl]: urlOf('ReadQueue'),
    [variable.matchQueueUrl]: urlOf('MatchQueue'),
    [variable.deliverQueueUrl]: urlOf('DeliverQueue'),
  });
  const double: SqsDouble = {
    endpoint,
    queues,
    sent,
    moved,
    race: false,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return double;
}
