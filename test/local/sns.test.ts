import { verify, X509Certificate } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CheckIfPhoneNumberIsOptedOutCommand,
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  OptInPhoneNumberCommand,
  PublishBatchCommand,
  PublishCommand,
  type PublishCommandInput,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queueArn, topicArn } from '../../local/services/arn.ts';
import { openSns } from '../../local/services/sns.ts';
import { openSqs } from '../../local/services/sqs.ts';
import { type Local, startLocal, until } from './services.ts';
import { startWebhook, type Webhook } from './webhook.ts';

let local: Local;
let webhook: Webhook;
let client: ReturnType<Local['clients']>['sns'];
let made = 0;
beforeAll(async () => {
  local = await startLocal();
  client = local.clients().sns;
  webhook = await startWebhook();
});
afterAll(async () => {
  await local.stop();
  webhook.close();
});

async function newTopic(): Promise<string> {
  return (await client.send(new CreateTopicCommand({ Name: `topic-${++made}` }))).TopicArn!;
}
async function subscribe(TopicArn: string, Protocol: string, Endpoint: string, more = {}): Promise<string> {
  const input = { TopicArn, Protocol, Endpoint, ReturnSubscriptionArn: true, ...more };
  return (await client.send(new SubscribeCommand(input))).SubscriptionArn!;
}
const publish = (input: PublishCommandInput) => client.send(new PublishCommand(input));
const sentTo = (address: string) => local.services.inbox.list().filter(({ to }) => to === address);
const address = () => `reader-${++made}@example.com`;
const linkIn = (body: string, path: string) => body.split('\n').find((line) => line.includes(path))!;
async function attributesOf(SubscriptionArn: string) {
  return (await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes!;
}

describe('e-mail', () => {
  test('is sent once the link in the first mail was followed, and no more once the other link was', async () => {
    const TopicArn = await newTopic();
    const to = address();
    const arn = await subscribe(TopicArn, 'email', to);
    expect(await attributesOf(arn)).toMatchObject({ PendingConfirmation: 'true', Endpoint: to });
    await publish({ TopicArn, Message: 'too early' });

    const [request, ...others] = sentTo(to);
    expect(others).toEqual([]);
    expect(request!.subject).toBe('AWS Notification - Subscription Confirmation');
    const page = await fetch(linkIn(request!.body, '/_local/confirm'));
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining('Subscription confirmed'),
    ]);
    expect(await attributesOf(arn)).toMatchObject({ PendingConfirmation: 'false' });

    await publish({ TopicArn, Message: 'the news <b>', Subject: 'News' });
    const [mail] = sentTo(to);
    expect(mail).toMatchObject({ protocol: 'email', subject: 'News' });
    expect(mail!.body).toMatch(/^the news <b>\n/);

    const left = await fetch(linkIn(mail!.body, '/_local/unsubscribe'));
    expect([left.status, await left.text()]).toEqual([200, expect.stringContaining('Subscription removed')]);
    await publish({ TopicArn, Message: 'too late' });
    expect(sentTo(to)).toHaveLength(2);
    await expect(attributesOf(arn)).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  test('is confirmed by token too, and a pending one is forgotten after 48 hours', async () => {
    const TopicArn = await newTopic();
    const to = address();
    const arn = await subscribe(TopicArn, 'email', to);
    const Token = new URL(linkIn(sentTo(to)[0]!.body, 'Token=')).searchParams.get('Token')!;
    const confirmed = await client.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
    expect(confirmed.SubscriptionArn).toBe(arn);
    const forgotten = await subscribe(TopicArn, 'email', address());
    local.forward(49 * 3600);
    await expect(attributesOf(forgotten)).rejects.toMatchObject({ name: 'NotFoundException' });
    expect(await attributesOf(arn)).toMatchObject({ PendingConfirmation: 'false' });
  });

  test.each([
    ['true', 403, 1],
    ['false', 200, 0],
  ])('confirmed with AuthenticateOnUnsubscribe %s: its link answers %i', async (given, status, left) => {
    const TopicArn = await newTopic();
    const to = address();
    await subscribe(TopicArn, 'email', to);
    const Token = new URL(linkIn(sentTo(to)[0]!.body, 'Token=')).searchParams.get('Token')!;
    await client.send(new ConfirmSubscriptionCommand({ TopicArn, Token, AuthenticateOnUnsubscribe: given }));
    await publish({ TopicArn, Message: 'It happened' });
    const mail = sentTo(to).find(({ body }) => body.startsWith('It happened'))!;
    expect((await fetch(linkIn(mail.body, 'SubscriptionArn='))).status).toBe(status);
    const { Subscriptions } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions).toHaveLength(left);
  });

  test('of one publish has one time, however many it is for', async () => {
    let now = 0;
    const sqs = openSqs(':memory:');
    const sns = openSns(':memory:', { sqs, baseUrl: () => 'http://127.0.0.1', now: () => ++now });
    const { arn } = sns.createTopic('news');
    for (const endpoint of ['a@example.com', 'b@example.com', 'c@example.com']) {
      sns.confirmNow(sns.subscribe({ topicArn: arn, protocol: 'email', endpoint }).arn);
    }
    sns.publish(arn, { message: 'It happened' });
    const told = sns.inbox.list().filter(({ body }) => body.startsWith('It happened'));
    expect(told).toHaveLength(3);
    expect(new Set(told.map(({ at }) => at)).size).toBe(1);
    await sns.close();
    sqs.close();
  });

  test('subscribed twice is one subscription', async () => {
    const TopicArn = await newTopic();
    const to = address();
    expect(await subscribe(TopicArn, 'email', to)).toBe(await subscribe(TopicArn, 'email', to));
    const pending = await client.send(
      new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: address() }),
    );
    expect(pending.SubscriptionArn).toBe('pending confirmation');
    const { Subscriptions } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions!.map((s) => s.SubscriptionArn)).toEqual([
      'PendingConfirmation',
      'PendingConfirmation',
    ]);
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes).toMatchObject({ SubscriptionsPending: '2', SubscriptionsConfirmed: '0' });
  });
});

describe('SMS', () => {
  test('goes to the number and carries no link', async () => {
    await publish({ PhoneNumber: '+15555550100', Message: 'Tremor in 서울' });
    expect(sentTo('+15555550100')).toMatchObject([{ protocol: 'sms', body: 'Tremor in 서울' }]);
    expect(sentTo('+15555550100')[0]).not.toHaveProperty('subject');
  });

  test('a number that answered STOP gets nothing until it opts in', async () => {
    const phoneNumber = '+15555550101';
    local.services.sns.optOut(phoneNumber);
    await publish({ PhoneNumber: phoneNumber, Message: 'unwanted' });
    const check = new CheckIfPhoneNumberIsOptedOutCommand({ phoneNumber });
    expect((await client.send(check)).isOptedOut).toBe(true);
    await client.send(new OptInPhoneNumberCommand({ phoneNumber }));
    expect((await client.send(check)).isOptedOut).toBe(false);
    await publish({ PhoneNumber: phoneNumber, Message: 'wanted' });
    expect(sentTo(phoneNumber).map(({ body }) => body)).toEqual(['wanted']);
  });
});

describe('webhook', () => {
  interface Envelope {
    readonly [name: string]: string;
  }
  const told = (topic: string) =>
    webhook.received.filter(({ headers }) => headers['x-amz-sns-topic-arn'] === topic);

  async function confirmedWebhook(attributes: Record<string, string> = {}) {
    const TopicArn = await newTopic();
    const arn = await subscribe(TopicArn, 'http', `${webhook.url}/${made}`, { Attributes: attributes });
    const request = await until(() => told(TopicArn)[0]);
    const { SubscribeURL } = JSON.parse(request.body) as Envelope;
    expect((await fetch(SubscribeURL!)).status).toBe(200);
    return { TopicArn, arn };
  }

  test('confirms by the address it is posted, then gets signed envelopes', async () => {
    const { TopicArn, arn } = await confirmedWebhook();
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'alert' } };
    const { MessageId } = await publish({ TopicArn, Message: '{"a":1}', Subject: 'S', MessageAttributes });
    const post = await until(() => told(TopicArn)[1]);
    expect(post.headers).toMatchObject({
      'content-type': 'text/plain; charset=UTF-8',
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-message-id': MessageId,
      'x-amz-sns-subscription-arn': arn,
    });
    const envelope = JSON.parse(post.body) as Envelope;
    expect(envelope).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn,
      Subject: 'S',
      Message: '{"a":1}',
      SignatureVersion: '1',
      MessageAttributes: { kind: { Type: 'String', Value: 'alert' } },
    });
    expect(await signatureHolds(envelope)).toBe(true);
    expect(await signatureHolds({ ...envelope, Message: 'forged' })).toBe(false);
    await until(() => sentTo(`${webhook.url}/${made}`).length === 2);
    expect((await fetch(envelope.UnsubscribeURL!)).status).toBe(200);
  });

  async function signatureHolds(envelope: Envelope): Promise<boolean> {
    const pem = await (await fetch(envelope.SigningCertURL!)).text();
    const names = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
    const text = names.map((name) => `${name}\n${envelope[name]}\n`).join('');
    const { publicKey } = new X509Certificate(pem);
    return verify('sha1', Buffer.from(text), publicKey, Buffer.from(envelope.Signature!, 'base64'));
  }

  test('gets the bare message where it asked for it', async () => {
    const { TopicArn } = await confirmedWebhook({ RawMessageDelivery: 'true' });
    await publish({ TopicArn, Message: 'bare' });
    const post = await until(() => told(TopicArn)[1]);
    expect(post.body).toBe('bare');
    expect(post.headers['x-amz-sns-rawdelivery']).toBe('true');
  });

  const retry = (numRetries: number) => ({
    DeliveryPolicy: JSON.stringify({
      healthyRetryPolicy: { numRetries, numNoDelayRetries: numRetries, minDelayTarget: 1, maxDelayTarget: 1 },
    }),
  });

  test('that fails is told again under the same message id, and once in the inbox', async () => {
    const { TopicArn } = await confirmedWebhook(retry(3));
    webhook.answers = [503, 429, 200];
    const { MessageId } = await publish({ TopicArn, Message: 'again' });
    const endpoint = `${webhook.url}/${made}`;
    await until(() => sentTo(endpoint).find(({ body }) => body === 'again'));
    const posts = told(TopicArn).slice(1);
    expect(posts.map(({ headers }) => headers['x-amz-sns-message-id'])).toEqual(Array(3).fill(MessageId));
    expect(sentTo(endpoint).filter(({ body }) => body === 'again')).toHaveLength(1);
  });

  test('that goes on failing ends in the subscription’s dead-letter queue', async () => {
    const { sqs } = local.services;
    sqs.createQueue('dead');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('dead') });
    const { TopicArn } = await confirmedWebhook({ ...retry(1), RedrivePolicy });
    webhook.answers = [500];
    await publish({ TopicArn, Message: 'undeliverable' });
    const [dead] = await sqs.receive('dead', { waitSeconds: 20 });
    const envelope = { Type: 'Notification', TopicArn, Message: 'undeliverable' };
    expect(JSON.parse(dead!.body)).toMatchObject(envelope);
    expect(told(TopicArn)).toHaveLength(3);
    webhook.answers = [200];
  });

  test('that refuses for good is not told again', async () => {
    const { sqs } = local.services;
    sqs.createQueue('refused');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('refused') });
    const { TopicArn, arn } = await confirmedWebhook({ ...retry(3) });
    await client.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn: arn,
        AttributeName: 'RedrivePolicy',
        AttributeValue: RedrivePolicy,
      }),
    );
    webhook.answers = [403];
    await publish({ TopicArn, Message: 'no' });
    await sqs.receive('refused', { waitSeconds: 20 });
    expect(told(TopicArn)).toHaveLength(2);
    webhook.answers = [200];
  });
});

describe('queue', () => {
  test('subscribed needs no confirmation and receives the envelope', async () => {
    const { sqs } = local.services;
    sqs.createQueue('subscribed');
    const TopicArn = await newTopic();
    const arn = await subscribe(TopicArn, 'sqs', queueArn('subscribed'));
    expect(await attributesOf(arn)).toMatchObject({ PendingConfirmation: 'false' });
    await publish({ TopicArn, Message: 'm' });
    const [message] = await sqs.receive('subscribed', { waitSeconds: 20 });
    expect(JSON.parse(message!.body)).toMatchObject({ Type: 'Notification', Message: 'm', TopicArn });
  });
});

describe('message structure', () => {
  test('gives each protocol its own text, the others the default', async () => {
    const TopicArn = await newTopic();
    const to = address();
    local.services.sns.confirmNow(await subscribe(TopicArn, 'email', to));
    await subscribe(TopicArn, 'sms', '+15555550102');
    const Message = JSON.stringify({ default: 'for all', sms: 'short' });
    await publish({ TopicArn, Message, MessageStructure: 'json' });
    expect(sentTo(to)[0]!.body).toMatch(/^for all\n/);
    expect(sentTo('+15555550102')[0]!.body).toBe('short');
  });
});

describe('batch', () => {
  test('publishes what it can', async () => {
    const TopicArn = await newTopic();
    const { Successful, Failed } = await client.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: [
          { Id: 'good', Message: 'a' },
          { Id: 'bad', Message: 'b', Subject: 'two\nlines' },
        ],
      }),
    );
    expect(Successful!.map(({ Id }) => Id)).toEqual(['good']);
    expect(Failed).toMatchObject([{ Id: 'bad', Code: 'InvalidParameter', SenderFault: true }]);
  });
});

describe('topics', () => {
  test('are made once, listed, and take their subscriptions with them', async () => {
    const TopicArn = await newTopic();
    const again = await client.send(new CreateTopicCommand({ Name: TopicArn.split(':').at(-1) }));
    expect(again.TopicArn).toBe(TopicArn);
    const arn = await subscribe(TopicArn, 'email', address());
    await client.send(new DeleteTopicCommand({ TopicArn }));
    await client.send(new DeleteTopicCommand({ TopicArn }));
    await client.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
    await expect(attributesOf(arn)).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  test('are listed a hundred at a time', async () => {
    for (let i = 0; i < 101; i++) local.services.sns.createTopic(`many-${i}`);
    const first = await client.send(new ListTopicsCommand({}));
    expect(first.Topics).toHaveLength(100);
    const second = await client.send(new ListTopicsCommand({ NextToken: first.NextToken }));
    expect(second.Topics!.length).toBeGreaterThan(0);
  });
});

describe('refusals', () => {
  const TopicArn = topicArn('refusals');
  const json = (Message: string) => ({ TopicArn, Message, MessageStructure: 'json' });
  beforeAll(() => void local.services.sns.createTopic('refusals'));

  test.each<[string, PublishCommandInput, string]>([
    ['a subject with a line break', { TopicArn, Message: 'm', Subject: 'a\nb' }, 'InvalidParameter'],
    ['a subject with a tab', { TopicArn, Message: 'm', Subject: 'a\tb' }, 'InvalidParameter'],
    ['a subject of 100 characters', { TopicArn, Message: 'm', Subject: 'x'.repeat(100) }, 'InvalidParameter'],
    ['a subject beyond ASCII', { TopicArn, Message: 'm', Subject: 'é' }, 'InvalidParameter'],
    ['a subject that starts with a space', { TopicArn, Message: 'm', Subject: ' a' }, 'InvalidParameter'],
    ['an empty message', { TopicArn, Message: '' }, 'InvalidParameter'],
    ['more than 256 KB', { TopicArn, Message: 'x'.repeat(262_145) }, 'InvalidParameter'],
    ['a structure without default', json('{"email":"m"}'), 'InvalidParameter'],
    ['a default that is no text', json('{"default":7}'), 'InvalidParameter'],
    ['a structure that is no JSON', json('m'), 'InvalidParameter'],
    ['a topic that is not there', { TopicArn: topicArn('nowhere'), Message: 'm' }, 'NotFound'],
    ['nowhere to publish to', { Message: 'm' }, 'InvalidParameter'],
    ['a number that is none', { PhoneNumber: '5555550100', Message: 'm' }, 'InvalidParameter'],
    [
      'a text over 1,600 characters',
      { PhoneNumber: '+15555550100', Message: 'x'.repeat(1601) },
      'InvalidParameter',
    ],
  ])('%s', async (_what, input, name) => {
    await expect(publish(input)).rejects.toMatchObject({ name: expect.stringContaining(name) });
  });

  test.each([
    ['email', 'nobody'],
    ['https', 'http://example.com'],
    ['http', 'example.com'],
    ['sms', '12'],
    ['sqs', 'queue'],
    ['pigeon', 'roof'],
  ])('a subscription of %s to %s', async (protocol, endpoint) => {
    await expect(subscribe(TopicArn, protocol, endpoint)).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test('a subject of 99 characters is taken', async () => {
    await publish({ TopicArn, Message: 'm', Subject: 'x'.repeat(99) });
  });
});

describe('after a crash', () => {
  test('subscriptions, inbox and the deliveries that were accepted are there', async () => {
    const sqs = openSqs(':memory:');
    const file = `${local.dataDir}/crash.sqlite`;
    const options = { sqs, baseUrl: () => local.services.url };
    const before = openSns(file, options);
    const { arn } = before.createTopic('crash');
    for (const [protocol, endpoint] of [
      ['http', `${webhook.url}/crash`],
      ['email', 'crash@example.com'],
    ] as const)
      before.confirmNow(before.subscribe({ topicArn: arn, protocol, endpoint }).arn);
    await until(() => before.inbox.list().length === 2);
    webhook.answers = [500]; // as if the kill came before the webhook took it
    const id = before.publish(arn, { message: 'survives' });
    const tried = () => webhook.received.filter(({ headers }) => headers['x-amz-sns-message-id'] === id);
    await until(() => tried().length === 1);
    webhook.answers = [200];

    const after = openSns(file, { ...options, now: () => Date.now() + 60_000 });
    await until(() => after.inbox.list().filter(({ body }) => body.startsWith('survives')).length === 2);
    expect(tried()).toHaveLength(2);
    await before.close();
    await after.close();
  });
});

describe('a slow webhook', () => {
  test('keeps no other waiting', async () => {
    const slow = createServer(() => {}); // takes every request and answers none
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/`;
    const { sns } = local.services;
    const { arn } = sns.createTopic('slow');
    sns.confirmNow(sns.subscribe({ topicArn: arn, protocol: 'http', endpoint }).arn);
    for (let i = 0; i < 400; i++) sns.publish(arn, { message: `never taken ${i}` });
    const other = sns.createTopic('quick').arn;
    sns.confirmNow(
      sns.subscribe({ topicArn: other, protocol: 'http', endpoint: `${webhook.url}/quick` }).arn,
    );
    sns.publish(other, { message: 'at once' });
    await until(() => sentTo(`${webhook.url}/quick`).find(({ body }) => body === 'at once'));
    slow.close();
    slow.closeAllConnections();
    sns.deleteTopic(arn);
  });
});
