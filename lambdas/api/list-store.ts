/**
 * Lists: what a subscriber is to the pipeline, a watch and a channel, all three with the list's id. The watch carries
 * what else there is to a list, so that one query of an index shows them all.
 */
import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { index } from '../../core/indexes.ts';
import type { Channel, List, Subscriber } from '../../core/model.ts';
import { dynamo } from '../aws/dynamo.ts';
import { updateExpression } from '../aws/update-expression.ts';
import { keys, partition } from '../keys.ts';
import type { PageQuery } from './fields.ts';
import { type Page, readPage } from './page.ts';
import { settings } from './settings.ts';
import { type Refusal, transact } from './transactions.ts';
import { eraseWatch, readWatch, replacement, watchPuts } from './watch-store.ts';

const TableName = settings.registryTable;
const { name: IndexName, pk, sk } = index.registryListing;

export async function putList(list: List, topicArn: string): Promise<Refusal | undefined> {
  const { id, timeZone, createdAt } = list;
  const owner: Subscriber = { id, timeZone, createdAt };
  const channel: Channel = {
    id,
    subscriberId: id,
    kind: 'list',
    address: id,
    state: 'confirmed',
    topicArn,
    createdAt,
  };
  const places = { [pk]: partition.lists, [sk]: createdAt };
  return transact([
    { Put: { TableName, Item: { ...owner, ...keys.list(id) } } },
    { Put: { TableName, Item: { ...channel, ...keys.channel(id, id) } } },
    ...watchPuts({ ...list, ...places }),
  ]);
}

export async function readList(id: string): Promise<List | undefined> {
  return (await readWatch(id, id)) as List | undefined;
}

/** The list as a subscriber. */
export async function readListOwner(id: string): Promise<ListOwner | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName, Key: keys.list(id), ConsistentRead: true }));
  return Item as ListOwner | undefined;
}

export interface ListOwner extends Subscriber {
  /** Phones that follow it. */
  readonly memberCount?: number;
}

/** Oldest first. */
export function listLists(page: PageQuery): Promise<Page<List>> {
  return readPage(
    {
      query: {
        TableName,
        IndexName,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': pk },
        ExpressionAttributeValues: { ':pk': partition.lists },
      },
      keyAt: ({ id, at = '' }) => ({ ...keys.watch(id, id), [pk]: partition.lists, [sk]: at }),
      placeOf: ({ id, createdAt }) => ({ id, at: createdAt }),
    },
    page,
  );
}

/** @returns false when the list is not at the version of `before` any more */
export async function replaceList(before: List, after: List): Promise<boolean> {
  const clock = {
    Update: {
      TableName,
      Key: keys.list(after.id),
      ...updateExpression({ timeZone: after.timeZone }),
      ConditionExpression: 'attribute_exists(pk)',
    },
  };
  return (await transact([...replacement(before, after), clock])) === undefined;
}

/** From now on it matches nothing. @returns false when the list is not at the version of `before` any more */
export function endList(before: List, now: string): Promise<boolean> {
  return eraseWatch(before, now);
}

/** From now on nobody joins it, and nobody is told. */
export async function closeList(id: string): Promise<void> {
  await dynamo.send(new DeleteCommand({ TableName, Key: keys.list(id) }));
}

/** The channel goes last, so that an end that was cut off is found. */
export async function isEnding(id: string): Promise<boolean> {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName, Key: keys.channel(id, id), ConsistentRead: true }),
  );
  return Item?.kind === 'list';
}

export async function forgetList(id: string): Promise<void> {
  await dynamo.send(new DeleteCommand({ TableName, Key: keys.channel(id, id) }));
}
