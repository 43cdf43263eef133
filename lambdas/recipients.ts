/** A subscriber as `deliver` needs it: with all channels, and with the watches that matched. */
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Channel, ChannelState, Subscriber, WatchSettings } from '../core/model.ts';
import { batchGet } from './batch-get.ts';
import type { Recipient, Recipients } from './delivery-ports.ts';
import { dynamo, isConditionFailed } from './dynamo.ts';
import { readEnvironment } from './environment.ts';
import { type Key, keys, partition } from './keys.ts';

const { registryTable: TableName } = readEnvironment('registryTable');

export const recipients: Recipients = { read, saveChannelState };

type Item = Key & (Subscriber | WatchSettings);

/** Consistently: what a subscriber has just changed counts. */
async function read(subscriberId: string, watchIds: readonly string[]): Promise<Recipient | undefined> {
  const own = keys.subscriber(subscriberId);
  const wanted = [own, ...watchIds.map((id) => keys.watch(subscriberId, id))];
  const [items, channels] = await Promise.all([
    batchGet<Item>(TableName, wanted),
    readChannels(subscriberId),
  ]);
  const subscriber = items.find(({ sk }) => sk === own.sk);
  if (subscriber === undefined) return undefined;
  const watches = items.filter(({ sk }) => sk !== own.sk) as (Key & WatchSettings)[];
  return { subscriber: subscriber as Key & Subscriber, channels, watches };
}

/** A subscriber has few channels: one page holds them all. */
async function readChannels(subscriberId: string): Promise<Channel[]> {
  const { pk, skPrefix } = partition.channels(subscriberId);
  const { Items } = await dynamo.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pk, ':prefix': skPrefix },
      ConsistentRead: true,
    }),
  );
  return (Items ?? []) as Channel[];
}

async function saveChannelState(channel: Channel, state: ChannelState, checkedAt: string): Promise<void> {
  const update = new UpdateCommand({
    TableName,
    Key: keys.channel(channel.subscriberId, channel.id),
    UpdateExpression: 'SET #state = :state, checkedAt = :at',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':state': state, ':at': checkedAt },
  });
  await dynamo.send(update).catch((error: unknown) => {
    if (!isConditionFailed(error)) throw error;
  });
}
