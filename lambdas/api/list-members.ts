/**
 * Phones that follow a list. A membership stands twice, with the list, where `deliver` finds it, and with the phone, so
 * that it ends with that; both are written and removed as one.
 */
import type { ListMember } from '../../core/model.ts';
import { queryAll } from '../aws/query-pages.ts';
import { keys, partition } from '../keys.ts';
import { settings } from './settings.ts';
import { type Refusal, transact, type Write } from './transactions.ts';

const TableName = settings.registryTable;

/** A publish each, and each is read for every message: what more people are to know goes by mail or webhook. */
export const MOST_PHONES = 100;

/** @returns the write that was refused: 0 the list's, 1 the membership's, which is there, 3 the phone's */
export function putMember(member: ListMember): Promise<Refusal | undefined> {
  const { listId, subscriberId, channelId } = member;
  return transact([
    countMember(listId, 1),
    {
      Put: {
        TableName,
        Item: { ...member, ...keys.channel(listId, channelId) },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    { Put: { TableName, Item: { ...member, ...keys.membership(subscriberId, channelId, listId) } } },
    {
      ConditionCheck: {
        TableName,
        Key: keys.channel(subscriberId, channelId),
        ConditionExpression: '#state = :confirmed',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':confirmed': 'confirmed' },
      },
    },
  ]);
}

/** @returns false when there is no such membership, or it has ended already */
export async function removeMember({ listId, subscriberId, channelId }: Member): Promise<boolean> {
  const deletes: Write[] = [
    {
      Delete: {
        TableName,
        Key: keys.channel(listId, channelId),
        ConditionExpression: 'subscriberId = :subscriber',
        ExpressionAttributeValues: { ':subscriber': subscriberId },
      },
    },
    { Delete: { TableName, Key: keys.membership(subscriberId, channelId, listId) } },
  ];
  const refused = await transact([...deletes, countMember(listId, -1)]);
  if (refused?.index !== deletes.length) return refused === undefined;
  return (await transact(deletes)) === undefined; // a list that is ending counts no more
}

type Member = Pick<ListMember, 'listId' | 'subscriberId' | 'channelId'>;

function countMember(listId: string, by: 1 | -1): Write {
  return {
    Update: {
      TableName,
      Key: keys.list(listId),
      UpdateExpression: 'ADD memberCount :by',
      ConditionExpression:
        'attribute_exists(pk) AND (:by < :zero OR attribute_not_exists(memberCount) OR memberCount < :most)',
      ExpressionAttributeValues: { ':by': by, ':zero': 0, ':most': MOST_PHONES },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

/** Of a list, with whose phones they are. */
export async function readMembersOf(listId: string): Promise<ListMember[]> {
  const found = await read(partition.channels(listId));
  return found.filter((item) => 'listId' in item);
}

/** Of a subscriber, or of one channel of theirs. */
export function readMemberships(subscriberId: string, channelId?: string): Promise<ListMember[]> {
  return read(partition.memberships(subscriberId, channelId));
}

/**
 * For a phone that is removed, or a subscriber who leaves.
 *
 * @returns how many there were
 */
export async function leaveLists(subscriberId: string, channelId?: string): Promise<number> {
  const members = await readMemberships(subscriberId, channelId);
  for (const member of members) await removeMember(member);
  return members.length;
}

function read({ pk, skPrefix }: { pk: string; skPrefix: string }): Promise<ListMember[]> {
  return queryAll({
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': pk, ':prefix': skPrefix },
    ConsistentRead: true,
  });
}
