/** Lists: operators keep them, anybody follows them, and nobody learns who does. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { index } from '../../../core/indexes.ts';
import { keys } from '../../../lambdas/keys.ts';
import { type Api, type Call, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi({ signUp: 'open', loopback: 'allow' });
});
afterAll(() => api.stop());
beforeEach(() => void api.sns.calls.splice(0));

let next = 0;
const anybody = (method: string, path: string, body?: object, more: Call = {}) =>
  api.call(method, path, { ...(body && { body }), sourceIp: `203.0.113.${next++ % 250}`, ...more });
const asOperator = (method: string, path: string, body?: object, headers?: Record<string, string>) =>
  api.call(method, path, { token: api.operator, ...(body && { body }), ...(headers && { headers }) });
const email = () => ({ kind: 'email', address: `reader${next++}@example.com` });
const phone = () => ({ kind: 'sms', address: `+12025550${String(100 + (next++ % 100))}` });

const ferries = { name: 'Ferries', description: 'Ships and ports.', query: 'ferry OR (port strike)' };

async function makeList(given: object = {}): Promise<string> {
  return (await asOperator('POST', '/v1/lists', { ...ferries, ...given })).body.id;
}

const topicOf = (listId: string) => `arn:aws:sns:us-east-1:000000000000:Tocsin-channel-${listId}`;
const registry = variable.registryTable;
const logOf = async (listId: string) =>
  (await api.scan(registry)).filter(({ pk, watchId }) => pk.startsWith('WATCHLOG#') && watchId === listId);

/** A subscriber with a phone, and how they ask. */
async function withPhone() {
  const { id, token, subscriber } = await api.newSubscriber({ channels: [phone()] });
  const channelId: string = subscriber.channels[0].id;
  const as = (method: string, path: string, body?: object, query?: Record<string, string>) =>
    api.call(method, path, { token, ...(body && { body }), ...(query && { query }) });
  return { id, channelId, as };
}

describe('operators', () => {
  test('make a list: a topic, a subscriber to the pipeline, a watch in the log', async () => {
    const answer = await asOperator('POST', '/v1/lists', ferries);
    const { id } = answer.body;
    expect(answer).toMatchObject({
      status: 201,
      headers: { location: `/v1/lists/${id}`, etag: '"1"' },
      body: {
        ...ferries,
        reading: 'ferry OR (port AND strike)',
        frequency: 'instant',
        timeZone: 'UTC',
        paused: false,
        url: `https://web.example/lists/${id}`,
      },
    });
    expect(api.sns.topics.has(topicOf(id))).toBe(true);
    const items = await api.partition(registry, `SUBSCRIBER#${id}`);
    expect(items).toMatchObject([
      { sk: `CHANNEL#${id}`, kind: 'list', state: 'confirmed', topicArn: topicOf(id) },
      { sk: 'LIST', timeZone: 'UTC' },
      { sk: `WATCH#${id}`, subscriberId: id, channelIds: [] },
    ]);
    expect(items.every((item) => !(index.registryDue.pk in item))).toBe(true);
    expect(await logOf(id)).toMatchObject([{ subscriberId: id, version: 1, query: ferries.query }]);
  });

  test.each([
    [{ query: '"never closed' }, 'invalid-query'],
    [{ name: 'two\nlines' }, 'invalid-body'],
    [{ description: 'x'.repeat(1_001) }, 'invalid-body'],
    [{ timeZone: '+09:00' }, 'invalid-body'],
    [{ channelIds: [] }, 'invalid-body'],
  ])('are refused %j', async (given, slug) => {
    const { status, body } = await asOperator('POST', '/v1/lists', { ...ferries, ...given });
    expect([status, body.type]).toEqual([422, `/v1/docs#${slug}`]);
  });

  test('make nothing where SNS makes no topic', async () => {
    api.sns.failNext('CreateTopic', 'AuthorizationError');
    const before = (await asOperator('GET', '/v1/lists')).body.items.length;
    expect((await asOperator('POST', '/v1/lists', ferries)).status).toBe(500);
    expect((await asOperator('GET', '/v1/lists')).body.items).toHaveLength(before);
  });

  test('make it once by a key', async () => {
    const made = [1, 2].map(() =>
      asOperator('POST', '/v1/lists', { ...ferries, name: 'Once' }, { 'idempotency-key': 'k1' }),
    );
    const [first, second] = await Promise.all(made);
    const statuses = [first!.status, second!.status].toSorted();
    expect(statuses[0]).toBe(201);
    expect([201, 409]).toContain(statuses[1]);
    const { items } = (await asOperator('GET', '/v1/lists', undefined)).body;
    expect(items.filter(({ name }: { name: string }) => name === 'Once')).toHaveLength(1);
  });

  test('change it at the version that they read', async () => {
    const id = await makeList();
    const change = { query: 'ferry', frequency: 'daily', digestTime: '07:30', timeZone: 'Asia/Seoul' };
    const stale = await asOperator('PATCH', `/v1/lists/${id}`, change, { 'if-match': '"2"' });
    expect(stale.status).toBe(412);
    const { body, headers } = await asOperator('PATCH', `/v1/lists/${id}`, change, { 'if-match': '"1"' });
    expect(body).toMatchObject({ ...change, description: ferries.description });
    expect(headers.etag).toBe('"2"');
    expect(await logOf(id)).toMatchObject([{ version: 2, query: 'ferry' }]);
    const items = await api.partition(registry, `SUBSCRIBER#${id}`);
    expect(items.find(({ sk }) => sk === 'LIST')).toMatchObject({ timeZone: 'Asia/Seoul' });
    const same = await asOperator('PATCH', `/v1/lists/${id}`, change);
    expect(same.headers.etag).toBe('"2"');
    const bare = await asOperator('PATCH', `/v1/lists/${id}`, { description: null });
    expect(bare.body).not.toHaveProperty('description');
    const listed = (await anybody('GET', '/v1/lists')).body.items;
    expect(listed).toContainEqual(expect.objectContaining({ id, query: 'ferry' }));
  });

  test('pause it: it matches nothing until they resume it', async () => {
    const id = await makeList();
    await asOperator('PATCH', `/v1/lists/${id}`, { paused: true });
    expect((await logOf(id))[0]).not.toHaveProperty('query');
    expect((await anybody('GET', `/v1/lists/${id}`)).body.paused).toBe(true);
    await asOperator('PATCH', `/v1/lists/${id}`, { paused: false });
    expect(await logOf(id)).toMatchObject([{ query: ferries.query, version: 3 }]);
  });

  test('see how many follow it, and by which addresses, which they cannot read', async () => {
    const id = await makeList();
    for (const member of [
      email(),
      email(),
      { kind: 'webhook', address: 'https://hooks.example.com/secret' },
    ]) {
      await anybody('POST', `/v1/lists/${id}/members`, member);
    }
    const { channelId, as } = await withPhone();
    await as('POST', `/v1/lists/${id}/members`, { channelId });
    api.sns.members.get(topicOf(id))![0]!.state = 'confirmed';
    const counts = { confirmed: 1, pending: 2, sms: 1 };
    expect((await asOperator('GET', `/v1/lists/${id}`)).body.members).toEqual(counts);
    expect((await asOperator('GET', '/v1/lists')).body.items.at(-1).members).toEqual(counts);
    const first = (await asOperator('GET', `/v1/lists/${id}/members`)).body;
    expect(first.items).toEqual([
      { kind: 'sms', address: expect.stringMatching(/^\+12•••\d\d$/), state: 'confirmed' },
      { kind: 'email', address: 'r•••@example.com', state: 'confirmed' },
      { kind: 'email', address: 'r•••@example.com', state: 'pending' },
    ]);
    const rest = await api.call('GET', `/v1/lists/${id}/members`, {
      token: api.operator,
      query: { cursor: first.next },
    });
    expect(rest.body).toEqual({
      items: [{ kind: 'webhook', address: 'https://hooks.example.com/•••', state: 'pending' }],
    });
  });

  test('whose topic is gone see nobody there, and get it again by any change', async () => {
    const id = await makeList();
    api.sns.failNext('GetTopicAttributes', 'NotFound');
    const none = { confirmed: 0, pending: 0, sms: 0 };
    expect((await asOperator('GET', `/v1/lists/${id}`)).body.members).toEqual(none);
    api.sns.failNext('ListSubscriptionsByTopic', 'NotFound');
    expect((await asOperator('GET', `/v1/lists/${id}/members`)).body).toEqual({ items: [] });
    api.sns.topics.delete(topicOf(id));
    await asOperator('PATCH', `/v1/lists/${id}`, { paused: false });
    expect(api.sns.topics.has(topicOf(id))).toBe(true);
  });

  test('remove it: no match, no topic, no members, no alerts; and what was cut off is finished', async () => {
    const id = await makeList();
    const { id: ana, channelId, as } = await withPhone();
    await as('POST', `/v1/lists/${id}/members`, { channelId });
    await api.put(variable.alertsTable, { ...keys.alert(id, 'story'), storyId: 'story' });
    expect((await asOperator('DELETE', `/v1/lists/${id}`, undefined, { 'if-match': '"7"' })).status).toBe(
      412,
    );
    api.sns.failNext('DeleteTopic', 'AuthorizationError');
    expect((await asOperator('DELETE', `/v1/lists/${id}`)).status).toBe(500);
    expect((await anybody('GET', `/v1/lists/${id}`)).status).toBe(404);
    expect((await asOperator('DELETE', `/v1/lists/${id}`)).status).toBe(204);
    expect((await asOperator('DELETE', `/v1/lists/${id}`)).status).toBe(404);
    expect(api.sns.topics.has(topicOf(id))).toBe(false);
    expect(await api.partition(registry, `SUBSCRIBER#${id}`)).toEqual([]);
    expect(await api.partition(variable.alertsTable, `SUBSCRIBER#${id}`)).toEqual([]);
    const left = await api.partition(registry, `SUBSCRIBER#${ana}`);
    expect(left.filter(({ sk }) => sk.startsWith('MEMBER#'))).toEqual([]);
    expect((await logOf(id))[0]).not.toHaveProperty('query');
  });

  test('do not find it among people', async () => {
    const id = await makeList();
    const { items } = (await asOperator('GET', '/v1/subscribers')).body;
    expect(items.map((one: { id: string }) => one.id)).not.toContain(id);
    for (const [method, path, body] of [
      ['GET', `/v1/subscribers/${id}`],
      ['GET', `/v1/subscribers/${id}/channels/${id}`],
      ['DELETE', `/v1/subscribers/${id}/channels/${id}`],
      ['POST', `/v1/subscribers/${id}/channels`, email()],
      ['POST', `/v1/subscribers/${id}/tokens`, { name: 'x' }],
      ['DELETE', `/v1/subscribers/${id}`],
    ] as const) {
      const { status } = await asOperator(method, path, body);
      expect([method, path, status]).toEqual([method, path, 404]);
    }
    expect((await anybody('GET', `/v1/lists/${id}`)).status).toBe(200);
  });
});

describe('anybody', () => {
  test('sees lists and what they told, and nothing of who follows', async () => {
    const id = await makeList();
    await anybody('POST', `/v1/lists/${id}/members`, email());
    for (const n of [1, 2, 3]) {
      const alertedAt = `2026-11-23T08:0${n}:00.000Z`;
      const article = {
        id: `a${n}`,
        url: `https://example.com/${n}`,
        title: `Ferry ${n}`,
        sourceId: 's',
        sourceName: 'Post',
        summary: 'Text',
      };
      const timeline = { [index.alertsTimeline.pk]: `SUBSCRIBER#${id}`, alertedAt };
      const alert = { storyId: `s${n}`, article, watches: [], seenAt: alertedAt, ...timeline };
      await api.put(variable.alertsTable, { ...keys.alert(id, `s${n}`), ...alert });
    }
    const shown = await anybody('GET', `/v1/lists/${id}`);
    expect(shown.headers).toMatchObject({ 'cache-control': 'public, max-age=60', vary: 'authorization' });
    expect(shown.body).not.toHaveProperty('members');
    const told = await anybody('GET', `/v1/lists/${id}/alerts`, undefined, { query: { limit: '2' } });
    expect(told.headers['cache-control']).toBe('public, max-age=60');
    expect(told.body.items).toEqual(
      [3, 2].map((n) => ({
        id: `s${n}`,
        title: `Ferry ${n}`,
        url: `https://example.com/${n}`,
        sourceName: 'Post',
        alertedAt: `2026-11-23T08:0${n}:00.000Z`,
      })),
    );
    const rest = { query: { cursor: told.body.next } };
    expect((await anybody('GET', `/v1/lists/${id}/alerts`, undefined, rest)).body.items).toHaveLength(1);
    expect((await asOperator('GET', `/v1/lists/${id}`)).headers['cache-control']).toBe('no-store');
  });

  test('does not see a subscriber’s watches or alerts as a list', async () => {
    const { id, token } = await api.newSubscriber();
    const watch = (await api.call('POST', '/v1/watches', { token, body: { name: 'Own', query: 'own' } }))
      .body;
    for (const path of [`/v1/lists/${id}`, `/v1/lists/${id}/alerts`, `/v1/lists/${watch.id}`]) {
      expect((await anybody('GET', path)).status).toBe(404);
    }
  });

  test('joins by mail or webhook, and is answered alike whether known or not', async () => {
    const id = await makeList();
    const known = email();
    await api.newSubscriber({ channels: [known] });
    const hook = { kind: 'webhook', address: 'https://hooks.example.com/x' };
    const answers = [];
    for (const member of [known, email(), known, hook]) {
      const { status, body } = await anybody('POST', `/v1/lists/${id}/members`, member);
      answers.push(JSON.stringify([status, body]));
    }
    expect([...new Set(answers)]).toEqual([expect.stringMatching(/^\[202,\{"message":/)]);
    const endpoints = api.sns.members.get(topicOf(id))!.map(({ endpoint }) => endpoint);
    expect(endpoints[0]).toBe(`email ${known.address}`);
    expect(endpoints).toHaveLength(3);
    expect(endpoints[2]).toBe('https https://hooks.example.com/x');
  });

  test.each([
    [{ kind: 'email', address: 'nobody' }, '/address'],
    [{ kind: 'webhook', address: 'https://10.0.0.1/' }, '/address'],
    [{ kind: 'sms', address: '+12025550100' }, '/kind'],
    [{ kind: 'email', address: 'a@example.com', name: 'x' }, '/name'],
    [{ channelId: 7 }, '/channelId'],
  ])('is refused %j at %s', async (body, pointer) => {
    const answer = await anybody('POST', `/v1/lists/${await makeList()}/members`, body);
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: expect.arrayContaining([expect.objectContaining({ pointer })]) },
    });
  });

  test('is told when SNS does not take the address', async () => {
    api.sns.failNext('Subscribe', 'InvalidParameter');
    const answer = await anybody('POST', `/v1/lists/${await makeList()}/members`, email());
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/address' }] } });
  });

  test('asks only so often for an address, and from a network', async () => {
    const id = await makeList();
    const statusesOf = async (count: number, member: () => object, sourceIp?: string) => {
      const asked = Array.from({ length: count }, () =>
        anybody('POST', `/v1/lists/${id}/members`, member(), sourceIp ? { sourceIp } : {}),
      );
      return (await Promise.all(asked)).map(({ status }) => status);
    };
    // Of five an hour and twenty an hour one is too many, even where an hour ends on the way.
    const victim = email();
    expect(await statusesOf(11, () => victim)).toContain(429);
    const network = await statusesOf(41, email, '198.51.100.77');
    expect(network).toContain(429);
    expect(network.filter((status) => status === 202).length).toBeGreaterThanOrEqual(20);
  });

  test('confirms by pasting the link, and can still leave by the mail’s other link', async () => {
    const list = await makeList();
    const own = await api.newSubscriber({ channels: [email()] });
    const confirm = async (topic: string) => {
      const link = `https://sns.us-east-1.amazonaws.com/confirmation.html?TopicArn=${topic}&Token=sound`;
      return (await anybody('POST', '/v1/channels/confirm', { link })).status;
    };
    const personal = topicOf(own.subscriber.channels[0].id);
    expect([await confirm(topicOf(list)), await confirm(personal)]).toEqual([204, 204]);
    expect([api.sns.canLeave.has(topicOf(list)), api.sns.canLeave.has(personal)]).toEqual([true, false]);
  });
});

describe('subscribers', () => {
  test('join by text with a phone of theirs, see that they have, and leave', async () => {
    const id = await makeList();
    const { channelId, as } = await withPhone();
    const path = `/v1/lists/${id}/members`;
    const joined = await as('POST', path, { channelId });
    expect(joined).toMatchObject({ status: 201, body: { listId: id, channelId } });
    expect((await as('POST', path, { channelId })).status).toBe(200);
    const shown = await as('GET', `/v1/lists/${id}`);
    expect(shown.body.joined).toEqual([channelId]);
    expect(shown.headers['cache-control']).toBe('no-store');
    expect((await asOperator('GET', `/v1/lists/${id}`)).body.members.sms).toBe(1);
    expect((await as('DELETE', `${path}/${channelId}`)).status).toBe(204);
    expect((await as('DELETE', `${path}/${channelId}`)).status).toBe(404);
    expect((await asOperator('GET', `/v1/lists/${id}`)).body.members.sms).toBe(0);
  });

  test('join with nothing else, and with nobody else’s', async () => {
    const path = `/v1/lists/${await makeList()}/members`;
    const [ana, ben] = [await withPhone(), await withPhone()];
    expect((await ben.as('POST', path, { channelId: ana.channelId })).status).toBe(422);
    expect((await anybody('POST', path, { channelId: ana.channelId })).status).toBe(403);
    expect((await asOperator('POST', path, { channelId: ana.channelId })).status).toBe(403);
    const mail = (await ben.as('POST', '/v1/me/channels', email())).body;
    expect((await ben.as('POST', path, { channelId: mail.id })).status).toBe(422);
    const pending = (await ben.as('POST', '/v1/me/channels', phone())).body;
    expect((await ben.as('POST', path, { channelId: pending.id })).status).toBe(422);
    await ana.as('POST', path, { channelId: ana.channelId });
    expect((await ben.as('DELETE', `${path}/${ana.channelId}`)).status).toBe(404);
  });

  test.each([
    [
      'the phone is removed',
      (who: Who) => who.as('DELETE', `/v1/me/channels/${who.channelId}`, undefined, { last: 'true' }),
    ],
    ['they leave', (who: Who) => who.as('DELETE', '/v1/me')],
    ['an operator erases them', (who: Who) => asOperator('DELETE', `/v1/subscribers/${who.id}`)],
  ])('are members no more when %s', async (_when, act) => {
    const id = await makeList();
    const who = await withPhone();
    await who.as('POST', '/v1/me/channels', email());
    await who.as('POST', `/v1/lists/${id}/members`, { channelId: who.channelId });
    const before = await api.partition(registry, `SUBSCRIBER#${id}`);
    expect(before.some(({ subscriberId }) => subscriberId === who.id)).toBe(true);
    await act(who);
    const after = await api.partition(registry, `SUBSCRIBER#${id}`);
    expect(after.some(({ subscriberId }) => subscriberId === who.id)).toBe(false);
    expect((await asOperator('GET', `/v1/lists/${id}`)).body.members.sms).toBe(0);
  });

  test('find their memberships in what they take along', async () => {
    const id = await makeList();
    const { channelId, as } = await withPhone();
    const { joinedAt } = (await as('POST', `/v1/lists/${id}/members`, { channelId })).body;
    expect((await as('GET', '/v1/me/export')).body.lists).toEqual([{ listId: id, channelId, joinedAt }]);
  });
});
type Who = Awaited<ReturnType<typeof withPhone>>;
