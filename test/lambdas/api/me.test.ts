/** What subscribers do about themselves. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { keys } from '../../../lambdas/keys.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi({ signUp: 'open', loopback: 'allow' });
});
afterAll(() => api.stop());
beforeEach(() => void api.sns.published.splice(0));

let next = 0;
const email = () => ({ kind: 'email', address: `me${next++}@example.com` });
const phone = () => ({ kind: 'sms', address: `+15555550${100 + (next++ % 100)}` });
const subscription = (id: string) => `arn:aws:sns:us-east-1:000000000000:Tocsin-channel-${id}:subscription`;
const lastCode = () => /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(api.sns.published.at(-1)?.text ?? '')?.[0];
const as =
  (token: string) =>
  (method: string, path: string, body?: unknown, query = {}) =>
    api.call(method, path, { token, query, ...(body !== undefined && { body }) });

async function someone(channels: object[] = [email()]) {
  const { token, id, subscriber } = await api.newSubscriber({ name: 'Ana', channels });
  for (const channel of subscriber.channels) api.sns.subscriptions.set(subscription(channel.id), 'confirmed');
  return { token, id, subscriber, channels: subscriber.channels, call: as(token) };
}

test('name and time zone change', async () => {
  const { call } = await someone();
  const changed = await call('PATCH', '/v1/me', { name: 'Bea', timeZone: 'europe/berlin' });
  expect(changed).toMatchObject({ status: 200, body: { name: 'Bea', timeZone: 'Europe/Berlin' } });
  expect((await call('GET', '/v1/me')).body).toMatchObject({ name: 'Bea', timeZone: 'Europe/Berlin' });
  for (const body of [{}, { timeZone: 'Mars/Base' }, { id: 'x' }]) {
    expect((await call('PATCH', '/v1/me', body)).status).toBe(422);
  }
});

describe('the weekly heartbeat', () => {
  const dueAt = async (id: string) => {
    const items = await api.partition(variable.registryTable, keys.subscriber(id).pk);
    const { heartbeatAt, dueAt: at, dueKey } = items.find(({ sk }) => sk === keys.subscriber(id).sk)!;
    expect(at).toBe(heartbeatAt);
    expect(dueKey).toBe(at && 'HEARTBEAT');
    return heartbeatAt as string | undefined;
  };
  test('is off until it is asked for', async () => {
    const { call, id } = await someone();
    expect((await call('GET', '/v1/me')).body.heartbeat).toBe('off');
    const asked = await call('PATCH', '/v1/me', { heartbeat: 'weekly', timeZone: 'Asia/Seoul' });
    expect(asked).toMatchObject({ status: 200, body: { heartbeat: 'weekly' } });
    expect((await call('GET', '/v1/me')).body.heartbeat).toBe('weekly');
    const askedAt = await dueAt(id);
    expect(Date.parse(askedAt!)).toBeLessThanOrEqual(Date.now());
    await call('PATCH', '/v1/me', { name: 'Bea' });
    expect(await dueAt(id)).toBe(askedAt);
    await call('PATCH', '/v1/me', { heartbeat: 'off' });
    expect(await dueAt(id)).toBeUndefined();
  });

  test('is due anew for who moves, and not for who stays', async () => {
    const { call, id, subscriber } = await someone();
    const heartbeatAt = '2999-01-07T08:00:00.000Z';
    const due = { heartbeatAt, dueKey: 'HEARTBEAT', dueAt: heartbeatAt };
    await api.put(variable.registryTable, { ...subscriber, ...keys.subscriber(id), ...due });
    await call('PATCH', '/v1/me', { heartbeat: 'weekly' });
    expect(await dueAt(id)).toBe(heartbeatAt);
    await call('PATCH', '/v1/me', { timeZone: 'America/New_York' });
    expect(Date.parse((await dueAt(id))!)).toBeLessThanOrEqual(Date.now());
  });

  test('that is due already is not put off', async () => {
    const { call, id, subscriber } = await someone();
    const heartbeatAt = '2026-11-02T08:00:00.000Z';
    const due = { heartbeatAt, dueKey: 'HEARTBEAT', dueAt: heartbeatAt };
    await api.put(variable.registryTable, { ...subscriber, ...keys.subscriber(id), ...due });
    await call('PATCH', '/v1/me', { heartbeat: 'weekly' });
    expect(await dueAt(id)).toBe(heartbeatAt);
  });

  test.each(['daily', '', null])('%j is refused', async (heartbeat) => {
    const { call } = await someone();
    expect((await call('PATCH', '/v1/me', { heartbeat })).status).toBe(422);
  });
});

test('what texts cost is shown, to each their own', async () => {
  const { call, id } = await someone();
  const month = new Date().toISOString().slice(0, 7);
  await api.put(variable.alertsTable, { ...keys.smsBudget(`${month}#${id}`), spentMicroUsd: 90_000 });
  await api.put(variable.alertsTable, { ...keys.smsBudget(month), spentMicroUsd: 120_000 });
  expect((await call('GET', '/v1/me/sms-budget')).body).toEqual({ month, spentUsd: 0.09, limitUsd: 0.5 });
  const { body } = await api.call('GET', '/v1/sms-budget', { token: api.operator });
  expect(body).toMatchObject({ month, alerts: { spentUsd: 0.12, limitUsd: 9 }, codes: { limitUsd: 1 } });
});

describe('channels', () => {
  test('a phone is added by its code', async () => {
    const { call } = await someone();
    const added = await call('POST', '/v1/me/channels', phone());
    expect(added).toMatchObject({ status: 201, body: { state: 'pending' } });
    const path = `/v1/me/channels/${added.body.id}`;
    expect(added.headers.location).toBe(path);
    const code = lastCode();
    expect((await call('POST', `${path}/confirm`, { code: 'AAAA-AAAA' })).body.type).toBe(
      '/v1/docs#wrong-code',
    );
    expect(await call('POST', `${path}/confirm`, { code })).toMatchObject({
      status: 200,
      body: { state: 'confirmed' },
    });
    expect((await call('POST', `${path}/confirm`, { code })).status).toBe(422);
  });

  test('a webhook has a secret, which is its own and stays', async () => {
    const { call, channels } = await someone([
      email(),
      { kind: 'webhook', address: 'https://example.com/hook' },
    ]);
    const [mail, hook] = channels.map(({ id }: { id: string }) => `/v1/me/channels/${id}/secret`);
    const first = await call('GET', hook!);
    expect(first).toMatchObject({ status: 200, body: { secret: expect.stringMatching(/^whsec_/) } });
    expect((await call('GET', hook!)).body).toEqual(first.body);
    expect((await call('GET', mail!)).status).toBe(404);
    expect((await (await someone()).call('GET', hook!)).status).toBe(404);
  });

  test('the last that is confirmed is removed only on purpose', async () => {
    const { call, channels } = await someone();
    const path = `/v1/me/channels/${channels[0].id}`;
    expect((await call('GET', path)).body.state).toBe('confirmed');
    expect(await call('DELETE', path)).toMatchObject({
      status: 409,
      body: { type: '/v1/docs#last-channel' },
    });
    expect((await call('DELETE', path, undefined, { last: 'yes' })).status).toBe(400);
    expect((await call('DELETE', path, undefined, { last: 'true' })).status).toBe(204);
    expect((await call('GET', '/v1/me/channels')).body.items).toEqual([]);
  });

  test("an address that is another's looks like one that nobody confirmed", async () => {
    const [ana, ben] = [await someone(), await someone()];
    const taken = { kind: 'email', address: ben.channels[0].address.toUpperCase() };
    const free = email();
    const [first, second] = [
      await ana.call('POST', '/v1/me/channels', taken),
      await ana.call('POST', '/v1/me/channels', free),
    ];
    const shape = ({ status, headers, body }: typeof first) => ({
      status,
      headers: Object.keys(headers),
      keys: Object.keys(body),
      state: body.state,
    });
    expect(shape(first)).toEqual(shape(second));
    const path = `/v1/me/channels/${first.body.id}`;
    const [decoy, real] = [first, second].map(({ body }) => `/v1/me/channels/${body.id}`);
    for (const one of [decoy!, real!]) {
      const [before, after] = [await ana.call('GET', one), await ana.call('GET', one)];
      expect(Date.parse(after.body.checkedAt)).toBeGreaterThanOrEqual(Date.parse(before.body.checkedAt));
    }
    for (const [body, made] of [
      [taken, first],
      [free, second],
    ] as const) {
      expect((await ana.call('POST', '/v1/me/channels', body)).body.id).toBe(made.body.id);
    }
    for (const read of [await ana.call('GET', path), await ana.call('POST', '/v1/me/channels', taken)]) {
      expect(read).toMatchObject({ status: 200, body: { state: 'pending' } });
    }
    expect((await ana.call('DELETE', path)).status).toBeLessThan(500);
    expect((await ben.call('GET', `/v1/me/channels/${ben.channels[0].id}`)).body.state).toBe('confirmed');
  });

  test('nobody confirms a decoy: it is gone after two days, as others are', async () => {
    const [ana, ben] = [await someone(), await someone()];
    const { kind, address } = ben.channels[0];
    const { id } = (await ana.call('POST', '/v1/me/channels', { kind, address })).body;
    const [item] = (await api.partition(variable.registryTable, `SUBSCRIBER#${ana.id}`)).filter(
      (one) => one.id === id,
    );
    await api.put(variable.registryTable, { ...item, createdAt: '2026-01-01T08:00:00.000Z' });
    expect((await ana.call('GET', `/v1/me/channels/${id}`)).body.state).toBe('gone');
  });

  test('an address that another gave back is free for who wanted it', async () => {
    const [ana, ben] = [await someone(), await someone()];
    const { kind, address } = ben.channels[0];
    const decoy = (await ana.call('POST', '/v1/me/channels', { kind, address })).body;
    await ben.call('DELETE', '/v1/me');
    const again = await ana.call('POST', '/v1/me/channels', { kind, address });
    expect(again).toMatchObject({ status: 200, body: { id: decoy.id, state: 'pending' } });
    api.sns.subscriptions.set(subscription(again.body.id), 'confirmed');
    expect((await ana.call('GET', `/v1/me/channels/${again.body.id}`)).body.state).toBe('confirmed');
  });

  test('quiet hours are set and taken back', async () => {
    const { call, channels, token } = await someone();
    const path = `/v1/me/channels/${channels[0].id}`;
    const quietHours = { from: '22:00', to: '07:00' };
    expect((await call('PATCH', path, { quietHours })).body).toMatchObject({ quietHours });
    const { etag } = (await call('GET', path)).headers;
    expect(etag).toBe('"2"');
    expect((await call('PATCH', path, { quietHours: null })).body).not.toHaveProperty('quietHours');
    const late = { token, body: { quietHours }, headers: { 'if-match': etag! } };
    expect((await api.call('PATCH', path, late)).status).toBe(412);
    expect((await call('PATCH', path, { quietHours: { from: '22:00' } })).status).toBe(422);
  });

  test("another's channel is none", async () => {
    const [ana, ben] = [await someone(), await someone()];
    const path = `/v1/me/channels/${ben.channels[0].id}`;
    for (const method of ['GET', 'DELETE']) expect((await ana.call(method, path)).status).toBe(404);
    expect((await ana.call('POST', `${path}/confirm`, { code: 'AAAAAAAA' })).status).toBe(404);
  });

  test('twenty a day', async () => {
    const { call } = await someone();
    await Promise.all(Array.from({ length: 19 }, () => call('POST', '/v1/me/channels', email())));
    expect((await call('POST', '/v1/me/channels', email())).status).toBe(409);
    expect(await call('POST', '/v1/me/channels', email())).toMatchObject({
      status: 429,
      headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
    });
  });
});

describe('tokens', () => {
  test('are made, listed and revoked', async () => {
    const { call, token } = await someone();
    const made = await call('POST', '/v1/me/tokens', { name: 'script' });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'script', token: expect.stringMatching(/^tocsin_sub_/) },
    });
    const { items } = (await call('GET', '/v1/me/tokens')).body;
    expect(items).toHaveLength(2);
    expect(JSON.stringify(items)).not.toMatch(/tocsin_sub_|sha256/);
    const [mine] = items.filter(({ current }: { current: boolean }) => current);
    expect(mine).toMatchObject({ name: 'phone', use: 'personal', lastUsedAt: expect.any(String) });
    expect((await as(made.body.token)('GET', '/v1/me')).status).toBe(200);
    expect((await call('DELETE', made.headers.location!)).status).toBe(204);
    expect((await call('DELETE', made.headers.location!)).status).toBe(404);
    expect((await as(made.body.token)('GET', '/v1/me')).status).toBe(401);
    expect((await api.call('DELETE', `/v1/me/tokens/${mine.id}`, { token })).status).toBe(204);
    expect((await call('GET', '/v1/me')).status).toBe(401);
  });
});

test('the export has everything, alerts in pages', async () => {
  const { call, id } = await someone();
  await call('POST', '/v1/watches', { name: 'Ferries', query: 'ferry' });
  for (let n = 0; n < 1001; n++) {
    const sk = `STORY#s${String(n).padStart(4, '0')}`;
    if (n < 2 || n === 1000)
      await api.put(variable.alertsTable, { pk: `SUBSCRIBER#${id}`, sk, storyId: `s${n}`, expiresAt: 1 });
  }
  const { status, body } = await call('GET', '/v1/me/export');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    subscriber: { id, name: 'Ana' },
    channels: [{ kind: 'email' }],
    watches: [{ query: 'ferry' }],
    tokens: [{ name: 'phone' }],
    alerts: [{ storyId: 's0' }, { storyId: 's1' }, { storyId: 's1000' }],
  });
  expect(body.alerts[0]).toEqual({ storyId: 's0' });
  const cursor = Buffer.from('STORY#s0000').toString('base64url');
  expect((await call('GET', '/v1/me/export', undefined, { cursor })).body.alerts).toHaveLength(2);
});

test('leaving erases everything and says what remains', async () => {
  const { call, id, channels } = await someone([email(), phone()]);
  const { status, body } = await call('DELETE', '/v1/me');
  expect(status).toBe(200);
  expect(body.remains).toMatchObject([
    { what: expect.stringContaining('ids of your watches') },
    { what: expect.stringContaining('snapshot of all watches') },
    { what: expect.stringContaining('Backups') },
  ]);
  const until = body.remains.map((each: { until: string }) => Date.parse(each.until));
  expect(until.map((time: number) => (time - until[0]) / 86_400_000 + 7)).toEqual([7, 2, 35]);
  expect((await call('GET', '/v1/me')).status).toBe(401);
  const left = (await api.scan(variable.registryTable)).filter((item) => JSON.stringify(item).includes(id));
  expect(left).toEqual([]);
  for (const { address } of channels) {
    expect((await api.scan(variable.registryTable)).some((item) => item.pk.includes(address))).toBe(false);
  }
});
