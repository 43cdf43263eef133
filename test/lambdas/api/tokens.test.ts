import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi({ smsCountries: '' });
});
afterAll(() => api.stop());

test('a token is shown once, stored as a hash, and its last use is noted', async () => {
  const { id, token } = await api.newSubscriber();
  expect(token).toMatch(/^tocsin_sub_[A-Za-z0-9]{32}$/);
  const stored = await api.scan(variable.registryTable);
  expect(JSON.stringify(stored)).not.toContain(token);
  const sha256 = createHash('sha256').update(token).digest('hex');
  const item = async () => (await api.partition(variable.registryTable, `TOKEN#${sha256}`))[0];
  expect(await item()).toMatchObject({ name: 'phone', scope: 'subscriber', subscriberId: id });
  expect(await item()).not.toHaveProperty('lastUsedAt');
  const { body } = await api.call('GET', '/v1/me', { token });
  expect(body).toMatchObject({ id, timeZone: 'UTC', channels: [] });
  expect(await item()).toHaveProperty('lastUsedAt');
});

test('a token needs a subscriber', async () => {
  const answer = await api.call('POST', '/v1/subscribers/aaaaaaaaaaaaaaaa/tokens', {
    token: api.operator,
    body: { name: 'phone' },
  });
  expect(answer.status).toBe(404);
});

test('without countries there are no texts, and numbers for fiction are none', async () => {
  const refusal = async (address: string) => {
    const body = { channels: [{ kind: 'sms', address }] };
    const { status, body: problem } = await api.call('POST', '/v1/subscribers', {
      token: api.operator,
      body,
    });
    return [status, problem.errors[0].detail];
  };
  expect(await refusal('+821012345678')).toEqual([422, 'Texts are turned off here']);
  expect(await refusal('+15555550100')).toEqual([422, expect.stringContaining('Not a mobile')]);
});
