import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { findOutputs } from '../../bin/stack-outputs.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-outputs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const parts = {
  RegistryTable: 'Registry',
  ArticlesTable: 'Articles',
  AlertsTable: 'Alerts',
  SnapshotBucket: 'snapshots',
  PollQueueUrl: 'https://sqs/poll',
  ReadQueueUrl: 'https://sqs/read',
  MatchQueueUrl: 'https://sqs/match',
  DeliverQueueUrl: 'https://sqs/deliver',
  PollDeadLettersUrl: 'https://sqs/poll-dead',
  ReadDeadLettersUrl: 'https://sqs/read-dead',
  MatchDeadLettersUrl: 'https://sqs/match-dead',
  DeliverDeadLettersUrl: 'https://sqs/deliver-dead',
  TopicArnPrefix: 'arn:aws:sns:eu-west-1:123456789012:Tocsin-channel-',
};

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

it('reads what a deploy wrote, and the region from it', async () => {
  const outputs = write('one.json', { Tocsin: parts });
  expect(await findOutputs({ outputs })).toEqual({ ...parts, region: 'eu-west-1' });
});

it('asks which of several stacks', async () => {
  const outputs = write('two.json', { A: { ...parts, AlertsTable: 'A' }, B: { ...parts, AlertsTable: 'B' } });
  await expect(findOutputs({ outputs })).rejects.toThrow('has the stacks A, B: choose with --stack NAME');
  expect(await findOutputs({ outputs, stack: 'B' })).toMatchObject({ AlertsTable: 'B' });
});

it('says what to do when nothing was deployed', async () => {
  await expect(findOutputs({ outputs: join(folder, 'none.json') })).rejects.toThrow(
    /There is no .*none\.json\. Deploy first, or say where/,
  );
});

it('refuses the outputs of another program, naming what is missing', async () => {
  const { AlertsTable: _, ...rest } = parts;
  const outputs = write('other.json', { Shop: rest });
  await expect(findOutputs({ outputs })).rejects.toThrow(
    /is no stack of Tocsin: it has no output AlertsTable/,
  );
});

it('asks CloudFormation by name', async () => {
  const members = Object.entries(parts).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  const server = createServer((_, response) =>
    response.end(
      `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>News</StackName><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    ),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  expect(await findOutputs({ stack: 'News' })).toEqual({ ...parts, region: 'eu-west-1' });
  vi.unstubAllEnvs();
  server.close();
});
