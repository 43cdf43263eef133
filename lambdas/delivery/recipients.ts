/** A subscriber, or a list, as `deliver` needs it: with all channels, and with the watches that matched. */
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isLost, lastConfirmed } from '../../core/delivery/channel-check.ts';
import type { Failures } from '../../core/delivery/endpoint-failure.ts';
import type { Channel, ChannelState, ListMember, Subscriber, WatchSettings } from '../../core/model.ts';
import { batchGet } from '../aws/batch-get.ts';
import { dynamo, unlessRefused } from '../aws/dynamo.ts';
import { updateExpression } from '../aws/update-expression.ts';
import { readEnvironment } from '../environment.ts';
import { type Key, keys, partition } from '../keys.ts';
import { channelDue } from './channel-due.ts';
import { channelTrouble } from './channel-trouble.ts';
import type { ChannelCheck, Recipient, RecipientChannel, Recipients } from './delivery-ports.ts';
import { closeOrphan, forgetSignUp } from './forget-sign-up.ts';
import { readMembers } from './list-members.ts';

const { registryTable: TableName } = readEnvironment('registryTable');

export const recipients: Recipients = {
  read,
  saveChannelState,
  claimCheck,
  saveCheck,
  saveFailures,
  forget: forgetSignUp,
  closeOrphan,
};

type Item = Key & (Subscriber | WatchSettings);

/** Consistently: what a subscriber has just changed counts. */
async function read(subscriberId: string, watchIds: readonly string[]): Promise<Recipient | undefined> {
  const own = keys.subscriber(subscriberId);
  const wanted = [own, ...watchIds.map((id) => keys.watch(subscriberId, id))];
  const [items, channels] = await Promise.all([
    batchGet<Item>(TableName, wanted),
    readChannels(subscriberId),
  ]);
  const subscriber = items.find(({ sk }) => sk === own.sk) ?? (await readList(subscriberId));
  if (subscriber === undefined) return undefined;
  const watches = items.filter(({ sk }) => sk !== own.sk) as (Key & WatchSettings)[];
  return { subscriber: subscriber as Key & Subscriber, channels, watches };
}

async function readList(id: string): Promise<(Key & Subscriber) | undefined> {
  const [list] = await batchGet<Key & Subscriber>(TableName, [keys.list(id)]);
  return list;
}

/** Subscribers and lists have few channels: one page holds them all. */
async function readChannels(subscriberId: string): Promise<RecipientChannel[]> {
  const { pk, skPrefix } = partition.channels(subscriberId);
  const { Items } = await dynamo.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pk, ':prefix': skPrefix },
      ConsistentRead: true,
    }),
  );
  return readMembers((Items ?? []) as (Channel | ListMember)[]);
}

/** A loss is looked at by the sweep, which tells of it. */
function saveChannelState(channel: Channel, state: ChannelState, checkedAt: string): Promise<void> {
  const confirmedAt = state === 'confirmed' ? checkedAt : lastConfirmed(channel);
  const sweep = isLost(channel, state) ? channelDue(checkedAt) : {};
  const trouble = channelTrouble(channel, { state }, checkedAt);
  return update(channel, { state, checkedAt, ...(confirmedAt && { confirmedAt }), ...sweep, ...trouble });
}

function claimCheck(channel: Channel, until: string): Promise<boolean> {
  return updateIf(channel, 'nextCheckAt', channelDue(until));
}

function saveCheck(channel: Channel, { nextCheckAt, ...check }: ChannelCheck): Promise<void> {
  const trouble = channelTrouble(channel, check, check.checkedAt);
  return update(channel, { ...check, ...channelDue(nextCheckAt), ...trouble });
}

function saveFailures(channel: Channel, failures: Failures): Promise<boolean> {
  const trouble = channelTrouble(channel, failures, failures.lastFailedAt);
  return updateIf(channel, 'lastFailedAt', {
    ...failures,
    disabledUntil: failures.disabledUntil,
    ...trouble,
  });
}

async function update({ subscriberId, id }: Channel, change: Record<string, unknown>): Promise<void> {
  const command = new UpdateCommand({
    TableName,
    Key: keys.channel(subscriberId, id),
    ...updateExpression(change),
    ConditionExpression: 'attribute_exists(pk)',
  });
  await unlessRefused(dynamo.send(command));
}

/** Only while an attribute is what it was. @returns whether it was */
async function updateIf(
  channel: Channel,
  name: 'nextCheckAt' | 'lastFailedAt',
  change: Record<string, unknown>,
): Promise<boolean> {
  const { ExpressionAttributeValues, ...set } = updateExpression(change);
  const known = channel[name];
  const isAsKnown = known === undefined ? `attribute_not_exists(${name})` : `${name} = :known`;
  const command = new UpdateCommand({
    TableName,
    Key: keys.channel(channel.subscriberId, channel.id),
    ...set,
    ConditionExpression: `attribute_exists(pk) AND ${isAsKnown}`,
    ExpressionAttributeValues: {
      ...ExpressionAttributeValues,
      ...(known !== undefined && { ':known': known }),
    },
  });
  return (await unlessRefused(dynamo.send(command))) !== undefined;
}
