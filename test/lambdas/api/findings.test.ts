/** What operators are told of sources and channels: by an index, in pages, and without an address. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import type { Channel } from '../../../core/model.ts';
import { keys } from '../../../lambdas/keys.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
let recipients: typeof import('../../../lambdas/delivery/recipients.ts').recipients;
beforeAll(async () => {
  api = await startApi({ loopback: 'allow' });
  ({ recipients } = await import('../../../lambdas/delivery/recipients.ts'));
});
afterAll(() => api.stop());

const at = (minute: number) => `2099-11-23T08:${String(minute).padStart(2, '0')}:00.000Z`;
const findings = () => api.readPages('/v1/findings', api.operator, 2);

/** A subscriber's only channel, as `deliver` reads it. */
async function newChannel(kind: string, address: string): Promise<Channel> {
  const { id } = await api.newSubscriber({ channels: [{ kind, address }] });
  return read(id);
}
async function read(subscriberId: string): Promise<Channel> {
  return (await recipients.read(subscriberId, []))!.channels[0]!;
}
const sweep = async ({ subscriberId }: Channel, state: Channel['state'], checkedAt: string) =>
  recipients.saveCheck(await read(subscriberId), { state, checkedAt, nextCheckAt: at(59) });

test('channels that are lost or keep failing come after the sources, in pages of any size', async () => {
  for (const name of ['World', 'Sport', 'Arts']) {
    const body = { url: `https://example.com/${name}`, name };
    const { id } = (await api.call('POST', '/v1/sources', { token: api.operator, body })).body;
    const [item] = await api.partition(variable.registryTable, keys.source(id).pk);
    const found = [{ code: 'stale', since: at(0), detail: 'Its newest entry is old' }];
    await api.put(variable.registryTable, { ...item, findings: found });
  }
  const ana = await newChannel('email', 'ana@example.com');
  const phone = await newChannel('sms', '+15555550101');
  const hook = await newChannel('webhook', 'https://hooks.example.com/secret');
  const bot = await newChannel('email', 'bot@example.com');
  await recipients.saveChannelState(ana, 'confirmed', at(1));
  await sweep(ana, 'gone', at(2));
  await sweep(ana, 'gone', at(5));
  await sweep(phone, 'gone', at(3));
  await sweep(bot, 'gone', at(3));
  await recipients.saveFailures(hook, {
    failures: 3,
    lastFailedAt: at(4),
    disabledUntil: '2099-11-24T08:00:00.000Z',
  });

  const items = await findings();
  expect(items.filter(({ kind }) => kind === 'source').map(({ sourceName }) => sourceName)).toEqual([
    'World',
    'Sport',
    'Arts',
  ]);
  const of = ({ subscriberId, id }: Channel) => ({ kind: 'channel', subscriberId, channelId: id });
  expect(items.slice(3)).toEqual([
    { ...of(ana), code: 'gone', since: at(2), channelKind: 'email', detail: expect.any(String) },
    { ...of(phone), code: 'gone', since: at(3), channelKind: 'sms', detail: expect.any(String) },
    { ...of(hook), code: 'failing', since: at(4), channelKind: 'webhook', detail: expect.any(String) },
  ]);
  for (const secret of ['ana@', '+1555', 'hooks.']) expect(JSON.stringify(items)).not.toContain(secret);

  await recipients.saveChannelState(await read(ana.subscriberId), 'confirmed', at(6));
  await sweep(hook, 'confirmed', '2099-11-26T08:00:00.000Z');
  await api.call('DELETE', `/v1/subscribers/${phone.subscriberId}`, { token: api.operator });
  expect((await findings()).filter(({ kind }) => kind === 'channel')).toEqual([]);
});

test('what the API itself learns of a channel counts as well', async () => {
  const ben = await newChannel('email', 'ben@example.com');
  const look = () =>
    api.call('GET', `/v1/subscribers/${ben.subscriberId}/channels/${ben.id}`, { token: api.operator });
  api.sns.subscriptions.set(ben.subscriptionArn!, 'confirmed');
  await look();
  api.sns.subscriptions.delete(ben.subscriptionArn!);
  await look();
  const found = (await findings()).filter(({ channelId }) => channelId === ben.id);
  expect(found).toMatchObject([{ code: 'gone', channelKind: 'email' }]);
  expect(await read(ben.subscriberId)).toMatchObject({ confirmedAt: expect.any(String) });
});
