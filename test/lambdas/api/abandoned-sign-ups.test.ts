/** Who signs up and never confirms is forgotten a week later, wholly, and nobody else. */
import type { Context, SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { keys } from '../../../lambdas/keys.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
let sweep: (channel: Channel) => Promise<{ failed: boolean }>;
let dynamo: typeof import('../../../lambdas/aws/dynamo.ts').dynamo;

beforeAll(async () => {
  api = await startApi({ signUp: 'open', loopback: 'allow' });
  Object.assign(process.env, {
    [variable.apiUrl]: 'https://api.example.com',
    [variable.smsParts]: '1',
    [variable.dashboardUrl]: 'https://web.example.com',
  });
  const { handler } = await import('../../../lambdas/deliver.ts');
  ({ dynamo } = await import('../../../lambdas/aws/dynamo.ts'));
  sweep = async ({ subscriberId, id: channelId }) => {
    const body = JSON.stringify({ kind: 'channel', subscriberId, channelId });
    const Records = [{ body, messageId: 'm', eventSource: 'aws:sqs', attributes: {} }];
    const answer = await handler({ Records } as unknown as SQSEvent, {} as Context);
    return { failed: (answer?.batchItemFailures ?? []).length > 0 };
  };
});
afterAll(() => api.stop());
beforeEach(() => vi.restoreAllMocks());

interface Channel {
  readonly id: string;
  readonly subscriberId: string;
  readonly subscriptionArn: string;
}

const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

let next = 0;
const newMail = () => ({ kind: 'email', address: `gone${next++}@example.com` });
const newPhone = () => ({ kind: 'sms', address: `+1555555${String(120 + next++).padStart(4, '0')}` });

/** Somebody who signed up so many days ago, whose mail SNS dropped since. @returns their channel as it is stored */
async function signUp(address: object, days: number, parts: object = {}): Promise<Channel> {
  const body = { name: 'Nobody', channels: [address] };
  await api.call('POST', '/v1/subscribers', { body, sourceIp: `192.0.2.${next++ % 256}` });
  const items = await api.scan(variable.registryTable);
  const channel = items.find(
    (item) => item.sk.startsWith('CHANNEL#') && item.address === (address as { address: string }).address,
  )!;
  const subscriber = items.find(({ pk, sk }) => pk === channel.pk && sk === 'SUBSCRIBER')!;
  const createdAt = ago(days);
  const old = { ...channel, createdAt, checkedAt: ago(0.2), nextCheckAt: ago(0.1), ...parts };
  await api.put(variable.registryTable, { ...subscriber, createdAt });
  await api.put(variable.registryTable, old);
  api.sns.subscriptions.delete(channel.subscriptionArn);
  return old as unknown as Channel;
}

/** All that is stored of a subscriber, or by an address of theirs. */
async function leftOf({ subscriberId }: Channel): Promise<string[]> {
  const items = [...(await api.scan(variable.registryTable)), ...(await api.scan(variable.alertsTable))];
  return items
    .filter((item) => item.pk.includes(subscriberId) || item.subscriberId === subscriberId)
    .map(({ pk, sk }) => `${pk} ${sk}`);
}
const topicOf = ({ id }: Channel) => [...api.sns.topics.keys()].find((arn) => arn.endsWith(id));

describe.each([
  ['a mail address', newMail],
  ['a phone', newPhone],
])('%s', (_title, newAddress) => {
  test('is forgotten with its subscriber and topic, and may sign up anew', async () => {
    const address = newAddress();
    const channel = await signUp(address, 8);
    expect((await leftOf(channel)).length).toBeGreaterThan(2);
    expect(await sweep(channel)).toEqual({ failed: false });
    expect(await leftOf(channel)).toEqual([]);
    expect(topicOf(channel)).toBeUndefined();
    await sweep(channel);
    const again = await signUp(address, 0);
    expect(again.id).not.toBe(channel.id);
    await sweep(again);
    expect(await leftOf(again)).not.toEqual([]);
  });

  test.each<[string, number, object]>([
    ['within the week', 6, {}],
    ['confirmed once', 8, { confirmedAt: ago(7) }],
    ['looked at lately', 8, { checkedAt: new Date().toISOString() }],
  ])('stays: %s', async (_why, days, parts) => {
    const channel = await signUp(newAddress(), days, parts);
    const before = await leftOf(channel);
    await sweep(channel);
    expect(await leftOf(channel)).toEqual(before);
  });
});

test('who has a token stays, whatever their channel', async () => {
  const channel = await signUp(newMail(), 8);
  const path = `/v1/subscribers/${channel.subscriberId}/tokens`;
  await api.call('POST', path, { token: api.operator, body: { name: 'script' } });
  await sweep(channel);
  const me = await api.call('GET', `/v1/subscribers/${channel.subscriberId}`, { token: api.operator });
  expect(me).toMatchObject({ status: 200, body: { channels: [{ id: channel.id }] } });
});

test('whom an operator made stays', async () => {
  const { id, subscriber } = await api.newSubscriber({ channels: [newMail()] });
  const [item] = (await api.partition(variable.registryTable, keys.subscriber(id).pk)).filter(
    ({ sk }) => sk === 'SUBSCRIBER',
  );
  await api.put(variable.registryTable, { ...item, createdAt: ago(9) });
  await sweep({ ...subscriber.channels[0], subscriberId: id });
  expect((await api.call('GET', `/v1/subscribers/${id}`, { token: api.operator })).status).toBe(200);
});

describe('a late confirmation', () => {
  test('that comes between the look and the erasure wins', async () => {
    const channel = await signUp(newPhone(), 8);
    const send = dynamo.send.bind(dynamo);
    vi.spyOn(dynamo, 'send').mockImplementation((async (command: { constructor: { name: string } }) => {
      if (command.constructor.name === 'TransactWriteCommand') {
        const confirmed = { ...channel, state: 'confirmed', checkedAt: new Date().toISOString() };
        await api.put(variable.registryTable, confirmed);
      }
      return send(command as never);
    }) as never);
    await sweep(channel);
    vi.restoreAllMocks();
    const { body } = await api.call('GET', `/v1/subscribers/${channel.subscriberId}`, {
      token: api.operator,
    });
    expect(body.channels).toMatchObject([{ id: channel.id }]);
  });

  test('whose mail is on its way is waited for', async () => {
    const address = newMail();
    const channel = await signUp(address, 8);
    await api.call('POST', '/v1/sessions', { body: address, sourceIp: '198.51.100.77' });
    expect(api.sns.subscriptions.get(channel.subscriptionArn)).toBe('pending');
    await sweep(channel);
    expect(topicOf(channel)).toBeDefined();
    expect(await leftOf(channel)).not.toEqual([]);
  });
});

describe('a sweep that dies', () => {
  test.each<[string, () => void]>([
    ['before the topic is gone', () => api.sns.failNext('DeleteTopic', 'InternalError')],
    ['before the channel is gone', () => dieAtTransaction(2)],
    ['before anything is gone', () => dieAtTransaction(1)],
  ])('%s is finished by the next', async (_title, die) => {
    const channel = await signUp(newMail(), 8);
    die();
    await sweep(channel);
    vi.restoreAllMocks();
    const left = await leftOf(channel);
    expect(left).not.toEqual([]);
    expect(await readDue(channel)).toBe(true);
    await sweepWhenDue(channel);
    expect(await leftOf(channel)).toEqual([]);
    expect(topicOf(channel)).toBeUndefined();
  });

  /** Of those that a sweep makes the n-th fails, before it takes effect. */
  function dieAtTransaction(n: number): void {
    const send = dynamo.send.bind(dynamo);
    let count = 0;
    vi.spyOn(dynamo, 'send').mockImplementation((async (command: { constructor: { name: string } }) => {
      if (command.constructor.name === 'TransactWriteCommand' && ++count === n) throw new Error('died');
      return send(command as never);
    }) as never);
  }

  const itemOf = async ({ subscriberId, id }: Channel) =>
    (await api.partition(variable.registryTable, keys.subscriber(subscriberId).pk)).find(
      ({ sk }) => sk === `CHANNEL#${id}`,
    );
  const readDue = async (channel: Channel) => (await itemOf(channel))?.dueKey === 'CHANNEL';

  /** When its claim is over. */
  async function sweepWhenDue(channel: Channel): Promise<void> {
    const item = await itemOf(channel);
    await api.put(variable.registryTable, { ...item, nextCheckAt: ago(0) });
    await sweep(channel);
  }
});

test('a channel that a crashed erasure left behind is closed by the sweep', async () => {
  const address = newMail();
  const { id, subscriber } = await api.newSubscriber({ channels: [address] });
  await api.drop(variable.registryTable, keys.subscriber(id));
  const channel = { ...subscriber.channels[0], subscriberId: id };
  await sweep(channel);
  expect(topicOf(channel)).toBeUndefined();
  const left = await leftOf(channel);
  expect(left.filter((key) => key.includes('CHANNEL#') || key.startsWith('ADDRESS#'))).toEqual([]);
});
