/** A delivery as an item of the Alerts table, and the writes that change it. */
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Delivery, DeliveryId } from '../../core/delivery/delivery.ts';
import type { Heartbeat } from '../../core/delivery/heartbeat.ts';
import { index, ttlAttribute } from '../../core/indexes.ts';
import { readEnvironment } from '../environment.ts';
import { type Key, keys, partition } from '../keys.ts';
import { digestCapacity, type Stored } from './delivery-ports.ts';

export const { alertsTable: TableName } = readEnvironment('alertsTable');

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const { pk: dueKey, sk: dueAt } = index.alertsDue;

/** What has ended stays readable for a week. */
const WEEK_SECONDS = 7 * 86_400;

export function deliveryKey(id: DeliveryId): Key {
  if ('storyId' in id) return keys.delivery(id.subscriberId, id.storyId, id.channelId);
  return 'slot' in id
    ? keys.digest(id.subscriberId, id.channelId, id.slot)
    : keys.heartbeat(id.subscriberId, id.week);
}

/** The attribute by which DynamoDB forgets what ends at a time. */
export function expiry(endsAt: string) {
  return { [ttlAttribute]: Math.ceil(Date.parse(endsAt) / 1000) + WEEK_SECONDS };
}

/** An item has the identity's and the state's attributes side by side. Only what has ended is without `dueAt`. */
export function fromItem(item: Record<string, unknown>): Stored {
  const { revision, endsAt, storyIds = [], heartbeat, ...rest } = item;
  const { pk: _pk, sk: _sk, [dueKey]: _key, [ttlAttribute]: _expiry, ...both } = rest;
  if (both.state === 'failed') delete both[dueAt];
  const { id, state } = apart(both);
  return {
    id: id as DeliveryId,
    delivery: state as Delivery,
    revision: revision as number,
    endsAt: endsAt as string,
    storyIds: [...(storyIds as Iterable<string>)],
    ...(heartbeat !== undefined && { heartbeat: heartbeat as Heartbeat }),
  };
}

/** A slot is the identity of a digest, and a part of the state of a story that is told with one. */
function apart({ subscriberId, channelId, ...rest }: Record<string, unknown>) {
  const [own] = ['storyId', 'week', 'slot'].filter((name) => name in rest) as [string];
  const { [own]: what, ...state } = rest;
  return { id: { subscriberId, channelId, [own]: what }, state };
}

/** The next state in the place of the stored one, if nobody changed that in between. */
export function replaceDelivery({ id, revision, endsAt, storyIds, heartbeat }: Stored, next: Delivery) {
  const key = deliveryKey(id);
  const Item = {
    ...id,
    ...next,
    ...key,
    ...dueAttributes(key, next),
    ...expiry(endsAt),
    endsAt,
    revision: revision + 1,
    storyIds: storyIds.length > 0 ? new Set(storyIds) : undefined,
    heartbeat,
  };
  return revision === 0
    ? { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        TableName,
        Item,
        ConditionExpression: 'revision = :revision',
        ExpressionAttributeValues: { ':revision': revision },
      };
}

/** Whoever looks for what is due, or for what failed, finds it by these. */
function dueAttributes(key: Key, next: Delivery) {
  if ('dueAt' in next) return { [dueKey]: partition.due(key) };
  return next.state === 'failed' ? { [dueKey]: partition.failed, [dueAt]: next.failedAt } : {};
}

/** Adds a story to a digest that is open and not full, or opens it. */
export function joinDigest(digest: DigestId, storyId: string, endsAt: string): Write {
  const key = deliveryKey(digest);
  const attributes = {
    ...digest,
    ...({ state: 'open', dueAt: digest.slot } satisfies Delivery),
    ...dueAttributes(key, { state: 'open', dueAt: digest.slot }),
    ...expiry(endsAt),
    endsAt,
  };
  const names = Object.keys(attributes);
  return {
    Update: {
      TableName,
      Key: key,
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')} ADD storyIds :stories, revision :one`,
      ConditionExpression:
        'attribute_not_exists(pk) OR (#state = :state AND (attribute_not_exists(storyIds) OR size(storyIds) < :capacity))',
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`:${name}`, value])),
        ':stories': new Set([storyId]),
        ':one': 1,
        ':capacity': digestCapacity,
      },
    },
  };
}

export type DigestId = Extract<DeliveryId, { slot: string }>;

/** Takes a story out of a digest that is open. */
export function leaveDigest(digest: DigestId, storyId: string): Write {
  return {
    Update: {
      TableName,
      Key: deliveryKey(digest),
      UpdateExpression: 'DELETE storyIds :stories ADD revision :one',
      ConditionExpression: '#state = :open',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':stories': new Set([storyId]), ':one': 1, ':open': 'open' },
    },
  };
}
