/** Channels whose state is to be read from SNS: the index of what is due in the Registry. */
import { index } from '../../core/indexes.ts';
import { queryAll } from '../aws/query-pages.ts';
import { readEnvironment } from '../environment.ts';
import { type Key, partition, subscriberOf } from '../keys.ts';
import type { DueChannel } from '../messages.ts';

const { registryTable: TableName } = readEnvironment('registryTable');
const { name: IndexName, pk, sk } = index.registryDue;

/** The attributes by which a channel is found when its time has come. */
export function channelDue(at: string) {
  return { nextCheckAt: at, [pk]: partition.channelsDue, [sk]: at };
}

/** @returns the longest due first */
export async function readDueChannels(by: string, most: number): Promise<DueChannel[]> {
  const query = {
    TableName,
    IndexName,
    KeyConditionExpression: `${pk} = :key AND ${sk} <= :by`,
    ExpressionAttributeValues: { ':key': partition.channelsDue, ':by': by },
  };
  const due = await queryAll<Key & { readonly id: string }>(query, most);
  return due.map((item) => ({
    kind: 'channel',
    subscriberId: subscriberOf(item.pk),
    channelId: item.id,
  }));
}
