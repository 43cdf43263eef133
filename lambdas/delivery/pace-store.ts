/** What each channel was told lately, in the Alerts table. */
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Pace } from '../../core/delivery/pacing.ts';
import { ttlAttribute } from '../../core/indexes.ts';
import { dynamo, unlessRefused } from '../aws/dynamo.ts';
import { keys } from '../keys.ts';
import { TableName } from './delivery-item.ts';
import type { Paces, StoredPace } from './delivery-ports.ts';

export const paceStore: Paces = { read, replace };

/** Nothing older than two hours counts; the rest is for clocks that differ. */
const KEPT_SECONDS = 86_400;

async function read(subscriberId: string, channelId: string): Promise<StoredPace> {
  const Key = keys.pace(subscriberId, channelId);
  const { Item } = await dynamo.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return { pace: Item?.pace as Pace | undefined, revision: Item?.revision ?? 0 };
}

async function replace(
  subscriberId: string,
  channelId: string,
  { revision }: StoredPace,
  pace: Pace,
): Promise<boolean> {
  const put = new PutCommand({
    TableName,
    Item: {
      ...keys.pace(subscriberId, channelId),
      pace,
      revision: revision + 1,
      [ttlAttribute]: Math.ceil(Date.parse(pace.nextAt) / 1000) + KEPT_SECONDS,
    },
    ConditionExpression: 'attribute_not_exists(pk) OR revision = :revision',
    ExpressionAttributeValues: { ':revision': revision },
  });
  return (await unlessRefused(dynamo.send(put))) !== undefined;
}
