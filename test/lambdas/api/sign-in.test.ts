/** Signing up and in, as people do who are not known yet. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi({ signUp: 'open', loopback: 'allow' });
});
afterAll(() => api.stop());
beforeEach(() => void api.sns.published.splice(0));

let next = 0;
/** Everybody from a network of their own. */
const from = () => `203.0.${next >> 8}.${next++ % 256}`;
const post = (path: string, body: unknown, sourceIp = from()) => api.call('POST', path, { body, sourceIp });
const email = () => ({ kind: 'email', address: `Person${next++}@example.com` });
const phone = () => ({ kind: 'sms', address: `+1555555${String(100 + (next++ % 100)).padStart(4, '0')}` });
const signUp = (channel: object) => post('/v1/subscribers', { channels: [channel] });

const lastCode = () => /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(api.sns.published.at(-1)?.text ?? '')?.[0];

const ownerOf = async (address: string) =>
  (await api.scan(variable.registryTable)).find(
    (item) => item.sk === 'ADDRESS' && item.address.toLowerCase() === address.toLowerCase(),
  );
const topicOf = (channelId: string) => `arn:aws:sns:us-east-1:000000000000:Tocsin-channel-${channelId}`;

async function confirmedEmail() {
  const channel = email();
  await signUp(channel);
  const { channelId } = (await ownerOf(channel.address))!;
  api.sns.subscriptions.set(`${topicOf(channelId)}:subscription`, 'confirmed');
  return { ...channel, channelId };
}

describe('by e-mail', () => {
  test('sign up, confirm, code, token', async () => {
    const channel = email();
    expect(await signUp(channel)).toMatchObject({
      status: 202,
      body: { message: expect.stringContaining('If this address can be used') },
    });
    const { channelId } = (await ownerOf(channel.address))!;
    const link = `https://sns.us-east-1.amazonaws.com/confirmation.html?TopicArn=${topicOf(channelId)}&Token=sound&Endpoint=${channel.address}`;
    expect((await post('/v1/channels/confirm', { link })).status).toBe(204);
    expect((await post('/v1/sessions', channel)).status).toBe(202);
    expect(api.sns.published.map(({ to }) => to)).toEqual([topicOf(channelId)]);
    const code = lastCode()!.replace('-', ' ').toLowerCase();
    const signedIn = await post('/v1/sessions/verify', { ...channel, code, name: 'Phone' });
    expect(signedIn).toMatchObject({ status: 201, body: { name: 'Phone' } });
    const { status, body } = await api.call('GET', '/v1/me', { token: signedIn.body.token });
    expect({ status, channels: body.channels }).toMatchObject({
      status: 200,
      channels: [{ address: channel.address.replace('@Example', '@example'), state: 'confirmed' }],
    });
  });

  test('what was asked before its confirmation sends the confirmation again', async () => {
    const channel = email();
    await signUp(channel);
    const before = api.sns.calls.filter((action) => action === 'Subscribe').length;
    expect((await post('/v1/sessions', channel)).status).toBe(202);
    expect(api.sns.calls.filter((action) => action === 'Subscribe')).toHaveLength(before + 1);
    expect(api.sns.published).toEqual([]);
  });

  test('a code is stored as a hash and replaced by the next', async () => {
    const channel = await confirmedEmail();
    await post('/v1/sessions', { kind: 'email', address: channel.address });
    const first = lastCode()!;
    expect(JSON.stringify(await api.scan(variable.registryTable))).not.toContain(first.replace('-', ''));
    await post('/v1/sessions', { kind: 'email', address: channel.address.toUpperCase() });
    const verify = (code: string) =>
      post('/v1/sessions/verify', { kind: 'email', address: channel.address, code });
    expect((await verify(first)).status).toBe(422);
    expect((await verify(lastCode()!)).status).toBe(201);
    expect(await verify(lastCode()!)).toMatchObject({ status: 422, body: { type: '/v1/docs#wrong-code' } });
  });
});

describe('by text', () => {
  test('the code comes first, then the channel is live', async () => {
    const channel = phone();
    expect((await signUp(channel)).status).toBe(202);
    expect(api.sns.published.map(({ to }) => to)).toEqual([channel.address]);
    const verified = await post('/v1/sessions/verify', { ...channel, code: lastCode() });
    expect(verified.status).toBe(201);
    const { body } = await api.call('GET', '/v1/me', { token: verified.body.token });
    expect(body.channels).toMatchObject([{ ...channel, state: 'confirmed' }]);
    const budget = (await api.scan(variable.alertsTable)).find(({ pk }) => pk.endsWith('#CODES'));
    expect(budget?.spentMicroUsd).toBe(7500);
  });

  test('a phone that answered STOP gets no code', async () => {
    const channel = phone();
    await signUp(channel);
    await post('/v1/sessions/verify', { ...channel, code: lastCode() });
    api.sns.optedOut.add(channel.address);
    api.sns.published.splice(0);
    expect((await post('/v1/sessions', channel)).status).toBe(202);
    expect(api.sns.published).toEqual([]);
  });

  test('what SNS does not send is answered like what it does, and no number is logged', async () => {
    const channel = phone();
    const { logger } = await import('../../../lambdas/logger.ts');
    const logged = vi.spyOn(logger, 'warn').mockImplementation(() => {});
    api.sns.failNext('Publish', 'InvalidParameter');
    expect((await signUp(channel)).status).toBe(202);
    const lines = JSON.stringify(logged.mock.calls);
    logged.mockRestore();
    expect(lines).toContain('code not sent');
    expect(lines).not.toContain(channel.address);
  });

  test.each(['+447911123456', '+19002345678', '+15005550006'])('%s is refused', async (address) => {
    const { status, body } = await signUp({ kind: 'sms', address });
    expect({ status, pointer: body.errors[0].pointer }).toEqual({
      status: 422,
      pointer: '/channels/0/address',
    });
  });
});

test('an address that is known is answered as one that is not', async () => {
  const known = await confirmedEmail();
  const pending = email();
  await signUp(pending);
  const addresses = [known.address, pending.address, email().address];
  for (const ask of [
    (address: string) => signUp({ kind: 'email', address }),
    (address: string) => post('/v1/sessions', { kind: 'email', address }),
  ]) {
    const answers = [];
    for (const address of addresses) {
      const start = performance.now();
      const { status, headers, body } = await ask(address);
      // Not a measurement: the answer is held back until then, whatever was found.
      expect(performance.now() - start).toBeGreaterThan(600);
      answers.push(JSON.stringify({ status, headers, body }));
    }
    expect(new Set(answers).size).toBe(1);
  }
});

test('who signs up with a known address is sent a code to sign in', async () => {
  const { address, channelId } = await confirmedEmail();
  await signUp({ kind: 'email', address });
  expect(api.sns.published).toMatchObject([{ to: topicOf(channelId) }]);
  expect(
    (await api.scan(variable.registryTable)).filter((item) => item.address === address && item.state),
  ).toHaveLength(1);
});

test('codes are asked for at a webhook by nobody, and sign-up has one channel', async () => {
  expect((await post('/v1/sessions', { kind: 'webhook', address: 'https://a.example.com/' })).status).toBe(
    422,
  );
  for (const channels of [[], [email(), email()], [{ kind: 'webhook', address: 'https://a.example.org/' }]]) {
    const { status, body } = await post('/v1/subscribers', { channels });
    expect({ status, pointer: body.errors?.[0].pointer }).toEqual({ status: 422, pointer: '/channels' });
  }
});

test.each([
  'https://example.com/',
  'no link',
  'https://sns.us-east-1.amazonaws.com/?TopicArn=arn:aws:sns:us-east-1:000000000000:Other-aaaaaaaaaaaaaaaa&Token=sound',
  `https://sns.us-east-1.amazonaws.com/?TopicArn=${topicOf('aaaaaaaaaaaaaaaa')}&Token=old`,
])('%s confirms nothing', async (link) => {
  expect(await post('/v1/channels/confirm', { link })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/link' }] },
  });
});

test('who signs in once more than there may be tokens is signed out where they were longest ago', async () => {
  const { address } = await confirmedEmail();
  const { subscriberId } = (await ownerOf(address))!;
  const { makeSessionToken, makeToken } = await import('../../../lambdas/api/tokens.ts');
  const at = (n: number) => `2026-11-23T08:00:${String(n).padStart(2, '0')}.000Z`;
  const script = await makeToken(subscriberId, 'script', 'personal', at(0));
  const made = [];
  for (let n = 1; n <= 50; n++) made.push(await makeSessionToken(subscriberId, `s${n}`, at(n)));
  const status = async (token: string) => (await api.call('GET', '/v1/me', { token })).status;
  expect(
    await Promise.all([script, made[0]!, made[1]!, made[49]!].map(({ token }) => status(token))),
  ).toEqual([200, 401, 200, 200]);
});
