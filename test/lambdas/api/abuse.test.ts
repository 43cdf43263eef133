/** What bots try: floods from one network, guesses, texts at our cost. Refused, and nobody else is. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { everyFunction, variable } from '../../../core/environment.ts';
import { keys } from '../../../lambdas/keys.ts';
import { type Answer, type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi({
    signUp: 'open',
    loopback: 'allow',
    originSecret: 'cdn',
    smsMonthlyBudgetUsd: '0.2',
  });
});
afterAll(() => api.stop());
beforeEach(() => void api.sns.published.splice(0));

/** Requests of strangers that the function counted as refused, as CloudWatch reads it in its output. */
let refusals: number;
beforeEach(() => {
  refusals = 0;
  vi.stubEnv(everyFunction.metricsNamespace, 'Tocsin');
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    const isJson = String(line).startsWith('{');
    const { RequestsRefused = [] } = isJson ? JSON.parse(String(line)) : {};
    refusals += RequestsRefused.length;
    return true;
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

let next = 0;
const email = () => ({ kind: 'email', address: `p${next++}@example.com` });
const phone = () => ({
  kind: 'sms',
  address: `+1${555 + (next % 9)}55501${String(next++ % 100).padStart(2, '0')}`,
});
const post = (path: string, body: unknown, sourceIp: string, headers = {}) =>
  api.call('POST', path, { body, sourceIp, headers });
const tally = (answers: Answer[]) =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ status }) => status)].map(([status, { length }]) => [status, length]),
  );
const lastCode = () => /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(api.sns.published.at(-1)?.text ?? '')?.[0] ?? '';

describe('1,000 sign-ups from one block', () => {
  test.each([
    ['an IPv4 address', () => '198.51.100.9', '198.51.100.10'],
    ['a /64', () => `2001:db8:0:1::${(next++).toString(16)}`, '2001:db8:0:2::1'],
  ])('%s', async (_title, address, other) => {
    const before = api.sns.topics.size;
    const answers = await Promise.all(
      Array.from({ length: 1000 }, () => post('/v1/subscribers', { channels: [email()] }, address())),
    );
    expect(tally(answers)).toEqual({ 202: 20, 429: 980 });
    expect(refusals).toBe(980);
    expect(api.sns.topics.size - before).toBe(20);
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.body.type).toBe('/v1/docs#too-many-requests');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(3600);
    expect((await post('/v1/subscribers', { channels: [email()] }, other)).status).toBe(202);
  });

  test('who writes a forwarded address into the request gains nothing', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        post('/v1/subscribers', { channels: [email()] }, '198.51.100.11', {
          'x-forwarded-for': `192.0.2.${n}`,
          'x-viewer-address': `192.0.2.${n}`,
          'x-origin-secret': 'guess',
        }),
      ),
    );
    expect(tally(answers)).toEqual({ 202: 20, 429: 10 });
  });

  test('who comes through our own CDN is told apart', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        post('/v1/subscribers', { channels: [email()] }, '198.51.100.12', {
          'x-viewer-address': `192.0.2.${n}`,
          'x-origin-secret': 'cdn',
        }),
      ),
    );
    expect(tally(answers)).toEqual({ 202: 30 });
  });
});

test('nobody is sent more than five messages an hour, whoever asks', async () => {
  const channel = email();
  const answers = [];
  for (let n = 0; n < 8; n++) answers.push(await post('/v1/sessions', channel, `192.0.2.${n}`));
  expect(tally(answers)).toEqual({ 202: 5, 429: 3 });
});

test('a code has five tries, however many come at once', async () => {
  const channel = phone();
  await post('/v1/subscribers', { channels: [channel] }, '192.0.2.50');
  const code = lastCode();
  const verify = (guess: string, n: number) =>
    post('/v1/sessions/verify', { ...channel, code: guess }, `192.0.2.${60 + n}`);
  const guesses = await Promise.all(Array.from({ length: 10 }, (_, n) => verify(`AAAAAAA${n}`, n)));
  expect(tally(guesses)).toEqual({ 422: 10 });
  expect(refusals).toBe(10);
  expect((await verify(code, 20)).status).toBe(422);
  const many = await Promise.all(Array.from({ length: 20 }, (_, n) => verify('AAAAAAAA', n)));
  expect(tally(many)).toMatchObject({ 429: 6 });
});

test('the budget of codes is never exceeded, and that of alerts is untouched', async () => {
  const answers = [];
  for (let n = 0; n < 6; n++) {
    answers.push(await post('/v1/subscribers', { channels: [phone()] }, `192.0.2.${100 + n}`));
  }
  expect(tally(answers)).toEqual({ 202: 6 });
  expect(api.sns.published).toHaveLength(1); // The other was sent above.
  expect(refusals).toBe(5);
  const items = await api.scan(variable.alertsTable);
  const spent = items.filter(({ pk }) => pk.startsWith('BUDGET#'));
  expect(spent).toHaveLength(1);
  expect(spent[0]?.pk).toMatch(/#CODES$/);
  expect(spent[0]?.spentMicroUsd).toBe(15_000);
  // Nobody else is affected: mail goes out as before.
  expect((await post('/v1/subscribers', { channels: [email()] }, '192.0.2.120')).status).toBe(202);
});

test('a text to a country that is not allowed costs nothing, and is counted', async () => {
  const before = api.sns.calls.length;
  const numbers = ['+8613812345678', '+447400123456', '+79161234567', '+19002345678', '+15005550006'];
  const answers = await Promise.all(
    numbers.flatMap((address, n) => [
      post('/v1/subscribers', { channels: [{ kind: 'sms', address }] }, `192.0.2.${130 + n}`),
      post('/v1/sessions', { kind: 'sms', address }, `192.0.2.${130 + n}`),
    ]),
  );
  expect(tally(answers)).toEqual({ 422: 10 });
  expect(answers[0]!.body.errors[0].detail).toBe('Texts go to US, KR only');
  expect(api.sns.calls.length).toBe(before);
  expect(api.sns.published).toEqual([]);
  expect(refusals).toBe(10);
  expect((await post('/v1/subscribers', { channels: [email()] }, '192.0.2.130')).status).toBe(202);
});

test('above 4,000 outstanding confirmations nobody signs up or joins a list by e-mail, and those who are in sign in', async () => {
  const hour = new Date(Math.floor(Date.now() / 3_600_000 - 30) * 3_600_000).toISOString();
  const counter = (await api.scan(variable.alertsTable)).find(({ pk }) => pk.startsWith('LIMIT#pending#'))!;
  await api.put(variable.alertsTable, {
    ...keys.limit('pending', counter.pk.split('#')[2], hour),
    count: 4000,
  });
  const refused = await post('/v1/subscribers', { channels: [email()] }, '192.0.2.200');
  expect(refused.status).toBe(429);
  const list = { name: 'Ferries', query: 'ferry' };
  const { id } = (await api.call('POST', '/v1/lists', { token: api.operator, body: list })).body;
  expect((await post(`/v1/lists/${id}/members`, email(), '192.0.2.202')).status).toBe(429);
  expect((await post('/v1/subscribers', { channels: [phone()] }, '192.0.2.201')).status).toBe(202);
});

test('neither addresses nor networks stand in the counters', async () => {
  const counters = (await api.scan(variable.alertsTable)).filter(({ pk }) => pk.startsWith('LIMIT#'));
  expect(counters.length).toBeGreaterThan(10);
  const text = JSON.stringify(counters);
  for (const secret of ['example.com', '198.51', '192.0.2', '2001:db8', '+1555'])
    expect(text).not.toContain(secret);
  for (const counter of counters)
    if (counter.sk && counter.count < 4000) expect(counter.expiresAt).toBeTypeOf('number');
});
