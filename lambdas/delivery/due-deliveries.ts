/** Deliveries and digests that somebody has to look at: the index of what is due, by partition. */
import { index } from '../../core/indexes.ts';
import { queryAll } from '../aws/query-pages.ts';
import { readEnvironment } from '../environment.ts';
import { dueDelivery, dueDigest, dueHeartbeat } from '../messages.ts';
import type { DueMessage } from './due-message.ts';

const { alertsTable: TableName } = readEnvironment('alertsTable');
const { name: IndexName, pk, sk } = index.alertsDue;

/**
 * @param key a partition key of the index
 * @param most how many at the most
 * @returns the longest due first
 */
export async function readDue(key: string, by: string, most: number): Promise<DueMessage[]> {
  const query = {
    TableName,
    IndexName,
    KeyConditionExpression: `${pk} = :key AND ${sk} <= :by`,
    ExpressionAttributeValues: { ':key': key, ':by': by },
  };
  return (await queryAll<Record<string, unknown>>(query, most)).map(toMessage);
}

function toMessage(item: Record<string, unknown>): DueMessage {
  if ('storyId' in item) return dueDelivery.parse({ ...item, kind: 'delivery' });
  return 'week' in item
    ? dueHeartbeat.parse({ ...item, kind: 'heartbeat' })
    : dueDigest.parse({ ...item, kind: 'digest' });
}
