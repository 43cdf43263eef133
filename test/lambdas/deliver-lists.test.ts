/** A list is one subscriber with one channel: one publish, however many people SNS tells of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { subscriberMonth } from '../../core/delivery/sms-price.ts';
import type { Channel, Frequency } from '../../core/model.ts';
import { type DeliverHandler, noon, startDeliver } from './delivery/deliver-handler.ts';

let deliver: DeliverHandler;
let count = 0;
/** Each test has a list of its own. */
let listId: string;

beforeAll(async () => {
  deliver = await startDeliver();
  for (const id of ['fire', 'flood']) {
    await deliver.putArticle({
      id,
      url: `https://news.example/${id}`,
      title: `A ${id} in Seoul`,
      body: `The weather was fine. The ${id} came at night.`,
      sourceId: 'source',
      seenAt: noon,
    });
  }
});
afterAll(() => deliver.stop());

beforeEach(async () => {
  listId = `list${++count}`;
  deliver.at(noon);
  deliver.sns.calls.splice(0);
  deliver.sns.answer('Publish', { result: '<MessageId>m1</MessageId>' });
  await putList();
});

async function putList(frequency: Frequency = 'instant'): Promise<void> {
  await deliver.putList({ id: listId, timeZone: 'UTC', createdAt: noon });
  await deliver.putChannel({
    id: listId,
    subscriberId: listId,
    kind: 'list',
    address: listId,
    state: 'confirmed',
    createdAt: noon,
  });
  await deliver.putWatch({
    id: listId,
    subscriberId: listId,
    name: 'Disasters',
    query: 'fire | flood',
    frequency,
    channelIds: [],
    paused: false,
    version: 1,
    createdAt: noon,
    updatedAt: noon,
  });
}

/** A subscriber whose phone follows the list. */
async function join(subscriberId: string, given: Partial<Channel> = {}, timeZone = 'UTC'): Promise<Channel> {
  const phone: Channel = {
    id: `phone-${subscriberId}`,
    subscriberId,
    kind: 'sms',
    address: '+821012345678',
    country: 'KR',
    state: 'confirmed',
    checkedAt: noon,
    createdAt: noon,
    ...given,
  };
  await deliver.putSubscriber({ id: subscriberId, timeZone, createdAt: noon });
  await deliver.putChannel(phone);
  await deliver.putMember({ listId, subscriberId, channelId: phone.id, joinedAt: noon });
  return phone;
}

const matched = (storyId: string) => ({
  kind: 'matched',
  articleId: storyId,
  storyId,
  matchedAt: noon,
  subscribers: [{ subscriberId: listId, watchIds: [listId] }],
});
const due = (storyId: string, channelId = listId) => ({
  kind: 'delivery',
  subscriberId: listId,
  storyId,
  channelId,
});
const actions = () => deliver.sns.calls.map((call) => call.get('Action'));
const texts = () => deliver.published().filter((call) => call.has('PhoneNumber'));

describe('a list', () => {
  test('is told by one publish, with a text for its mails and one for its webhooks', async () => {
    expect(await deliver.receive(matched('fire'), matched('fire'), due('fire'))).toEqual([]);
    const [publish, ...others] = deliver.published();
    expect(others).toEqual([]);
    expect(Object.fromEntries(publish!)).toMatchObject({
      TopicArn: `arn:aws:sns:us-east-1:000000000000:Test-channel-${listId}`,
      Subject: 'A fire in Seoul',
      MessageStructure: 'json',
    });
    const page = `https://web.example/lists/${listId}`;
    const { default: posted, email } = JSON.parse(publish!.get('Message')!);
    expect(email).toContain('The *fire* came at night.');
    expect(email).toMatch(new RegExp(`stories: ${page}\n$`));
    expect(JSON.parse(posted)).toMatchObject({
      version: 1,
      kind: 'alert',
      list: page,
      story: { id: 'fire' },
    });
    for (const text of [email, posted]) expect(text).not.toContain('/a/');
  });

  test('is not asked about: it is sent though nobody may have joined, and nothing of it is swept', async () => {
    await deliver.receive(matched('fire'));
    expect(actions()).toEqual(['Publish']);
    expect(await deliver.readDelivery(listId, 'fire', listId)).toMatchObject({ state: 'sent' });
    await deliver.receive({ kind: 'channel', subscriberId: listId, channelId: listId });
    expect(actions()).toEqual(['Publish']);
  });

  test('without its topic holds what is due, and is told when that is there again', async () => {
    deliver.sns.answer('Publish', { status: 404, code: 'NotFound' });
    await deliver.receive(matched('fire'));
    expect(await deliver.readDelivery(listId, 'fire', listId)).toMatchObject({
      state: 'waiting',
      hold: 'channel-gone',
    });
    deliver.sns.answer('Publish', { result: '<MessageId>m2</MessageId>' });
    deliver.at('2026-11-23T12:02:00.000Z');
    await deliver.receive(due('fire'));
    const held = await deliver.readDelivery(listId, 'fire', listId);
    const slot = String(held?.slot);
    deliver.at(slot);
    await deliver.receive({ kind: 'digest', subscriberId: listId, channelId: listId, slot });
    expect(await deliver.readDigest(listId, listId, slot)).toMatchObject({ state: 'sent', messageId: 'm2' });
  });

  test('collects by its frequency like any watch', async () => {
    await putList('daily');
    await deliver.receive(matched('fire'), matched('flood'));
    expect(deliver.published()).toEqual([]);
    const slot = '2026-11-24T08:00:00.000Z';
    deliver.at(slot);
    await deliver.receive({ kind: 'digest', subscriberId: listId, channelId: listId, slot });
    const [publish] = deliver.published();
    const { default: posted, email } = JSON.parse(publish!.get('Message')!);
    expect(email).toMatch(/^2 stories for Disasters/);
    expect(JSON.parse(posted)).toMatchObject({ kind: 'digest', more: 0 });
  });
});

describe('who follows it by text', () => {
  test('is told on their own phone, whose budget pays', async () => {
    await join('ana');
    await join('ben', { address: '+821087654321' });
    await deliver.receive(matched('fire'));
    expect(texts().map((call) => call.get('PhoneNumber'))).toEqual(['+821012345678', '+821087654321']);
    expect(deliver.published()).toHaveLength(3);
    expect(texts()[0]?.get('Message')).toContain('A fire in Seoul');
    const { readSpent } = await import('../../lambdas/delivery/sms-budget.ts');
    const spent = [listId, 'ana', 'ben'].map((id) => readSpent(subscriberMonth(noon, id)));
    expect(await Promise.all(spent)).toEqual([0, 30_000, 30_000]);
  });

  test('is not told in the quiet hours of that phone, on its owner’s clock', async () => {
    await join('cho', { quietHours: { from: '20:00', to: '07:00' } }, 'Asia/Seoul');
    await deliver.receive(matched('fire'));
    expect(texts()).toEqual([]);
    const held = await deliver.readDelivery(listId, 'fire', 'phone-cho');
    expect(held).toMatchObject({ state: 'in-digest', slot: '2026-11-23T22:00:00.000Z' });
  });

  test.each([
    ['answered STOP', { state: 'gone' as const }],
    ['removed the phone', undefined],
  ])('and %s is told no more', async (_what, change) => {
    const phone = await join('dee');
    if (change) await deliver.putChannel({ ...phone, ...change });
    else await deliver.removeChannel('dee', phone.id);
    await deliver.receive(matched('fire'));
    expect(texts()).toEqual([]);
    expect(deliver.published()).toHaveLength(1);
  });

  test('and answers STOP is lost to their own subscriber, and never spoken of to the list', async () => {
    const phone = await join('eve', { checkedAt: undefined, state: 'confirmed' });
    deliver.sns.answer('CheckIfPhoneNumberIsOptedOut', { result: '<isOptedOut>true</isOptedOut>' });
    await deliver.receive(matched('fire'));
    expect(await deliver.readChannel('eve', phone.id)).toMatchObject({ state: 'gone' });
    await deliver.receive({ kind: 'channel', subscriberId: 'eve', channelId: phone.id });
    expect(deliver.published()).toHaveLength(1);
    expect(deliver.published()[0]?.get('Message')).not.toContain('+82');
    deliver.at('2026-11-23T13:00:00.000Z');
    await deliver.receive(due('fire', phone.id));
    expect(await deliver.readDelivery(listId, 'fire', phone.id)).toMatchObject({
      state: 'withdrawn',
      reason: 'channel-removed',
    });
  });

  test('and has no budget left waits for the next month: a list has no mail of theirs', async () => {
    await join('fay');
    await deliver.receive(matched('fire'));
    deliver.at('2026-11-23T12:05:00.000Z');
    await deliver.receive(matched('flood'));
    expect(await deliver.readDelivery(listId, 'flood', 'phone-fay')).toMatchObject({
      hold: 'sms-budget',
      dueAt: '2026-12-01T00:00:00.000Z',
    });
  });
});
