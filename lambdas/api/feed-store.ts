/** The secret addresses of watches' feeds, looked up by their hash: one a watch, noted with its subscriber. */
import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws/dynamo.ts';
import { queryAll } from '../aws/query-pages.ts';
import { keys, partition } from '../keys.ts';
import { settings } from './settings.ts';
import { transact } from './transactions.ts';

const TableName = settings.registryTable;

export interface FeedOwner {
  readonly subscriberId: string;
  readonly watchId: string;
}

interface FeedNote extends FeedOwner {
  readonly sha256: string;
}

/** In the place of the one it has; the old address leads nowhere then. @returns false when the watch is gone */
export async function putFeed(owner: FeedOwner, sha256: string): Promise<boolean> {
  const { subscriberId, watchId } = owner;
  const former = await readNote(owner);
  const refused = await transact([
    {
      ConditionCheck: {
        TableName,
        Key: keys.watch(subscriberId, watchId),
        ConditionExpression: 'attribute_exists(pk)',
      },
    },
    { Put: { TableName, Item: { ...owner, ...keys.feed(sha256) } } },
    { Put: { TableName, Item: { ...owner, sha256, ...keys.watchFeed(subscriberId, watchId) } } },
    ...(former ? [{ Delete: { TableName, Key: keys.feed(former.sha256) } }] : []),
  ]);
  return refused === undefined;
}

export async function readFeedOwner(sha256: string): Promise<FeedOwner | undefined> {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName, Key: keys.feed(sha256), ConsistentRead: true }),
  );
  return Item as FeedOwner | undefined;
}

/** The note goes last, so that a crash leaves it to be found again. @returns whether there was one */
export async function removeFeed(owner: FeedOwner): Promise<boolean> {
  const note = await readNote(owner);
  if (note) await remove(note);
  return note !== undefined;
}

/** @returns how many there were */
export async function removeFeeds(subscriberId: string): Promise<number> {
  const { pk, skPrefix } = partition.watchFeeds(subscriberId);
  const notes = await queryAll<FeedNote>({
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': pk, ':prefix': skPrefix },
    ConsistentRead: true,
  });
  for (const note of notes) await remove(note);
  return notes.length;
}

async function remove({ subscriberId, watchId, sha256 }: FeedNote): Promise<void> {
  await dynamo.send(new DeleteCommand({ TableName, Key: keys.feed(sha256) }));
  await dynamo.send(new DeleteCommand({ TableName, Key: keys.watchFeed(subscriberId, watchId) }));
}

async function readNote({ subscriberId, watchId }: FeedOwner): Promise<FeedNote | undefined> {
  const Key = keys.watchFeed(subscriberId, watchId);
  const { Item } = await dynamo.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return Item as FeedNote | undefined;
}
