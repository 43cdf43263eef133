import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import type { PersonalChannel } from '../../../core/model.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi({ loopback: 'allow' });
});
afterAll(() => api.stop());
beforeEach(() => void api.sns.calls.splice(0));

let next = 0;
const email = () => ({ kind: 'email', address: `reader${next++}@example.com` });
const webhook = () => ({ kind: 'webhook', address: `https://hooks.example.com/${next++}` });
const asOperator = (method: string, path: string, body?: unknown) =>
  api.call(method, path, body === undefined ? { token: api.operator } : { token: api.operator, body });

describe('making a subscriber', () => {
  test('with a channel of each kind', async () => {
    const channels = [email(), webhook(), { kind: 'sms', address: '+1 555 555 0100' }];
    const made = await asOperator('POST', '/v1/subscribers', {
      name: 'Ana',
      timeZone: 'asia/seoul',
      channels,
    });
    expect(made).toMatchObject({
      status: 201,
      headers: { location: `/v1/subscribers/${made.body.id}` },
      body: {
        name: 'Ana',
        timeZone: 'Asia/Seoul',
        channels: [
          { ...channels[0], state: 'pending' },
          { ...channels[1], state: 'pending' },
          { kind: 'sms', address: '+15555550100', state: 'confirmed' },
        ],
      },
    });
    expect(Object.keys(made.body.channels[0])).not.toContain('topicArn');
    const { body } = await asOperator('GET', `/v1/subscribers/${made.body.id}`);
    expect(body.channels).toHaveLength(3);
    expect((await asOperator('GET', `/v1/subscribers/${made.body.id}/channels`)).body.items).toEqual(
      body.channels,
    );
    const phone = (await api.partition(variable.registryTable, `SUBSCRIBER#${made.body.id}`)).find(
      ({ kind }) => kind === 'sms',
    );
    expect(phone).toMatchObject({ country: 'US' });
  });

  test('writes nothing when an address is taken', async () => {
    const taken = email();
    await asOperator('POST', '/v1/subscribers', { channels: [taken] });
    const before = (await api.scan(variable.registryTable)).length;
    const refused = await asOperator('POST', '/v1/subscribers', {
      channels: [email(), { ...taken, address: taken.address.toUpperCase() }],
    });
    expect(refused).toMatchObject({
      status: 409,
      body: { type: '/v1/docs#address-taken', errors: [{ pointer: '/channels/1/address' }] },
    });
    expect(await api.scan(variable.registryTable)).toHaveLength(before);
  });

  test.each(['CreateTopic', 'Subscribe', 'GetSubscriptionAttributes'])(
    'leaves nothing when %s fails, and can be repeated',
    async (action) => {
      const body = { channels: [webhook(), email()] };
      const before = (await api.scan(variable.registryTable)).length;
      const topics = api.sns.topics.size;
      api.sns.failNext(action, 'AuthorizationError');
      expect((await asOperator('POST', '/v1/subscribers', body)).status).toBe(500);
      expect(await api.scan(variable.registryTable)).toHaveLength(before);
      expect(api.sns.topics.size).toBe(topics);
      expect((await asOperator('POST', '/v1/subscribers', body)).status).toBe(201);
    },
  );

  // biome-ignore format: a table
  const refused: [string, unknown, string][] = [
    ['an unknown zone', { timeZone: 'Asia/Atlantis' }, '/timeZone'],
    ['an offset for a zone', { timeZone: '+09:00' }, '/timeZone'],
    ['a name with a line break', { name: 'a\nb' }, '/name'],
    ['eleven channels', { channels: Array.from({ length: 11 }, email) }, '/channels'],
    ['an unknown kind', { channels: [{ kind: 'fax', address: '1' }] }, '/channels/0/kind'],
    ['no address', { channels: [{ kind: 'email' }] }, '/channels/0/address'],
    ['one address twice', { channels: ['a@b.co', 'A@B.co'].map((address) => ({ kind: 'email', address })) }, '/channels/1/address'],
    ['a field that is ours', { channels: [{ ...email(), state: 'confirmed' }] }, '/channels/0/state'],
    ...[
      ['two e-mail addresses', 'email', 'a@b.co,c@d.co'],
      ['a header in an e-mail address', 'email', 'a@b.co\r\nBcc: c@d.co'],
      ['a quoted local part', 'email', '"a b"@c.co'],
      ['letters beyond ASCII', 'email', 'é@example.com'],
      ['a long e-mail address', 'email', `${'a'.repeat(64)}@${'b.'.repeat(100)}com`],
      ['a phone number without its country', 'sms', '010-1234-5678'],
      ['a phone in a country that is not allowed', 'sms', '+447911123456'],
      ['a fixed line', 'sms', '+8223456789'],
      ['a premium number', 'sms', '+19002345678'],
      ['a webhook into a private network', 'webhook', 'https://192.168.0.1/'],
    ].map(([title, kind, address]): [string, unknown, string] => [title!, { channels: [{ kind, address }] }, '/channels/0/address']),
  ];
  test.each(refused)('is refused with %s', async (_title, body, pointer) => {
    const { status, body: problem } = await asOperator('POST', '/v1/subscribers', body);
    expect({ status, pointers: problem.errors?.map((error: { pointer: string }) => error.pointer) }).toEqual({
      status: 422,
      pointers: [pointer],
    });
  });
});

describe('a channel', () => {
  test('is confirmed by its reader, which a look at it notices', async () => {
    const { id } = await api.newSubscriber();
    const made = await asOperator('POST', `/v1/subscribers/${id}/channels`, email());
    expect(made).toMatchObject({ status: 201, body: { state: 'pending' } });
    const path = `/v1/subscribers/${id}/channels/${made.body.id}`;
    expect(made.headers.location).toBe(path);
    const arn = subscriptionOf(made.body.id);
    api.sns.subscriptions.set(arn, 'confirmed');
    expect((await asOperator('GET', path)).body.state).toBe('confirmed');
    api.sns.subscriptions.delete(arn);
    expect((await asOperator('GET', path)).body.state).toBe('gone');
    expect((await asOperator('GET', `/v1/subscribers/${id}`)).body.channels[0].state).toBe('gone');
  });

  test.each(['CreateTopic', 'Subscribe', 'GetSubscriptionAttributes'])(
    'is finished by the same request when %s failed',
    async (action) => {
      const { id } = await api.newSubscriber();
      const body = email();
      api.sns.failNext(action, 'AuthorizationError');
      const failed = await asOperator('POST', `/v1/subscribers/${id}/channels`, body);
      expect(failed).toMatchObject({ status: 500, body: { requestId: 'request-1' } });
      expect(Object.keys(failed.body).sort()).toEqual(['requestId', 'status', 'title', 'type']);
      const again = await asOperator('POST', `/v1/subscribers/${id}/channels`, body);
      expect(again).toMatchObject({ status: 200, body: { ...body, state: 'pending' } });
      expect(api.sns.subscriptions.get(subscriptionOf(again.body.id))).toBe('pending');
    },
  );

  test('is finished by a look at it when its making was cut off', async () => {
    const { id } = await api.newSubscriber();
    api.sns.failNext('CreateTopic', 'AuthorizationError');
    await asOperator('POST', `/v1/subscribers/${id}/channels`, email());
    const [{ id: channelId }] = (await asOperator('GET', `/v1/subscribers/${id}/channels`)).body.items;
    expect(api.sns.topics.has(topicOf(channelId))).toBe(false);
    await asOperator('GET', `/v1/subscribers/${id}/channels/${channelId}`);
    expect(api.sns.subscriptions.get(subscriptionOf(channelId))).toBe('pending');
  });

  test('asks again for confirmation when it is made again, and only then', async () => {
    const { id } = await api.newSubscriber();
    const body = email();
    const made = await asOperator('POST', `/v1/subscribers/${id}/channels`, body);
    await asOperator('POST', `/v1/subscribers/${id}/channels`, body);
    expect(api.sns.calls.filter((action) => action === 'Subscribe')).toHaveLength(2);
    api.sns.subscriptions.set(subscriptionOf(made.body.id), 'confirmed');
    const again = await asOperator('POST', `/v1/subscribers/${id}/channels`, body);
    expect(again.body).toMatchObject({ id: made.body.id, state: 'confirmed' });
    expect(api.sns.calls.filter((action) => action === 'Subscribe')).toHaveLength(2);
  });

  test('that is removed while it is made leaves no topic', async () => {
    const { id } = await api.newSubscriber();
    const { openChannel } = await import('../../../lambdas/api/channel-life.ts');
    const removed: PersonalChannel = {
      id: 'removed',
      subscriberId: id,
      kind: 'email',
      address: 'removed@example.com',
      state: 'pending',
      createdAt: '2026-11-23T08:00:00.000Z',
    };
    await expect(openChannel(removed, '2026-11-23T08:00:01.000Z')).rejects.toMatchObject({
      slug: 'not-found',
    });
    expect(api.sns.calls).toContain('Subscribe');
    expect(api.sns.topics.has(topicOf('removed'))).toBe(false);
  });

  test('that SNS does not take is not kept', async () => {
    const { id } = await api.newSubscriber();
    api.sns.failNext('Subscribe', 'InvalidParameter');
    const body = email();
    expect(await asOperator('POST', `/v1/subscribers/${id}/channels`, body)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/address' }] },
    });
    expect((await asOperator('GET', `/v1/subscribers/${id}/channels`)).body.items).toEqual([]);
    expect((await asOperator('POST', `/v1/subscribers/${id}/channels`, body)).status).toBe(201);
  });

  test('belongs to one subscriber until it is removed', async () => {
    const [one, other] = [await api.newSubscriber(), await api.newSubscriber()];
    const body = email();
    const made = await asOperator('POST', `/v1/subscribers/${one.id}/channels`, body);
    expect((await asOperator('POST', `/v1/subscribers/${other.id}/channels`, body)).status).toBe(409);
    expect((await asOperator('GET', `/v1/subscribers/${other.id}/channels/${made.body.id}`)).status).toBe(
      404,
    );
    const path = `/v1/subscribers/${one.id}/channels/${made.body.id}`;
    expect((await asOperator('DELETE', path)).status).toBe(204);
    expect((await asOperator('DELETE', path)).status).toBe(404);
    expect(api.sns.topics.has(topicOf(made.body.id))).toBe(false);
    expect((await asOperator('POST', `/v1/subscribers/${other.id}/channels`, body)).status).toBe(201);
  });

  test('there are 20 at most, however many are asked for at once', async () => {
    const { id } = await api.newSubscriber();
    const answers = await Promise.all(
      Array.from({ length: 22 }, () => asOperator('POST', `/v1/subscribers/${id}/channels`, webhook())),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(answers.find(({ status }) => status !== 201)?.body.type).toBe('/v1/docs#limit-reached');
    const [first] = (await asOperator('GET', `/v1/subscribers/${id}/channels`)).body.items;
    await asOperator('DELETE', `/v1/subscribers/${id}/channels/${first.id}`);
    expect((await asOperator('POST', `/v1/subscribers/${id}/channels`, webhook())).status).toBe(201);
  });

  test('may be a webhook on this machine where loopback is allowed', async () => {
    const { id } = await api.newSubscriber();
    const body = { kind: 'webhook', address: 'http://127.0.0.1:8080/hook' };
    expect((await asOperator('POST', `/v1/subscribers/${id}/channels`, body)).status).toBe(201);
    expect([...api.sns.topics.values()]).toContain('http http://127.0.0.1:8080/hook');
  });
});

test('subscribers are listed, oldest first', async () => {
  const made = [await api.newSubscriber({ name: 'One' }), await api.newSubscriber({ name: 'Two' })];
  const { body } = await asOperator('GET', '/v1/subscribers');
  expect(body.items.slice(-2).map(({ id }: { id: string }) => id)).toEqual(made.map(({ id }) => id));
  expect(await api.readPages('/v1/subscribers', api.operator, 3)).toEqual(body.items);
});

test('erasing leaves nothing but tombstones', async () => {
  const { id, token, subscriber } = await api.newSubscriber({ channels: [email(), webhook()] });
  for (let n = 0; n < 12; n++) {
    await api.call('POST', '/v1/watches', { token, body: { name: `W${n}`, query: 'ferry' } });
  }
  await api.put(variable.alertsTable, { pk: `SUBSCRIBER#${id}`, sk: 'STORY#s1' });
  await api.put(variable.alertsTable, { pk: `SUBSCRIBER#${id}`, sk: 'STORY#s1#CHANNEL#c1' });
  api.sns.failNext('DeleteTopic', 'AuthorizationError');
  expect((await asOperator('DELETE', `/v1/subscribers/${id}`)).status).toBe(500);
  expect((await api.call('GET', '/v1/me', { token })).status).toBe(401);
  expect((await asOperator('DELETE', `/v1/subscribers/${id}`)).status).toBe(204);
  expect((await asOperator('DELETE', `/v1/subscribers/${id}`)).status).toBe(404);

  const left = (await api.scan(variable.registryTable)).filter((item) => JSON.stringify(item).includes(id));
  expect(left).toHaveLength(12);
  for (const item of left) {
    expect(item).toMatchObject({ version: 2, expiresAt: expect.any(Number) });
    expect(item).not.toHaveProperty('query');
  }
  expect(await api.partition(variable.alertsTable, `SUBSCRIBER#${id}`)).toEqual([]);
  for (const { address } of subscriber.channels) {
    expect((await api.scan(variable.registryTable)).some((item) => item.address === address)).toBe(false);
  }
});

const topicOf = (channelId: string) => `arn:aws:sns:us-east-1:000000000000:Tocsin-channel-${channelId}`;
const subscriptionOf = (channelId: string) => `${topicOf(channelId)}:subscription`;
