/** Deliveries and digests that somebody has to look at: the index of what is due, by partition. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { index } from '../core/indexes.ts';
import { dynamo } from './dynamo.ts';
import { readEnvironment } from './environment.ts';
import { type DueDelivery, type DueDigest, dueDelivery, dueDigest } from './messages.ts';

const { alertsTable: TableName } = readEnvironment('alertsTable');
const { name: IndexName, pk, sk } = index.alertsDue;

/**
 * @param key a partition key of the index
 * @param most how many at the most
 * @returns the longest due first
 */
export async function readDue(key: string, by: string, most: number): Promise<(DueDelivery | DueDigest)[]> {
  const due: (DueDelivery | DueDigest)[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await dynamo.send(
      new QueryCommand({
        TableName,
        IndexName,
        KeyConditionExpression: `${pk} = :key AND ${sk} <= :by`,
        ExpressionAttributeValues: { ':key': key, ':by': by },
        Limit: most - due.length,
        ExclusiveStartKey,
      }),
    );
    due.push(...(page.Items ?? []).map(toMessage));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey && due.length < most);
  return due;
}

function toMessage(item: Record<string, unknown>): DueDelivery | DueDigest {
  return 'slot' in item && !('storyId' in item)
    ? dueDigest.parse({ ...item, kind: 'digest' })
    : dueDelivery.parse({ ...item, kind: 'delivery' });
}
