/** What the name of a webhook leads to when it is registered. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { publicNetwork } from '../../../lambdas/fetch/public-request.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());
afterEach(() => vi.restoreAllMocks());

let next = 0;
const hook = () => ({ kind: 'webhook', address: `https://hooks.example.com/${next++}` });

const leadsTo: readonly [addresses: readonly string[], status: number][] = [
  [['93.184.215.14'], 201],
  [[], 201],
  [['10.0.0.7'], 422],
  [['127.0.0.1'], 422],
  [['169.254.169.254'], 422],
  [['93.184.215.14', '::ffff:192.168.1.1'], 422],
];

test.each(leadsTo)('a name that leads to %j: %i', async (addresses, status) => {
  vi.spyOn(publicNetwork, 'resolve').mockResolvedValue(addresses);
  const { id } = await api.newSubscriber({ channels: [] });
  const { operator: token } = api;
  const added = await api.call('POST', `/v1/subscribers/${id}/channels`, { token, body: hook() });
  expect(added.status).toBe(status);
  if (status === 422) expect(added.body.errors).toMatchObject([{ pointer: '/address' }]);
  const made = await api.call('POST', '/v1/subscribers', { token, body: { channels: [hook()] } });
  expect(made.status).toBe(status);
  if (status === 422) expect(made.body.errors).toMatchObject([{ pointer: '/channels/0/address' }]);
});

test('a name that nobody knows yet is taken: it cannot be confirmed', async () => {
  vi.spyOn(publicNetwork, 'resolve').mockRejectedValue(new Error('ENOTFOUND'));
  const { id } = await api.newSubscriber({ channels: [] });
  const { status } = await api.call('POST', `/v1/subscribers/${id}/channels`, {
    token: api.operator,
    body: hook(),
  });
  expect(status).toBe(201);
});
