import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { topicArn } from '../../local/services/arn.ts';
import { openSns } from '../../local/services/sns.ts';
import { openSqs } from '../../local/services/sqs.ts';
import { until } from './services.ts';
import { startWebhook, type Webhook } from './webhook.ts';

let dataDir: string;
let server: ChildProcess;
let webhook: Webhook;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tocsin-crash-'));
  webhook = await startWebhook();
});
afterEach(() => {
  server.kill('SIGKILL');
  webhook.close();
  rmSync(dataDir, { recursive: true });
});

async function serve() {
  server = spawn(process.execPath, [join(import.meta.dirname, 'serve.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(server.stdout!, 'data');
  const endpoint = String(line).trim();
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'local' };
  const config = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  return { endpoint, sns: new SNSClient(config), sqs: new SQSClient(config) };
}

const TopicArn = topicArn('news');

test('kill -9 under load: what was answered is there, each once', async () => {
  const { endpoint, sns, sqs } = await serve();
  const acknowledged = { published: new Set<string>(), queued: new Set<string>() };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'a@example.com' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: webhook.url }));
  await until(() => webhook.received[0]);
  await fetch(JSON.parse(webhook.received[0]!.body).SubscribeURL);
  const { messages } = (await (await fetch(`${endpoint}/_local/inbox`)).json()) as {
    messages: { protocol: string; body: string }[];
  };
  const mail = messages.find(({ protocol }) => protocol === 'email')!;
  await fetch(mail.body.split('\n').find((line) => line.includes('/_local/confirm'))!);

  let count = 0;
  const load = async () => {
    for (;;) {
      const text = `message ${++count}`;
      await sns.send(new PublishCommand({ TopicArn, Message: text }));
      acknowledged.published.add(text);
      const QueueUrl = `${endpoint}/000000000000/work`;
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: text }));
      acknowledged.queued.add(text);
    }
  };
  const loads = [1, 2, 3, 4].map(() => load().catch(() => {}));
  await until(() => acknowledged.queued.size >= 100);
  server.kill('SIGKILL');
  await Promise.all(loads);

  const sqsAfter = openSqs(join(dataDir, 'sqs.sqlite'));
  const queued = sqsAfter.messages('work', -1).map(({ body }) => body);
  expect(queued).toEqual([...new Set(queued)]);
  expect(queued).toEqual(expect.arrayContaining([...acknowledged.queued]));

  const after = openSns(join(dataDir, 'sns.sqlite'), { sqs: sqsAfter, baseUrl: () => endpoint });
  const inboxOf = (protocol: string) =>
    after.inbox
      .list()
      .filter((message) => message.protocol === protocol)
      .map(({ body }) => body.split('\n')[0]!)
      .filter((line) => line.startsWith('message '));
  await until(() => [...acknowledged.published].every((text) => inboxOf('http').includes(text)));
  expect(inboxOf('email')).toEqual(expect.arrayContaining([...acknowledged.published]));
  for (const protocol of ['email', 'http'])
    expect(inboxOf(protocol).length).toBe(new Set(inboxOf(protocol)).size);
  await after.close();
  sqsAfter.close();
});
