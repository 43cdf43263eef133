import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { variable } from '../../core/environment.ts';
import type { Channel, ChannelState } from '../../core/model.ts';
import type { Publisher, PublishOutcome } from '../../lambdas/delivery/delivery-ports.ts';
import { type Answer, type FakeSns, startFakeSns } from './delivery/fake-sns.ts';

const topicArnPrefix = 'arn:aws:sns:us-east-1:000000000000:Test-channel-';
const phone = '+821012345678';
const mail: Channel = {
  id: 'mail',
  subscriberId: 's',
  kind: 'email',
  address: 'ana@example.com',
  state: 'confirmed',
  subscriptionArn: `${topicArnPrefix}mail:1`,
  createdAt: '2026-11-23T08:00:00.000Z',
};
const texts: Channel = { ...mail, id: 'texts', kind: 'sms', address: phone, subscriptionArn: undefined };

let sns: FakeSns;
let publisher: Publisher;

beforeAll(async () => {
  Object.assign(process.env, {
    [variable.topicArnPrefix]: topicArnPrefix,
    [variable.registryTable]: 'registry',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  sns = await startFakeSns();
  publisher = (await import('../../lambdas/delivery/publisher.ts')).publisher;
});
afterAll(() => sns.stop());
beforeEach(() => void sns.calls.splice(0));

test('an e-mail goes to the topic of its channel', async () => {
  sns.answer('Publish', { result: '<MessageId>m1</MessageId>' });
  const outcome = await publisher.publish(mail, {
    deliveryId: 'mail/1',
    subject: 'Rates rise',
    body: 'More',
  });
  expect(outcome).toEqual({ kind: 'accepted', messageId: 'm1' });
  expect(Object.fromEntries(sns.calls[0]!)).toMatchObject({
    Action: 'Publish',
    TopicArn: `${topicArnPrefix}mail`,
    Subject: 'Rates rise',
    Message: 'More',
  });
});

test('a text goes to its number, with what it may cost', async () => {
  await publisher.publish(texts, { deliveryId: 'd', body: 'Rates rise', maxPriceUsd: 0.03 });
  const call = Object.fromEntries(sns.calls[0]!);
  expect(call).toMatchObject({ PhoneNumber: phone, Message: 'Rates rise' });
  expect(call).not.toHaveProperty('TopicArn');
  expect(Object.values(call)).toEqual(
    expect.arrayContaining(['AWS.SNS.SMS.SMSType', 'Transactional', 'AWS.SNS.SMS.MaxPrice', '0.03']),
  );
});

const outcomes: readonly [name: string, answer: Answer, outcome: PublishOutcome][] = [
  ['a missing topic', { status: 404, code: 'NotFound' }, { kind: 'channel-gone' }],
  ['a disabled endpoint', { status: 400, code: 'EndpointDisabled' }, { kind: 'channel-gone' }],
  [
    'a number that answered STOP',
    { status: 400, code: 'InvalidParameter', message: 'Phone number is opted out' },
    { kind: 'channel-gone' },
  ],
  ['a throttle', { status: 429, code: 'Throttled' }, { kind: 'refused', error: 'ThrottledException' }],
  [
    'a missing grant',
    { status: 403, code: 'AuthorizationError' },
    { kind: 'refused', error: 'AuthorizationErrorException' },
  ],
  [
    'an error that names the number',
    { status: 400, code: 'InvalidParameter', message: `${phone} is not valid` },
    { kind: 'refused', error: 'InvalidParameterException' },
  ],
  [
    'a fault of SNS',
    { status: 500, code: 'InternalError' },
    { kind: 'unanswered', error: 'InternalErrorException' },
  ],
];

test.each(outcomes)('%s: %j is %j, after one try', async (_name, answer, outcome) => {
  sns.answer('Publish', answer);
  expect(await publisher.publish(texts, { deliveryId: 'd', body: 'Rates rise', maxPriceUsd: 0.03 })).toEqual(
    outcome,
  );
  expect(sns.calls).toHaveLength(1);
});

test('a connection that breaks may have been a publish', async () => {
  sns.answer('Publish', 'hang-up');
  expect(await publisher.publish(mail, { deliveryId: 'd', body: 'a' })).toMatchObject({ kind: 'unanswered' });
  expect(sns.calls).toHaveLength(1);
});

const attributes = (pending: boolean): Answer => ({
  result: `<Attributes><entry><key>PendingConfirmation</key><value>${pending}</value></entry></Attributes>`,
});
const optedOut = (is: boolean): Answer => ({ result: `<isOptedOut>${is}</isOptedOut>` });

const states: readonly [
  name: string,
  channel: Channel,
  action: string,
  answer: Answer,
  state: ChannelState,
][] = [
  ['confirmed', mail, 'GetSubscriptionAttributes', attributes(false), 'confirmed'],
  ['not yet confirmed', mail, 'GetSubscriptionAttributes', attributes(true), 'pending'],
  ['removed', mail, 'GetSubscriptionAttributes', { status: 404, code: 'NotFound' }, 'gone'],
  ['not yet subscribed', { ...mail, subscriptionArn: undefined }, 'none', 'hang-up', 'pending'],
  ['a number', texts, 'CheckIfPhoneNumberIsOptedOut', optedOut(false), 'confirmed'],
  ['a number that answered STOP', texts, 'CheckIfPhoneNumberIsOptedOut', optedOut(true), 'gone'],
  ['a number that nobody vouched for', { ...texts, state: 'pending' }, 'none', 'hang-up', 'pending'],
];

test.each(states)('%s: the state of the channel', async (_name, channel, action, answer, state) => {
  sns.answer(action, answer);
  expect(await publisher.readChannelState(channel)).toBe(state);
});

test('a state that cannot be read is no state', async () => {
  sns.answer('GetSubscriptionAttributes', { status: 403, code: 'AuthorizationError' });
  await expect(publisher.readChannelState(mail)).rejects.toThrow();
});
