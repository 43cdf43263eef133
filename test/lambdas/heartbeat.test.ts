/** The weekly heartbeat as `deliver` makes it: once a week, however often it is asked for, and like any delivery. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Channel, Subscriber } from '../../core/model.ts';
import { type DeliverHandler, startDeliver } from './delivery/deliver-handler.ts';

const monday = '2026-11-30T08:00:00.000Z';
const nextMonday = '2026-12-07T08:00:00.000Z';
const reading = { articles: 1_212, healthySources: 14, sources: 14 };

let deliver: DeliverHandler;
let count = 0;
let id = '';

beforeAll(async () => {
  deliver = await startDeliver();
});
afterAll(() => deliver.stop());
beforeEach(() => {
  id = `s${++count}`;
  deliver.at(monday);
  deliver.sns.calls.length = 0;
  deliver.sns.answer('Publish', { result: '<MessageId>m</MessageId>' });
});

const join = (parts: Partial<Subscriber> = {}) =>
  deliver.putSubscriber({ id, timeZone: 'UTC', heartbeatAt: monday, createdAt: monday, ...parts });

const addChannel = (parts: Partial<Channel> = {}) =>
  deliver.putChannel({
    id: `mail-${id}`,
    subscriberId: id,
    kind: 'email',
    address: `${id}@example.com`,
    state: 'confirmed',
    checkedAt: monday,
    createdAt: monday,
    ...parts,
  });

const due = () => ({ kind: 'subscriber', subscriberId: id, reading });
const again = () => ({ kind: 'heartbeat', subscriberId: id, channelId: `mail-${id}`, week: '2026-11-30' });
const subjects = () => deliver.published().map((call) => call.get('Subject'));
const silence = '0 matches; 1,212 articles read from 14 of 14 healthy sources';

test('is told once, however often its message comes', async () => {
  await join();
  await addChannel();
  expect(await deliver.receive(due(), due(), due())).toEqual([]);
  await deliver.receive(due(), again());
  expect(subjects()).toEqual([silence]);
  expect(await deliver.readSubscriber(id)).toMatchObject({ heartbeatAt: nextMonday, dueAt: nextMonday });
  expect(await deliver.readHeartbeat(id, '2026-11-30')).toMatchObject({ state: 'sent' });
});

test('counts what matched in the week, and only that', async () => {
  await join();
  await addChannel();
  await deliver.putAlerts(id, ['2026-11-23T07:59:59.000Z', '2026-11-24T10:00:00.000Z', monday]);
  await deliver.receive(due());
  expect(subjects()).toEqual([`2 matches; ${silence.slice('0 matches; '.length)}`]);
  expect(deliver.published()[0]!.get('Message')).toContain('Strikes: 2');
});

test('of who asked for it comes on the next Monday of their zone', async () => {
  await join({ timeZone: 'Asia/Seoul', heartbeatAsked: true });
  await addChannel();
  await deliver.receive(due());
  expect(subjects()).toEqual([]);
  const found = await deliver.readSubscriber(id);
  expect(found).toMatchObject({ heartbeatAt: '2026-12-06T23:00:00.000Z', dueAt: '2026-12-06T23:00:00.000Z' });
  expect(found).not.toHaveProperty('heartbeatAsked');
  await addChannel({ checkedAt: '2026-12-06T22:00:00.000Z' });
  deliver.at('2026-12-06T23:00:00.000Z');
  await deliver.receive(due());
  expect(subjects()).toEqual([silence]);
});

test('comes before its time to nobody, and to nobody who turned it off', async () => {
  await join({ heartbeatAt: nextMonday });
  await addChannel();
  await deliver.receive(due());
  await deliver.putSubscriber({ id, timeZone: 'UTC', createdAt: monday });
  await deliver.receive(due());
  expect(subjects()).toEqual([]);
});

test('without a channel to tell it on it waits for the next week', async () => {
  await join();
  await addChannel({ state: 'pending' });
  await deliver.receive(due());
  expect(subjects()).toEqual([]);
  expect(await deliver.readSubscriber(id)).toMatchObject({ heartbeatAt: nextMonday });
});

test('is told on a channel that was confirmed a moment ago', async () => {
  await join();
  await addChannel({ state: 'pending', subscriptionArn: 'arn', checkedAt: '2026-11-30T07:00:00.000Z' });
  const Attributes = '<entry><key>PendingConfirmation</key><value>false</value></entry>';
  deliver.sns.answer('GetSubscriptionAttributes', { result: `<Attributes>${Attributes}</Attributes>` });
  await deliver.receive(due());
  expect(subjects()).toEqual([silence]);
});

test('who moves west on Monday is told once that week', async () => {
  await join({ timeZone: 'Asia/Seoul', heartbeatAt: '2026-11-29T23:00:00.000Z' });
  await addChannel();
  await deliver.receive(due());
  await join({ timeZone: 'America/New_York', heartbeatAt: '2026-11-30T13:00:00.000Z' });
  deliver.at('2026-11-30T13:00:00.000Z');
  await deliver.receive(due());
  expect(subjects()).toEqual([silence]);
  expect(await deliver.readSubscriber(id)).toMatchObject({ heartbeatAt: '2026-12-07T13:00:00.000Z' });
});

test('waits for the end of quiet hours', async () => {
  await join();
  await addChannel({ quietHours: { from: '07:00', to: '09:00' } });
  await deliver.receive(due());
  expect(await deliver.readHeartbeat(id, '2026-11-30')).toMatchObject({
    state: 'waiting',
    hold: 'quiet-hours',
    dueAt: '2026-11-30T09:00:00.000Z',
  });
  deliver.at('2026-11-30T09:00:00.000Z');
  await deliver.receive(again());
  expect(subjects()).toEqual([silence]);
});

test('that SNS refuses is tried again, and says the same', async () => {
  await join();
  await addChannel();
  deliver.sns.answer('Publish', { status: 500, code: 'InternalError' });
  await deliver.receive(due());
  deliver.sns.answer('Publish', { result: '<MessageId>m</MessageId>' });
  expect(await deliver.readHeartbeat(id, '2026-11-30')).toMatchObject({ state: 'waiting', hold: 'retry' });
  deliver.at('2026-11-30T08:01:00.000Z');
  await deliver.receive({ ...due(), reading: { articles: 0, healthySources: 0, sources: 0 } }, again());
  expect(subjects()).toEqual([silence, silence]);
});

test('that a webhook did not take comes back and is held', async () => {
  await join();
  await addChannel({ kind: 'webhook', address: 'https://hook.example' });
  await deliver.receive(due());
  const [told] = deliver.published();
  const payload = JSON.parse(JSON.parse(told!.get('Message')!).payload);
  expect(payload).toMatchObject({ version: 1, kind: 'heartbeat', matches: 0, ...reading });
  const Value = `${id}/mail-${id}/heartbeat/2026-11-30`;
  await deliver.receive({ Type: 'Notification', MessageAttributes: { delivery: { Value } } });
  expect(await deliver.readHeartbeat(id, '2026-11-30')).toMatchObject({
    state: 'waiting',
    hold: 'endpoint-failing',
  });
});
