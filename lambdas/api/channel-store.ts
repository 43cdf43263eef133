/** Channels and the items by which an address belongs to one subscriber. */
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { lastConfirmed } from '../../core/delivery/channel-check.ts';
import type { PersonalChannel, PersonalKind, QuietHours } from '../../core/model.ts';
import { addressDelete, addressKey } from '../address-key.ts';
import { dynamo, isConditionFailed, unlessRefused } from '../aws/dynamo.ts';
import { queryAll } from '../aws/query-pages.ts';
import { updateExpression } from '../aws/update-expression.ts';
import { channelDue } from '../delivery/channel-due.ts';
import { channelTrouble } from '../delivery/channel-trouble.ts';
import { keys, partition } from '../keys.ts';
import { settings } from './settings.ts';
import { countDown, countUp } from './subscriber-store.ts';
import { type Refusal, transact, type Write } from './transactions.ts';
import { type Versioned, versionedUpdate } from './versioned-update.ts';

const TableName = settings.registryTable;

export type VersionedChannel = PersonalChannel & Versioned;

export const MOST_CHANNELS = 20;

/** Who has an address. */
export interface AddressOwner {
  readonly subscriberId: string;
  readonly channelId: string;
}

/** The writes that make a channel: refused when it or the address is there. Two a channel, the address last. */
export function channelPuts(channel: PersonalChannel): Write[] {
  const { id, subscriberId, kind, address } = channel;
  const item = { ...channel, ...keys.channel(subscriberId, id), ...channelDue(channel.createdAt) };
  const owner = { kind, address, subscriberId, channelId: id, ...addressKey(kind, address) };
  return [item, owner].map((Item) => ({
    Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
  }));
}

/** @returns the write that was refused: 0 the subscriber's, 2 the address's */
export function putChannel(channel: PersonalChannel): Promise<Refusal | undefined> {
  return transact([countUp(channel.subscriberId, 'channelCount', MOST_CHANNELS), ...channelPuts(channel)]);
}

export async function readOwner(kind: PersonalKind, address: string): Promise<AddressOwner | undefined> {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName, Key: addressKey(kind, address), ConsistentRead: true }),
  );
  return Item as AddressOwner | undefined;
}

export async function readChannel(subscriberId: string, id: string): Promise<VersionedChannel | undefined> {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName, Key: keys.channel(subscriberId, id), ConsistentRead: true }),
  );
  return Item && isPersonal(Item) ? Item : undefined;
}

export async function readChannels(subscriberId: string): Promise<PersonalChannel[]> {
  const { pk, skPrefix } = partition.channels(subscriberId);
  const found = await queryAll<object>({
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': pk, ':prefix': skPrefix },
    ConsistentRead: true,
  });
  return found.filter(isPersonal);
}

/** A list, whose channels stand where a subscriber's do, is none: its topic and the phones it borrows are not shown. */
function isPersonal(item: object): item is PersonalChannel {
  return 'kind' in item && item.kind !== 'list';
}

type ChannelChange = Partial<Pick<PersonalChannel, 'state' | 'checkedAt' | 'topicArn' | 'subscriptionArn'>>;

/** @returns the channel after the change; nothing when it is gone */
export async function updateChannel(
  before: PersonalChannel,
  change: ChannelChange,
): Promise<PersonalChannel | undefined> {
  const update = new UpdateCommand({
    TableName,
    Key: keys.channel(before.subscriberId, before.id),
    ...updateExpression({ ...change, ...learnt(before, change) }),
    ConditionExpression: 'attribute_exists(pk)',
    ReturnValues: 'ALL_NEW',
  });
  try {
    return (await dynamo.send(update)).Attributes as PersonalChannel;
  } catch (error) {
    if (isConditionFailed(error)) return undefined;
    throw error;
  }
}

/** What people change of a channel makes a version, and what SNS says of it does not. */
export async function setQuietHours(
  before: VersionedChannel,
  quietHours: QuietHours | undefined,
): Promise<VersionedChannel | undefined> {
  const update = new UpdateCommand({
    TableName,
    Key: keys.channel(before.subscriberId, before.id),
    ...versionedUpdate({ quietHours }, before),
    ReturnValues: 'ALL_NEW',
  });
  return (await unlessRefused(dynamo.send(update)))?.Attributes as VersionedChannel | undefined;
}

/** What follows from a state that was read at `checkedAt`. */
function learnt(before: PersonalChannel, { state, checkedAt }: ChannelChange): Record<string, unknown> {
  if (state === undefined || checkedAt === undefined) return {};
  const confirmedAt = state === 'confirmed' ? checkedAt : lastConfirmed(before);
  return { ...(confirmedAt && { confirmedAt }), ...channelTrouble(before, { state }, checkedAt) };
}

/**
 * A channel whose address is somebody else's. To its subscriber it looks like one that nobody has confirmed: to
 * say more would tell who is registered here. It owns no address and has no topic.
 */
export interface DecoyChannel extends PersonalChannel {
  readonly decoy: true;
}

export function isDecoy(channel: PersonalChannel): channel is DecoyChannel {
  return 'decoy' in channel;
}

/** @returns the subscriber's write when it was refused */
export function putDecoy(channel: PersonalChannel): Promise<Refusal | undefined> {
  const { subscriberId, id } = channel;
  const Item = { ...channel, decoy: true, state: 'pending', ...keys.channel(subscriberId, id) };
  return transact([countUp(subscriberId, 'channelCount', MOST_CHANNELS), { Put: { TableName, Item } }]);
}

/** The writes that remove a channel and set its address free. */
function channelDeletes(channel: PersonalChannel): Write[] {
  const { subscriberId, id, kind, address } = channel;
  const writes: Write[] = [
    {
      Delete: {
        TableName,
        Key: keys.channel(subscriberId, id),
        ConditionExpression: 'attribute_exists(pk)',
      },
    },
  ];
  return isDecoy(channel) ? writes : [...writes, addressDelete(addressKey(kind, address), id)];
}

export async function removeChannel(channel: PersonalChannel): Promise<void> {
  await transact([...channelDeletes(channel), countDown(channel.subscriberId, 'channelCount')]);
}

/** Like `removeChannel`, when the subscriber is gone already. */
export async function eraseChannel(channel: PersonalChannel): Promise<void> {
  await transact(channelDeletes(channel));
}
