/**
 * All of Tocsin in one process: the handlers over an embedded DynamoDB and the local SQS and SNS, under one clock that
 * stands still while anything is to be done, and then goes on to the next minute's schedules.
 *
 *     const pipeline = await startPipeline(clock);
 *     await pipeline.runMinute();
 */

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type {
  APIGatewayProxyEventV2,
  Context,
  APIGatewayProxyStructuredResultV2 as Result,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import { vi } from 'vitest';
import { variable } from '../../core/environment.ts';
import { failedIds, sqsEvent } from '../../local/runner/sqs-event.ts';
import { queueArn } from '../../local/services/arn.ts';
import type { PolicyDocument } from '../../local/services/iam.ts';
import { startServices } from '../../local/services/services.ts';
import type { Services } from '../../local/services/services-types.ts';
import type { ReceivedMessage, Sqs } from '../../local/services/sqs-types.ts';
import { startTables, type Tables } from '../tables.ts';
import type { DayClock } from './clock.ts';

export type Pipeline = Awaited<ReturnType<typeof startPipeline>>;

const everything: PolicyDocument = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** With the time that a consumer has, times six, as `lib/` has it. */
const visibilitySeconds = 180;
const queues = ['PollQueue', 'MatchQueue', 'DeliverQueue'] as const;
type QueueName = (typeof queues)[number];

export async function startPipeline(clock: DayClock, settings: Readonly<Record<string, string>>) {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const tables = await startTables();
  const dataDir = mkdtempSync(join(tmpdir(), 'tocsin-day-'));
  const services = await openServices(tables, dataDir);
  Object.assign(process.env, environmentOf(services), settings);
  const [dispatch, sweep, digest, poll, match, deliver, api, { dynamo }, { keys }] = await Promise.all([
    import('../../lambdas/dispatch.ts'),
    import('../../lambdas/sweep.ts'),
    import('../../lambdas/digest.ts'),
    import('../../lambdas/poll.ts'),
    import('../../lambdas/match.ts'),
    import('../../lambdas/deliver.ts'),
    import('../../lambdas/api.ts'),
    import('../../lambdas/aws/dynamo.ts'),
    import('../../lambdas/keys.ts'),
  ]);
  const schedules = [dispatch.handler, sweep.handler, digest.handler];
  const consumers = { PollQueue: poll.handler, MatchQueue: match.handler, DeliverQueue: deliver.handler };
  const { sqs, sns } = services;

  /** SQS promises no order. Here it is that of the bodies, one message after the other: a day has one course. */
  async function workQueue(name: QueueName): Promise<boolean> {
    const messages = await receiveAll(sqs, name);
    for (const message of messages.toSorted((a, b) => (a.body < b.body ? -1 : 1))) {
      const event = sqsEvent(queueArn(name), [message]) as SQSEvent;
      const answer = (await consumers[name](event, {} as Context)) as SQSBatchResponse;
      if (failedIds(answer, [message.id]).length === 0) sqs.delete(name, [message.receiptHandle]);
    }
    return messages.length > 0;
  }

  async function workAll(): Promise<void> {
    await sns.settle();
    for (const name of queues) {
      if (await workQueue(name)) return workAll();
    }
  }

  const isDelayed = () => queues.some((name) => sqs.counts(name).delayed > 0);

  async function call<T>(method: string, path: string, token: string, body?: object): Promise<T> {
    const { statusCode = 0, body: text = '' } = (await api.handler(toEvent(method, path, token, body), {
      awsRequestId: 'day',
    } as Context)) as Result;
    if (statusCode >= 400) throw new Error(`${method} ${path} answered ${statusCode}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  const operator = `tocsin_op_${'o'.repeat(32)}`;
  const sha256 = createHash('sha256').update(operator).digest('hex');
  const token = { id: 'op', name: 'day', scope: 'operator', createdAt: clock.start.toISOString() };
  await dynamo.send(
    new PutCommand({
      TableName: process.env[variable.registryTable],
      Item: { ...token, ...keys.token(sha256) },
    }),
  );

  return {
    services,
    operator,
    call,
    /** What is due at the beginning of the minute, and all that follows from it until the next one. */
    async runMinute(): Promise<void> {
      const start = Date.now();
      for (const run of schedules) await run({}, {} as Context);
      await workAll();
      for (let second = 1; second < 60 && isDelayed(); second++) {
        clock.set(new Date(start + second * 1000));
        await workAll();
      }
      clock.set(new Date(start + 60_000));
    },
    async stop(): Promise<void> {
      await services.close();
      tables.stop();
      rmSync(dataDir, { recursive: true });
      vi.useRealTimers();
    },
  };
}

async function receiveAll(sqs: Sqs, name: QueueName): Promise<ReceivedMessage[]> {
  const all: ReceivedMessage[] = [];
  for (;;) {
    const messages = await sqs.receive(name, { max: 10, waitSeconds: 0, visibilitySeconds });
    if (messages.length === 0) return all;
    all.push(...messages);
  }
}

async function openServices(tables: Tables, dataDir: string): Promise<Services> {
  const services = await startServices({
    port: 0,
    host: '127.0.0.1',
    dataDir,
    policiesOf: () => [everything],
    dynamoEndpoint: tables.endpoint,
    fallback: (_, response) => void response.writeHead(404).end(),
    now: () => Date.now(),
  });
  services.sqs.createQueue('DeadLetters');
  for (const name of queues) {
    const policy = { deadLetterTargetArn: queueArn('DeadLetters'), maxReceiveCount: 5 };
    services.sqs.createQueue(name, { RedrivePolicy: JSON.stringify(policy) });
  }
  return services;
}

function environmentOf({ url, queueUrl }: Services): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_SQS: url,
    AWS_ENDPOINT_URL_SNS: url,
    [variable.pollQueueUrl]: queueUrl('PollQueue'),
    [variable.readQueueUrl]: queueUrl('ReadQueue'),
    [variable.matchQueueUrl]: queueUrl('MatchQueue'),
    [variable.deliverQueueUrl]: queueUrl('DeliverQueue'),
    [variable.undeliveredQueueArn]: queueArn('DeliverQueue'),
    [variable.topicArnPrefix]: 'arn:aws:sns:us-east-1:000000000000:Day-channel-',
    [variable.signUp]: 'invite',
    [variable.originSecret]: '',
    [variable.retentionDays]: '30',
    [variable.shortestPollSeconds]: '60',
    [variable.loopback]: 'allow',
    [variable.userAgent]: 'Tocsin/1.0 (+https://example.org/contact)',
    [variable.apiUrl]: 'https://tocsin.example',
    [variable.dashboardUrl]: 'https://tocsin.example/',
  };
}

function toEvent(method: string, path: string, token: string, body?: object): APIGatewayProxyEventV2 {
  const [rawPath = '', rawQueryString = ''] = path.split('?');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    queryStringParameters: Object.fromEntries(new URLSearchParams(rawQueryString)),
    requestContext: { http: { method, path: rawPath, sourceIp: '198.51.100.7' } },
    body: body && JSON.stringify(body),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
}
