/** Subscribers, and how many watches, channels and tokens each has. */
import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { index } from '../../core/indexes.ts';
import type { Subscriber } from '../../core/model.ts';
import { dynamo, unlessRefused } from '../aws/dynamo.ts';
import { heartbeatDue } from '../delivery/heartbeat-due.ts';
import { keys, partition } from '../keys.ts';
import type { PageQuery } from './fields.ts';
import { type Page, readPage } from './page.ts';
import { settings } from './settings.ts';
import type { Write } from './transactions.ts';
import { type Versioned, versionedUpdate } from './versioned-update.ts';

export type VersionedSubscriber = Subscriber & Versioned;

const TableName = settings.registryTable;

/** Kept on the subscriber's item, so that limits hold however many requests come at once. */
type Counter = 'watchCount' | 'channelCount' | 'tokenCount';

/** Refused when the subscriber is gone (no item) or has `limit` of them (an item). */
export function countUp(subscriberId: string, counter: Counter, limit: number): Write {
  return {
    Update: {
      TableName,
      Key: keys.subscriber(subscriberId),
      UpdateExpression: 'SET #counter = if_not_exists(#counter, :zero) + :one',
      ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(#counter) OR #counter < :limit)',
      ExpressionAttributeNames: { '#counter': counter },
      ExpressionAttributeValues: { ':zero': 0, ':one': 1, ':limit': limit },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

/** Refused when the subscriber is gone. */
export function countDown(subscriberId: string, counter: Counter): Write {
  return {
    Update: {
      TableName,
      Key: keys.subscriber(subscriberId),
      UpdateExpression: 'SET #counter = if_not_exists(#counter, :one) - :one',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#counter': counter },
      ExpressionAttributeValues: { ':one': 1 },
    },
  };
}

/** The write that makes a subscriber with so many channels. */
export function subscriberPut(subscriber: Subscriber, channelCount: number): Write {
  return {
    Put: {
      TableName,
      Item: {
        ...subscriber,
        ...keys.subscriber(subscriber.id),
        channelCount,
        [index.registryListing.pk]: partition.subscribers,
        [index.registryListing.sk]: subscriber.createdAt,
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

export async function readSubscriber(id: string): Promise<VersionedSubscriber | undefined> {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName, Key: keys.subscriber(id), ConsistentRead: true }),
  );
  return Item as VersionedSubscriber | undefined;
}

/** What a subscriber may change of themselves. */
export type SubscriberChange = Partial<Pick<Subscriber, 'name' | 'timeZone'>> & {
  readonly heartbeat?: 'weekly' | 'off' | undefined;
};

/** `deliver` finds the Monday of who asks or moves. One that is due already is not put off. */
function heartbeatChange(
  { heartbeatAt, timeZone: formerZone }: Subscriber,
  { heartbeat, timeZone = formerZone }: SubscriberChange,
  now: string,
): Partial<ReturnType<typeof heartbeatDue>> {
  if (heartbeat === 'off') return heartbeatDue(undefined);
  const isAsked = heartbeat === 'weekly' && heartbeatAt === undefined;
  const isMoved = timeZone !== formerZone && heartbeatAt !== undefined && heartbeatAt > now;
  return isAsked || isMoved ? heartbeatDue(now, true) : {};
}

/** @returns the subscriber after the change; nothing when they are gone, or changed since they were read */
export async function updateSubscriber(
  before: VersionedSubscriber,
  { heartbeat, ...change }: SubscriberChange,
  now: string,
): Promise<VersionedSubscriber | undefined> {
  const due = heartbeatChange(before, { heartbeat, ...change }, now);
  const update = new UpdateCommand({
    TableName,
    Key: keys.subscriber(before.id),
    ...versionedUpdate({ ...change, ...due }, before),
    ReturnValues: 'ALL_NEW',
  });
  return (await unlessRefused(dynamo.send(update)))?.Attributes as VersionedSubscriber | undefined;
}

/** Oldest first. */
export function listSubscribers(page: PageQuery): Promise<Page<Subscriber>> {
  const { name, pk, sk } = index.registryListing;
  return readPage(
    {
      query: {
        TableName,
        IndexName: name,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': pk },
        ExpressionAttributeValues: { ':pk': partition.subscribers },
      },
      keyAt: ({ id, at = '' }) => ({ ...keys.subscriber(id), [pk]: partition.subscribers, [sk]: at }),
      placeOf: ({ id, createdAt }) => ({ id, at: createdAt }),
    },
    page,
  );
}

/** @returns whether there was one */
export async function removeSubscriber(id: string): Promise<boolean> {
  const { Attributes } = await dynamo.send(
    new DeleteCommand({ TableName, Key: keys.subscriber(id), ReturnValues: 'ALL_OLD' }),
  );
  return Attributes !== undefined;
}
