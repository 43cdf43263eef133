import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { redriveFailed } from '../../bin/failed-deliveries.ts';
import type { StackOutputs } from '../../bin/stack-outputs.ts';
import { variable } from '../../core/environment.ts';
import type { Channel, Frequency, WatchSettings } from '../../core/model.ts';
import { type DeliverHandler, noon, startDeliver } from './delivery/deliver-handler.ts';

let deliver: DeliverHandler;
let count = 0;
/** Each test has a subscriber of its own. */
let subscriberId: string;

/** Stories that come at once. */
const burst = Array.from({ length: 30 }, (_, n) => `story-${n}`);

function putArticle(id: string, url = `https://news.example/${id}`) {
  return deliver.putArticle({
    id,
    url,
    title: `A ${id} in Seoul`,
    body: `The weather was fine. The ${id} came at night. Nobody was hurt.`,
    sourceId: 'source',
    sourceName: 'Korea Herald',
    publishedAt: '2026-11-23T11:58:00.000Z',
    seenAt: '2026-11-23T11:59:00.000Z',
  });
}

beforeAll(async () => {
  deliver = await startDeliver();
  for (const id of ['fire', 'flood', ...burst]) await putArticle(id);
});
afterAll(() => deliver.stop());

beforeEach(async () => {
  subscriberId = `s${++count}`;
  deliver.at(noon);
  deliver.sns.calls.splice(0);
  deliver.queued();
  deliver.sns.answer('Publish', { result: '<MessageId>m1</MessageId>' });
  await deliver.putSubscriber({ id: subscriberId, timeZone: 'Asia/Seoul', createdAt: noon });
});

function putChannel(given: Partial<Channel> = {}) {
  return deliver.putChannel({
    id: 'mail',
    subscriberId,
    kind: 'email',
    address: 'ana@example.com',
    subscriptionArn: 'arn:aws:sns:us-east-1:000000000000:Test-channel-mail:1',
    state: 'confirmed',
    checkedAt: noon,
    createdAt: noon,
    ...given,
  });
}

function putWatch(id: string, frequency: Frequency = 'instant', given: Partial<WatchSettings> = {}) {
  return deliver.putWatch({
    id,
    subscriberId,
    name: `Watch ${id}`,
    query: 'fire | flood',
    frequency,
    channelIds: [],
    paused: false,
    version: 1,
    createdAt: noon,
    updatedAt: noon,
    ...given,
  });
}

const matched = (storyId: string, ...watchIds: string[]) => ({
  kind: 'matched',
  articleId: storyId,
  storyId,
  matchedAt: noon,
  subscribers: [{ subscriberId, watchIds }],
});
const due = (storyId: string, channelId = 'mail') => ({ kind: 'delivery', subscriberId, storyId, channelId });
const dueDigest = (slot: string) => ({ kind: 'digest', subscriberId, channelId: 'mail', slot });
const bodies = () => deliver.published().map((call) => call.get('Message'));
const deliveryOf = (storyId: string, channelId = 'mail') =>
  deliver.readDelivery(subscriberId, storyId, channelId);

/** Long enough after noon for another message. */
const soon = '2026-11-23T12:00:02.000Z';
/** Eight in the morning in Seoul. */
const morning = '2026-11-23T23:00:00.000Z';

describe('a match', () => {
  test('is told at once, with its sentence, and once', async () => {
    await putChannel();
    await putWatch('w');
    expect(await deliver.receive(matched('fire', 'w'))).toEqual([]);
    expect(await deliver.receive(matched('fire', 'w'), matched('fire', 'w'), due('fire'))).toEqual([]);
    expect(bodies()).toEqual([expect.stringContaining('The *fire* came at night.')]);
    expect(bodies()[0]).toMatch(
      /unsubscribe: https:\/\/api\.example\/a\/[\w-]{40,}\nManage your watches: https:\/\/web\.example/,
    );
    expect(deliver.published()[0]?.get('Subject')).toBe('A fire in Seoul');
    expect(await deliveryOf('fire')).toMatchObject({ state: 'sent', sentAt: noon, messageId: 'm1' });
  });

  test('leaves an alert with its times, its watch and no body', async () => {
    await putChannel();
    await putWatch('w');
    await deliver.receive(matched('fire', 'w'));
    const alert = await deliver.readAlert(subscriberId, 'fire');
    expect(alert).toMatchObject({
      publishedAt: '2026-11-23T11:58:00.000Z',
      seenAt: '2026-11-23T11:59:00.000Z',
      matchedAt: noon,
      alertedAt: noon,
      sentAt: noon,
      timelineKey: `SUBSCRIBER#${subscriberId}`,
      watches: [{ watchId: 'w', version: 1, name: 'Watch w', query: 'fire | flood', matchedAt: noon }],
    });
    expect(alert?.article).not.toHaveProperty('body');
    expect(alert?.article).not.toHaveProperty('seenAt');
  });

  test('of several watches is one message that names them all', async () => {
    await putChannel();
    await putWatch('w1');
    await putWatch('w2', 'daily');
    await deliver.receive(matched('fire', 'w2', 'w1'));
    expect(bodies()).toEqual([expect.stringMatching(/Watch w2.*\n.*Watch w1/)]);
  });

  test('that comes later is grouped, and told where nobody was told', async () => {
    await putChannel();
    await putChannel({ id: 'other' });
    await putWatch('w1', 'instant', { channelIds: ['mail'] });
    await putWatch('w2');
    await deliver.receive(matched('fire', 'w1'));
    await deliver.receive(matched('fire', 'w2'));
    expect(deliver.published().map((call) => call.get('TopicArn')?.split('-').at(-1))).toEqual([
      'mail',
      'other',
    ]);
    const alert = await deliver.readAlert(subscriberId, 'fire');
    expect(alert?.watches).toMatchObject([{ watchId: 'w1' }, { watchId: 'w2' }]);
  });

  test('of a watch that was paused or deleted since is withdrawn', async () => {
    await putChannel();
    await putWatch('w', 'instant', { paused: true });
    expect(await deliver.receive(matched('fire', 'w', 'deleted'))).toEqual([]);
    expect(await deliver.readAlert(subscriberId, 'fire')).toBeUndefined();
  });

  test('of a subscriber or an article that is gone is withdrawn', async () => {
    await putChannel();
    await putWatch('w');
    const gone = { ...matched('fire', 'w'), subscribers: [{ subscriberId: 'gone', watchIds: ['w'] }] };
    expect(await deliver.receive(gone, matched('expired', 'w'))).toEqual([]);
    expect(bodies()).toEqual([]);
  });

  test('that is no message at all is received again', async () => {
    expect(await deliver.receive({ kind: 'matched' }, 'nonsense')).toEqual([0, 1]);
  });
});

describe('a digest', () => {
  test('tells all stories of its time in one message', async () => {
    await putChannel();
    await putWatch('w', 'daily');
    await deliver.receive(matched('fire', 'w'), matched('flood', 'w'));
    expect(await deliveryOf('fire')).toMatchObject({ state: 'in-digest', slot: morning });
    expect(await deliver.receive(dueDigest(morning))).toEqual([]);
    expect(bodies()).toEqual([]);
    deliver.at(morning);
    await deliver.receive(dueDigest(morning), dueDigest(morning));
    await deliver.receive(dueDigest(morning));
    expect(bodies()).toEqual([expect.stringMatching(/2 stories.*A fire in Seoul.*A flood in Seoul/s)]);
    for (const storyId of ['fire', 'flood']) {
      expect(await deliver.readAlert(subscriberId, storyId)).toMatchObject({ sentAt: morning });
    }
  });

  test('takes a burst of stories', async () => {
    await putChannel();
    await putWatch('w', 'daily');
    expect(await deliver.receive(...burst.map((storyId) => matched(storyId, 'w')))).toEqual([]);
    const digest = await deliver.readDigest(subscriberId, 'mail', morning);
    expect(digest?.storyIds).toEqual(new Set(burst));
  });

  test('gives a story back that another watch wants told at once', async () => {
    await putChannel();
    await putWatch('slow', 'daily');
    await putWatch('fast');
    await deliver.receive(matched('fire', 'slow'));
    await deliver.receive(matched('fire', 'fast'));
    expect(bodies()).toHaveLength(1);
    deliver.at(morning);
    await deliver.receive(dueDigest(morning));
    expect(bodies()).toHaveLength(1);
    const digest = await deliver.readDigest(subscriberId, 'mail', morning);
    expect(digest).toMatchObject({ state: 'withdrawn', reason: 'emptied' });
  });

  test('that is being sent takes no story: the next one does', async () => {
    await putChannel();
    await putWatch('w', 'hourly');
    const one = '2026-11-23T13:00:00.000Z';
    await deliver.receive(matched('fire', 'w'));
    deliver.at(one);
    await deliver.receive(dueDigest(one));
    deliver.at('2026-11-23T12:59:59.000Z');
    await deliver.receive(matched('flood', 'w'));
    expect(await deliveryOf('flood')).toMatchObject({ state: 'in-digest', slot: '2026-11-23T14:00:00.000Z' });
  });
});

describe('quiet hours', () => {
  /** From nine in the evening, Seoul's time at noon UTC, to half past. */
  const quietHours = { from: '21:00', to: '21:30' };
  const end = '2026-11-23T12:30:00.000Z';

  test('hold what matches in one digest', async () => {
    await putChannel({ quietHours });
    await putWatch('w');
    await deliver.receive(matched('fire', 'w'), matched('flood', 'w'));
    expect(await deliveryOf('fire')).toMatchObject({ state: 'in-digest', slot: end });
    deliver.at(end);
    await deliver.receive(dueDigest(end));
    expect(bodies()).toEqual([expect.stringContaining('2 stories')]);
  });

  test('are passed by an urgent watch, also for a story that is held', async () => {
    await putChannel({ quietHours });
    await putWatch('w');
    await putWatch('urgent', 'instant', { urgent: true });
    await deliver.receive(matched('fire', 'w'));
    await deliver.receive(matched('fire', 'urgent'));
    expect(bodies()).toHaveLength(1);
  });

  test('that begin while something waits hold it too', async () => {
    await putChannel();
    await putWatch('w');
    deliver.sns.answer('Publish', { status: 429, code: 'Throttled' });
    await deliver.receive(matched('fire', 'w'));
    await putChannel({ quietHours });
    deliver.at('2026-11-23T12:02:00.000Z');
    await deliver.receive(due('fire'));
    expect(await deliveryOf('fire')).toMatchObject({ state: 'in-digest', slot: end });
    await putChannel({ quietHours: { from: '21:00', to: '22:00' } });
    deliver.at(end);
    await deliver.receive(dueDigest(end));
    const dueAt = '2026-11-23T13:00:00.000Z';
    const digest = await deliver.readDigest(subscriberId, 'mail', end);
    expect(digest).toMatchObject({ state: 'waiting', hold: 'quiet-hours', dueAt });
    expect(deliver.published()).toHaveLength(1);
  });
});

describe('a snooze', () => {
  const end = '2026-11-23T15:00:00.000Z';
  const snoozed = { snoozedUntil: end };
  const awake = (watchId: string) => ({ kind: 'awake', subscriberId, watchId });

  test('holds what matches in one digest at its end, urgent or not', async () => {
    await putChannel();
    await putWatch('w', 'instant', { ...snoozed, urgent: true });
    await deliver.receive(matched('fire', 'w'), matched('flood', 'w'));
    expect(bodies()).toEqual([]);
    expect(await deliveryOf('fire')).toMatchObject({ state: 'in-digest', slot: end });
    deliver.at(end);
    await deliver.receive(dueDigest(end));
    expect(bodies()).toEqual([expect.stringContaining('2 stories')]);
  });

  test('of one watch does not keep another from telling', async () => {
    await putChannel();
    await putWatch('snoozed', 'instant', snoozed);
    await putWatch('w');
    await deliver.receive(matched('fire', 'snoozed'));
    await deliver.receive(matched('fire', 'w'));
    expect(bodies()).toHaveLength(1);
  });

  test('that is ended lets go what it held, in one digest, and leaves the rest', async () => {
    await putChannel();
    await putWatch('w', 'instant', snoozed);
    await putWatch('other', 'instant', snoozed);
    await deliver.receive(matched('fire', 'w'), matched('flood', 'w'), matched('story-1', 'other'));
    await putWatch('w');
    expect(await deliver.receive(awake('w'), awake('w'))).toEqual([]);
    const gathered = '2026-11-23T12:00:10.000Z';
    expect(deliver.queued()).toContainEqual({ body: dueDigest(gathered), delaySeconds: 10 });
    deliver.at(gathered);
    await deliver.receive(dueDigest(gathered));
    expect(bodies()).toEqual([expect.stringContaining('2 stories for Watch w')]);
    expect(await deliveryOf('story-1')).toMatchObject({ state: 'in-digest', slot: end });
  });

  test('that is prolonged holds what was due at its former end, until it is ended', async () => {
    await putChannel();
    await putWatch('w', 'instant', snoozed);
    await deliver.receive(matched('fire', 'w'));
    const longer = '2026-11-24T12:00:00.000Z';
    await putWatch('w', 'instant', { snoozedUntil: longer });
    deliver.at(end);
    await deliver.receive(dueDigest(end));
    expect(bodies()).toEqual([]);
    const held = { state: 'waiting', hold: 'snoozed', dueAt: longer };
    expect(await deliver.readDigest(subscriberId, 'mail', end)).toMatchObject(held);
    await putWatch('w');
    expect(await deliver.receive(awake('w'))).toEqual([]);
    expect(bodies()).toHaveLength(1);
  });

  test('holds also what waited for something else', async () => {
    await putChannel({ state: 'pending', checkedAt: noon });
    await putWatch('w');
    await deliver.receive(matched('fire', 'w'));
    await putWatch('w', 'instant', snoozed);
    const later = '2026-11-23T13:00:00.000Z';
    await putChannel({ checkedAt: later });
    deliver.at(later);
    await deliver.receive(due('fire'));
    expect(await deliveryOf('fire')).toMatchObject({ state: 'in-digest', slot: end });
  });

  test('of a subscriber who is gone, or that held nothing, is nothing', async () => {
    await putChannel();
    await putWatch('w', 'daily');
    await deliver.receive(matched('fire', 'w'));
    expect(await deliver.receive(awake('w'), { ...awake('w'), subscriberId: 'gone' })).toEqual([]);
    expect(await deliveryOf('fire')).toMatchObject({ state: 'in-digest', slot: morning });
  });
});

describe('a burst', () => {
  const nextTurn = '2026-11-23T12:00:03.000Z';

  test('is one message and, seconds later, one digest', async () => {
    await putChannel();
    await putWatch('w');
    for (const storyId of burst) await deliver.receive(matched(storyId, 'w'));
    expect(bodies()).toHaveLength(1);
    expect(await deliveryOf('story-1')).toMatchObject({ state: 'in-digest', slot: nextTurn });
    expect(deliver.queued()).toEqual([{ body: dueDigest(nextTurn), delaySeconds: 3 }]);
    deliver.at(nextTurn);
    await deliver.receive(dueDigest(nextTurn));
    expect(bodies()).toHaveLength(2);
    expect(bodies()[1]).toContain('29 stories for Watch w');
  });

  test('of stories some seconds apart is told at once', async () => {
    await putChannel();
    await putWatch('w');
    for (const [n, storyId] of burst.slice(0, 4).entries()) {
      deliver.at(`2026-11-23T12:00:0${2 * n}.000Z`);
      await deliver.receive(matched(storyId, 'w'));
    }
    expect(bodies()).toHaveLength(4);
  });

  test('that was held is one digest', async () => {
    await putChannel({ state: 'pending', checkedAt: noon, createdAt: '2026-11-20T12:00:30.000Z' });
    await putWatch('w');
    for (const [n, storyId] of burst.entries()) {
      deliver.at(`2026-11-23T12:00:${String(n % 30).padStart(2, '0')}.000Z`);
      await deliver.receive(matched(storyId, 'w'));
    }
    await putChannel({ checkedAt: noon });
    for (const [n, storyId] of burst.entries()) {
      deliver.at(`2026-11-23T12:00:${30 + Math.floor(n / 3)}.000Z`);
      await deliver.receive(due(storyId));
    }
    expect(bodies()).toEqual([]);
    const gathered = '2026-11-23T12:00:41.000Z';
    const digest = await deliver.readDigest(subscriberId, 'mail', gathered);
    expect(digest?.storyIds).toHaveProperty('size', 30);
    expect(deliver.queued()).toEqual([{ body: dueDigest(gathered), delaySeconds: 11 }]);
  });

  test('that meets another message is looked at again in time', async () => {
    await putChannel();
    await putWatch('w');
    for (const storyId of ['fire', 'flood']) await deliver.receive(matched(storyId, 'w'));
    deliver.queued();
    deliver.at(nextTurn);
    await deliver.receive(matched('story-1', 'w'));
    await deliver.receive(dueDigest(nextTurn));
    const digest = await deliver.readDigest(subscriberId, 'mail', nextTurn);
    expect(digest).toMatchObject({ state: 'waiting', hold: 'pacing', dueAt: '2026-11-23T12:00:05.000Z' });
    expect(deliver.queued()).toEqual([{ body: dueDigest(nextTurn), delaySeconds: 2 }]);
  });

  test('above twenty an hour is collected until the hour is over', async () => {
    await putChannel();
    await putWatch('w');
    for (const [n, storyId] of burst.entries()) {
      deliver.at(`2026-11-23T12:${10 + n}:00.000Z`);
      await deliver.receive(matched(storyId, 'w'));
    }
    expect(bodies()).toHaveLength(20);
    const digest = await deliver.readDigest(subscriberId, 'mail', '2026-11-23T13:00:00.000Z');
    expect(digest?.storyIds).toHaveProperty('size', 10);
  });
});

describe('a channel', () => {
  const attributes = (pending: boolean) => ({
    result: `<Attributes><entry><key>PendingConfirmation</key><value>${pending}</value></entry></Attributes>`,
  });

  test('that is not confirmed holds what is due until it is', async () => {
    await putChannel({ state: 'pending', checkedAt: undefined });
    await putWatch('w');
    deliver.sns.answer('GetSubscriptionAttributes', attributes(true));
    await deliver.receive(matched('fire', 'w'));
    const dueAt = '2026-11-23T12:01:00.000Z';
    expect(await deliveryOf('fire')).toMatchObject({ state: 'waiting', hold: 'channel-pending', dueAt });
    deliver.sns.answer('GetSubscriptionAttributes', attributes(false));
    await deliver.receive(due('fire'));
    expect(bodies()).toEqual([]);
    deliver.at(dueAt);
    await deliver.receive(due('fire'));
    const gathered = '2026-11-23T12:01:11.000Z';
    expect(await deliveryOf('fire')).toMatchObject({ state: 'in-digest', slot: gathered });
    deliver.at(gathered);
    await deliver.receive(dueDigest(gathered));
    expect(bodies()).toEqual([expect.stringContaining('The *fire* came at night.')]);
  });

  test('is asked about when it was confirmed long ago', async () => {
    await putChannel({ checkedAt: '2026-11-23T05:59:59.000Z' });
    await putWatch('w');
    deliver.sns.answer('GetSubscriptionAttributes', { status: 404, code: 'NotFound' });
    await deliver.receive(matched('fire', 'w'));
    expect(bodies()).toEqual([]);
    expect(await deliveryOf('fire')).toMatchObject({ state: 'waiting', hold: 'channel-gone' });
  });

  test('that cannot be asked about is asked again later', async () => {
    await putChannel({ checkedAt: undefined });
    await putWatch('w');
    deliver.sns.answer('GetSubscriptionAttributes', { status: 403, code: 'AuthorizationError' });
    expect(await deliver.receive(matched('fire', 'w'))).toEqual([]);
    expect(bodies()).toEqual([]);
    expect(await deliveryOf('fire')).toMatchObject({ state: 'waiting', hold: 'retry', attempts: 1 });
  });

  test('that SNS calls gone is gone', async () => {
    await putChannel();
    await putWatch('w');
    deliver.sns.answer('Publish', { status: 404, code: 'NotFound' });
    await deliver.receive(matched('fire', 'w'));
    expect(await deliveryOf('fire')).toMatchObject({ state: 'waiting', hold: 'channel-gone' });
    await deliver.receive(matched('flood', 'w'));
    expect(deliver.published()).toHaveLength(1);
  });

  test('that is removed withdraws what is due', async () => {
    await putChannel({ state: 'pending', checkedAt: noon });
    await putWatch('w');
    await deliver.receive(matched('fire', 'w'));
    await deliver.removeChannel(subscriberId, 'mail');
    deliver.at('2026-11-23T13:00:00.000Z');
    await deliver.receive(due('fire'));
    expect(await deliveryOf('fire')).toMatchObject({ state: 'withdrawn', reason: 'channel-removed' });
  });
});

describe('the sweep', () => {
  const check = (channelId = 'mail') => ({ kind: 'channel', subscriberId, channelId });
  const gone = { status: 404, code: 'NotFound' } as const;
  const hook: Partial<Channel> = { id: 'hook', kind: 'webhook', address: 'https://example.com/hook' };

  test('holds again what was sent to a channel that is gone, and tells of it elsewhere, once', async () => {
    await putChannel({ confirmedAt: noon });
    await putChannel(hook);
    await putWatch('w', 'instant', { channelIds: ['mail'] });
    await putWatch('daily', 'daily', { channelIds: ['mail'] });
    await deliver.receive(matched('fire', 'w'), matched('flood', 'daily'));
    deliver.at(morning);
    deliver.sns.answer('GetSubscriptionAttributes', {
      result: '<Attributes><entry><key>PendingConfirmation</key><value>false</value></entry></Attributes>',
    });
    await deliver.receive(dueDigest(morning));
    deliver.sns.answer('GetSubscriptionAttributes', gone);
    deliver.sns.calls.splice(0);
    const later = '2026-11-24T00:00:00.000Z';
    deliver.at(later);
    await putChannel({ confirmedAt: noon });
    await putChannel({ ...hook, checkedAt: later });
    expect(await deliver.receive(check(), check())).toEqual([]);
    await deliver.receive(check());
    const held = { state: 'waiting', hold: 'channel-gone' };
    expect(await deliveryOf('fire')).toMatchObject(held);
    expect(await deliver.readDigest(subscriberId, 'mail', morning)).toMatchObject(held);
    expect(deliver.published().map((call) => call.get('TopicArn')?.split('-').at(-1))).toEqual(['hook']);
    const notice = JSON.parse(JSON.parse(bodies()[0]!).payload);
    expect(notice).toMatchObject({ kind: 'notice', code: 'channel-lost', channel: { id: 'mail' } });
    expect(await deliver.readChannel(subscriberId, 'mail')).toMatchObject({
      state: 'gone',
      lossToldAt: later,
    });
  });

  test('leaves a channel alone that is as it was', async () => {
    await putChannel();
    deliver.sns.answer('GetSubscriptionAttributes', {
      result: '<Attributes><entry><key>PendingConfirmation</key><value>false</value></entry></Attributes>',
    });
    await deliver.receive(check(), check('none'));
    const channel = await deliver.readChannel(subscriberId, 'mail');
    expect(channel).toMatchObject({ state: 'confirmed', confirmedAt: noon, dueKey: 'CHANNEL' });
    expect(channel?.dueAt).toEqual(channel?.nextCheckAt);
    expect(bodies()).toEqual([]);
    deliver.sns.calls.splice(0);
    await deliver.receive(check());
    expect(deliver.sns.calls).toEqual([]);
  });

  test('waits for the quiet hours of the other channel', async () => {
    await putChannel();
    await putChannel({ ...hook, quietHours: { from: '21:00', to: '21:30' } });
    deliver.sns.answer('GetSubscriptionAttributes', gone);
    await deliver.receive(check());
    expect(bodies()).toEqual([]);
    const channel = await deliver.readChannel(subscriberId, 'mail');
    expect(channel).toMatchObject({ state: 'gone', nextCheckAt: '2026-11-23T12:30:00.000Z' });
    deliver.at('2026-11-23T12:30:00.000Z');
    await deliver.receive(check());
    expect(bodies()).toHaveLength(1);
  });

  test('tells by text where there is nothing else, as long as the budget lasts', async () => {
    const april = '2027-04-10T12:00:00.000Z';
    deliver.at(april);
    const phone = {
      kind: 'sms',
      address: '+821012345678',
      country: 'KR',
      subscriptionArn: undefined,
    } as const;
    await putChannel({ ...phone, id: 'phone', checkedAt: april });
    deliver.sns.answer('GetSubscriptionAttributes', gone);
    for (const id of ['mail', 'second']) {
      await putChannel({ id, checkedAt: april });
      await deliver.receive(check(id));
    }
    expect(bodies()).toEqual(['Tocsin: Your e-mail address gets no alerts any more https://web.example/']);
    expect(await deliver.readChannel(subscriberId, 'mail')).toMatchObject({ lossToldAt: april });
    expect(await deliver.readChannel(subscriberId, 'second')).not.toHaveProperty('lossToldAt');
  });
});

describe('what SNS gives up', () => {
  const cameBack = (what: string) => ({
    Type: 'Notification',
    TopicArn: 'arn:aws:sns:us-east-1:000000000000:Test-channel-mail',
    Message: '{}',
    MessageAttributes: { delivery: { Type: 'String', Value: `${subscriberId}/mail/${what}` } },
  });

  test('is held again, and the channel disabled when that goes on', async () => {
    const hook: Partial<Channel> = { kind: 'webhook', address: 'https://example.com/hook' };
    await putChannel(hook);
    await putChannel({ id: 'other' });
    await putWatch('w', 'instant', { channelIds: ['mail'] });
    for (const [hour, storyId] of ['fire', 'flood', 'story-1'].entries()) {
      const [at, back] = [12 + 2 * hour, 13 + 2 * hour].map((hours) => `2026-11-23T${hours}:00:00.000Z`);
      deliver.at(at!);
      await deliver.receive(matched(storyId, 'w'));
      deliver.at(back!);
      expect(await deliver.receive(cameBack(`story/${storyId}`), cameBack(`story/${storyId}`))).toEqual([]);
    }
    expect(await deliveryOf('fire')).toMatchObject({
      state: 'waiting',
      hold: 'endpoint-failing',
      dueAt: '2026-11-23T14:00:00.000Z',
    });
    const disabledUntil = '2026-11-24T17:00:00.000Z';
    expect(await deliver.readChannel(subscriberId, 'mail')).toMatchObject({ failures: 3, disabledUntil });
    expect(await deliveryOf('story-1')).toMatchObject({ state: 'waiting', dueAt: disabledUntil });
    expect(bodies().filter((body) => body?.includes('does not answer'))).toHaveLength(1);
    await deliver.receive(matched('story-2', 'w'));
    const held = { state: 'waiting', hold: 'endpoint-failing', dueAt: disabledUntil };
    expect(await deliveryOf('story-2')).toMatchObject(held);
  });

  test('of a channel that is gone, or a notice, is done', async () => {
    await putChannel();
    expect(await deliver.receive(cameBack('notice/x-1'))).toEqual([]);
    await deliver.removeChannel(subscriberId, 'mail');
    expect(await deliver.receive(cameBack('story/none'))).toEqual([]);
  });
});

describe('a text', () => {
  const phone: Partial<Channel> = {
    id: 'phone',
    kind: 'sms',
    address: '+821012345678',
    country: 'KR',
    subscriptionArn: undefined,
  };

  test('is paid from the budget, which holds the next', async () => {
    await putChannel(phone);
    await putWatch('w');
    await deliver.receive(matched('fire', 'w'));
    deliver.at(soon);
    await deliver.receive(matched('flood', 'w'));
    expect(bodies()).toEqual(['Korea Herald: A fire in Seoul https://news.example/fire']);
    const dueAt = '2026-12-01T00:00:00.000Z';
    expect(await deliveryOf('flood', 'phone')).toMatchObject({ state: 'waiting', hold: 'sms-budget', dueAt });
  });

  test('that the budget has no room for is told by mail', async () => {
    const march = '2027-03-10T12:00:00.000Z';
    deliver.at(march);
    await putChannel({ ...phone, checkedAt: march });
    await putChannel({ checkedAt: march });
    await putWatch('w', 'instant', { channelIds: ['phone'] });
    await deliver.receive(matched('fire', 'w'));
    deliver.at('2027-03-10T12:00:02.000Z');
    await deliver.receive(matched('flood', 'w'));
    expect(await deliveryOf('flood', 'phone')).toMatchObject({ state: 'withdrawn', reason: 'told-by-mail' });
    await deliver.receive(due('flood'));
    expect(deliver.published().map((call) => call.get('PhoneNumber') ?? 'mail')).toEqual([
      '+821012345678',
      'mail',
    ]);
  });

  test('has a short link where its article has a long one', async () => {
    const february = '2027-02-10T12:00:00.000Z';
    deliver.at(february);
    await putChannel({ ...phone, checkedAt: february });
    await putWatch('w');
    await putArticle('long', `https://news.example/${'long/'.repeat(30)}`);
    await deliver.receive(matched('long', 'w'));
    expect(bodies()).toEqual([
      expect.stringMatching(/^Korea Herald: A long in Seoul https:\/\/api\.example\/s\/[\w-]{10}$/),
    ]);
  });

  test('that SNS refused is paid back', async () => {
    const january = '2027-01-10T12:00:00.000Z';
    deliver.at(january);
    await putChannel({ ...phone, checkedAt: january });
    await putWatch('w');
    deliver.sns.answer('Publish', { status: 429, code: 'Throttled' });
    await deliver.receive(matched('fire', 'w'));
    deliver.sns.answer('Publish', { result: '<MessageId>m1</MessageId>' });
    deliver.at('2027-01-10T12:01:00.000Z');
    await deliver.receive(due('fire', 'phone'));
    expect(await deliveryOf('fire', 'phone')).toMatchObject({ state: 'sent' });
  });

  test.each(['FR', undefined])('to %s, which has no price, is held without asking SNS', async (country) => {
    await putChannel({ ...phone, country });
    await putWatch('w');
    await deliver.receive(matched('fire', 'w'));
    expect(deliver.sns.calls).toEqual([]);
    expect(await deliveryOf('fire', 'phone')).toMatchObject({ state: 'waiting', hold: 'sms-off' });
  });
});

describe('a publish that fails', () => {
  test('is tried again later, then has failed, and can be driven again', async () => {
    await putChannel({ checkedAt: '2026-11-23T18:00:00.000Z' });
    await putWatch('w');
    deliver.sns.answer('Publish', { status: 429, code: 'Throttled' });
    expect(await deliver.receive(matched('fire', 'w'))).toEqual([]);
    expect(await deliveryOf('fire')).toMatchObject({ state: 'waiting', hold: 'retry', attempts: 1 });
    for (let hours = 13; hours < 22; hours++) {
      deliver.at(`2026-11-23T${hours}:00:00.000Z`);
      await deliver.receive(due('fire'));
    }
    expect(deliver.published()).toHaveLength(10);
    const failed = { state: 'failed', error: 'ThrottledException', dueKey: 'FAILED' };
    expect(await deliveryOf('fire')).toMatchObject(failed);
    await deliver.receive(due('fire'));
    expect(deliver.published()).toHaveLength(10);
    deliver.at('2026-11-23T22:00:00.000Z');
    const outputs = { AlertsTable: variable.alertsTable, region: 'us-east-1' } as StackOutputs;
    expect(await redriveFailed(outputs, new Date())).toBe(1);
    deliver.sns.answer('Publish', { result: '<MessageId>m2</MessageId>' });
    await deliver.receive(due('fire'));
    expect(await deliveryOf('fire')).toMatchObject({ state: 'sent', messageId: 'm2' });
  });
});
