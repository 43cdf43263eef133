import { createServer } from 'node:http';
import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queueArn, tableArn, topicArn } from '../../local/services/arn.ts';
import type { PolicyDocument, PolicyStatement } from '../../local/services/iam.ts';
import { openS3 } from '../../local/services/s3.ts';
import { ServiceError } from '../../local/services/service-error.ts';
import type { Call } from '../../local/services/services-types.ts';
import { startTables, type Tables } from '../tables.ts';
import { everything, type Local, startLocal } from './services.ts';

let tables: Tables;
let local: Local;
let calls: Call[] = [];
const allow = (Action: string | string[], Resource: string): PolicyStatement => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const policies: Record<string, PolicyDocument> = {
  operator: everything,
  reader: { Statement: allow('s3:GetObject', 'arn:aws:s3:::snapshots/*') },
  match: {
    Statement: [
      allow('sqs:SendMessage', queueArn('deliver')),
      allow(['dynamodb:PutItem', 'dynamodb:Query'], tableArn('REGISTRY_TABLE')),
      { Effect: 'Allow', Action: 'sns:Publish', NotResource: 'arn:aws:sns:*:*:*' },
    ],
  },
};
beforeAll(async () => {
  tables = await startTables();
  local = await startLocal({
    dynamoEndpoint: tables.endpoint,
    policiesOf: (caller) => policies[caller] && [policies[caller]],
    onCall: (call) => void calls.push(call),
  });
  for (const queue of ['deliver', 'poll']) local.services.sqs.createQueue(queue);
  local.services.sns.createTopic('t');
  local.services.s3.createBucket('snapshots');
});
afterAll(async () => {
  await local.stop();
  tables.stop();
});

const queueUrl = (name: string) => local.services.queueUrl(name);
const item = (pk: string) => ({ pk: { S: pk }, sk: { S: 's' } });

describe('IAM', () => {
  test('what the policies allow is carried out', async () => {
    const { sqs, sns, dynamo } = local.clients('match');
    const Entries = [{ Id: '1', MessageBody: 'm' }];
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl('deliver'), Entries }));
    await sns.send(new PublishCommand({ PhoneNumber: '+15555550100', Message: 'm' }));
    await dynamo.send(new PutItemCommand({ TableName: 'REGISTRY_TABLE', Item: item('a') }));
  });

  const put = { Put: { TableName: 'REGISTRY_TABLE', Item: item('b') } };
  const check = {
    ConditionCheck: {
      TableName: 'REGISTRY_TABLE',
      Key: item('b'),
      ConditionExpression: 'attribute_exists(pk)',
    },
  };
  const dueQuery = {
    TableName: 'REGISTRY_TABLE',
    IndexName: 'due',
    KeyConditionExpression: 'dueKey = :k',
    ExpressionAttributeValues: { ':k': { S: 'SOURCE' } },
  };
  const writes = { RequestItems: { REGISTRY_TABLE: [{ PutRequest: { Item: item('c') } }] } };
  type Clients = ReturnType<Local['clients']>;
  test.each<[string, string, (clients: Clients) => Promise<unknown>]>([
    [
      `match is not allowed to sqs:SendMessage on ${queueArn('poll')}: grant it in lib/`,
      'AccessDenied',
      ({ sqs }) => sqs.send(new SendMessageCommand({ QueueUrl: queueUrl('poll'), MessageBody: 'm' })),
    ],
    [
      `match is not allowed to sns:Publish on ${topicArn('t')}: grant it in lib/`,
      'AuthorizationError',
      ({ sns }) => sns.send(new PublishCommand({ TopicArn: topicArn('t'), Message: 'm' })),
    ],
    [
      `match is not allowed to dynamodb:GetItem on ${tableArn('REGISTRY_TABLE')}: grant it in lib/`,
      'AccessDeniedException',
      ({ dynamo }) => dynamo.send(new GetItemCommand({ TableName: 'REGISTRY_TABLE', Key: item('a') })),
    ],
    [
      `match is not allowed to dynamodb:Query on ${tableArn('REGISTRY_TABLE')}/index/due: grant it in lib/`,
      'AccessDeniedException',
      ({ dynamo }) => dynamo.send(new QueryCommand(dueQuery)),
    ],
    [
      `match is not allowed to dynamodb:BatchWriteItem on ${tableArn('REGISTRY_TABLE')}: grant it in lib/`,
      'AccessDeniedException',
      ({ dynamo }) => dynamo.send(new BatchWriteItemCommand(writes)),
    ],
    [
      `match is not allowed to dynamodb:ConditionCheckItem on ${tableArn('REGISTRY_TABLE')}: grant it in lib/`,
      'AccessDeniedException',
      ({ dynamo }) => dynamo.send(new TransactWriteItemsCommand({ TransactItems: [put, check] })),
    ],
    [
      'match is not allowed to s3:GetObject on arn:aws:s3:::snapshots/watches.bin: grant it in lib/',
      'AccessDenied',
      ({ s3 }) => s3.send(new GetObjectCommand({ Bucket: 'snapshots', Key: 'watches.bin' })),
    ],
  ])('%s', async (message, name, work) => {
    const refused = work(local.clients('match'));
    await expect(refused).rejects.toMatchObject({ name: expect.stringContaining(name), message });
  });

  test.each<[string, string, (clients: Clients) => Promise<unknown>]>([
    [
      'sqs',
      'UnrecognizedClient|InvalidClientTokenId',
      ({ sqs }) => sqs.send(new SendMessageCommand({ QueueUrl: queueUrl('poll'), MessageBody: 'm' })),
    ],
    ['sns', 'InvalidClientTokenId', ({ sns }) => sns.send(new CreateTopicCommand({ Name: 'x' }))],
    [
      'dynamodb',
      'UnrecognizedClient',
      ({ dynamo }) => dynamo.send(new GetItemCommand({ TableName: 'REGISTRY_TABLE', Key: item('a') })),
    ],
  ])('an access key that nobody has is refused by %s', async (_service, name, work) => {
    const refused = work(local.clients('stranger'));
    await expect(refused).rejects.toMatchObject({ name: expect.stringMatching(name) });
  });
});

describe('DynamoDB', () => {
  test('answers and errors come through as they are', async () => {
    const { dynamo } = local.clients();
    const TableName = 'REGISTRY_TABLE';
    await dynamo.send(new PutItemCommand({ TableName, Item: item('한국') }));
    const { Item } = await dynamo.send(new GetItemCommand({ TableName, Key: item('한국') }));
    expect(Item).toEqual(item('한국'));
    const again = { TableName, Item: item('한국'), ConditionExpression: 'attribute_not_exists(pk)' };
    await expect(dynamo.send(new PutItemCommand(again))).rejects.toThrow(ConditionalCheckFailedException);
  });
});

describe('onCall', () => {
  test('is told before and after, with caller, action and resources', async () => {
    calls = [];
    await local.clients().sns.send(new PublishCommand({ TopicArn: topicArn('t'), Message: 'm' }));
    const call = { caller: 'operator', service: 'sns', action: 'Publish', resources: [topicArn('t')] };
    expect(calls).toEqual([
      { ...call, phase: 'before' },
      { ...call, phase: 'after' },
    ]);
  });

  test('is told what the service refused', async () => {
    calls = [];
    const refused = local
      .clients()
      .sns.send(new PublishCommand({ TopicArn: topicArn('none'), Message: 'm' }));
    await expect(refused).rejects.toThrow();
    expect(calls.at(-1)).toMatchObject({ phase: 'after', error: 'NotFound' });
  });

  test('can refuse in the service’s place', async () => {
    const throttled = await startLocal({
      onCall: ({ phase }) => {
        if (phase === 'before') throw new ServiceError('Throttled', 'Rate exceeded', 429);
      },
    });
    const publish = new PublishCommand({ PhoneNumber: '+15555550100', Message: 'm' });
    await expect(throttled.clients().sns.send(publish)).rejects.toMatchObject({ name: 'ThrottledException' });
    expect(throttled.services.inbox.list()).toEqual([]);
    await throttled.stop();
  });
});

describe('S3', () => {
  const name = { Bucket: 'snapshots', Key: 'a b/watches.bin' };

  test('gives back what was put', async () => {
    const { s3 } = local.clients();
    const Body = new Uint8Array([0, 1, 254, 255]);
    const { ETag } = await s3.send(
      new PutObjectCommand({
        ...name,
        Body,
        ContentType: 'application/x-tocsin',
        Metadata: { version: '7' },
      }),
    );
    const got = await s3.send(new GetObjectCommand(name));
    expect(await got.Body!.transformToByteArray()).toEqual(Body);
    expect(got).toMatchObject({ ETag, ContentType: 'application/x-tocsin', Metadata: { version: '7' } });
    expect(await s3.send(new HeadObjectCommand(name))).toMatchObject({ ETag, ContentLength: 4 });
  });

  test('writes under a condition', async () => {
    const { s3 } = local.clients();
    const created = await s3.send(new PutObjectCommand({ ...name, Key: 'new', Body: '1', IfNoneMatch: '*' }));
    const again = new PutObjectCommand({ ...name, Key: 'new', Body: '2', IfNoneMatch: '*' });
    await expect(s3.send(again)).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await s3.send(new PutObjectCommand({ ...name, Key: 'new', Body: '2', IfMatch: created.ETag! }));
    const stale = new PutObjectCommand({ ...name, Key: 'new', Body: '3', IfMatch: created.ETag! });
    await expect(s3.send(stale)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  test('knows what is not there', async () => {
    const { s3 } = local.clients();
    await s3.send(new DeleteObjectCommand({ ...name, Key: 'gone' }));
    const missing = s3.send(new GetObjectCommand({ ...name, Key: 'gone' }));
    await expect(missing).rejects.toMatchObject({ name: 'NoSuchKey' });
    const nowhere = s3.send(new PutObjectCommand({ Bucket: 'nowhere', Key: 'k', Body: 'x' }));
    await expect(nowhere).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  test('lists a bucket, and deletes it when it is empty', async () => {
    const { s3 } = local.clients();
    const Bucket = 'short-lived';
    local.services.s3.createBucket(Bucket);
    for (const Key of ['b&b', 'a']) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }));
    expect(Contents?.map(({ Key }) => Key)).toEqual(['a', 'b&b']);
    const full = s3.send(new DeleteBucketCommand({ Bucket }));
    await expect(full).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    for (const Key of ['b&b', 'a']) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    await s3.send(new HeadBucketCommand({ Bucket }));
    await s3.send(new DeleteBucketCommand({ Bucket }));
    await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('tells only who may list a bucket that something is not there', async () => {
    local.services.s3.put('snapshots', 'shared', { body: Buffer.from('x'), headers: {} });
    const { s3 } = local.clients('reader');
    expect((await s3.send(new GetObjectCommand({ Bucket: 'snapshots', Key: 'shared' }))).ContentLength).toBe(
      1,
    );
    local.services.s3.delete('snapshots', 'shared');
    const missing = s3.send(new GetObjectCommand({ Bucket: 'snapshots', Key: 'shared' }));
    await expect(missing).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('s3:ListBucket on arn:aws:s3:::snapshots'),
    });
  });

  test('keeps objects over a crash', () => {
    const file = `${local.dataDir}/crash-s3.sqlite`;
    const before = openS3(file);
    before.createBucket('b');
    before.put('b', 'k', { body: Buffer.from('kept'), headers: {} });
    const after = openS3(file); // the first was never closed
    expect(after.get('b', 'k').body.toString()).toBe('kept');
    before.close();
    after.close();
  });
});

describe('the port', () => {
  test('what is not signed goes to the fallback', async () => {
    const answer = await fetch(`${local.services.url}/v1/health`);
    expect([answer.status, await answer.text()]).toEqual([404, 'fallback']);
  });

  test('taken: says what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    await expect(startLocal({ port, dataDir: local.dataDir })).rejects.toThrow(
      `Port ${port} is taken. Stop what listens there, or choose`,
    );
    other.close();
  });

  test('a service that is not here says so', async () => {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=operator/20261123/us-east-1/kinesis/aws4_request, Signature=0';
    const answer = await fetch(local.services.url, { method: 'POST', headers: { authorization } });
    expect([answer.status, await answer.text()]).toEqual([501, 'There is no local kinesis']);
  });
});
