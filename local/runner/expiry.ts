/** DynamoDB's time to live, which the embedded one does not have: once a minute expired items are deleted. */
import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import type { TableSpec } from './resources.ts';

export interface Expiry {
  stop(): void;
}

/** Looks at every table once a minute; what goes wrong is told and tried again. */
export function startExpiry(
  client: DynamoDBClient,
  tables: readonly TableSpec[],
  warn: (message: string) => void,
): Expiry {
  const timer = setInterval(async () => {
    for (const table of tables)
      await expireItems(client, table, Math.floor(Date.now() / 1000)).catch((error: Error) =>
        warn(`${table.name}: expired items could not be deleted: ${error.message}`),
      );
  }, 60_000);
  return { stop: () => clearInterval(timer) };
}

const fiveYears = 5 * 365 * 24 * 60 * 60;

/**
 * Deletes what has expired by `now`, in seconds since 1970. As on AWS, times older than five years do not count:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */
export async function expireItems(client: DynamoDBClient, table: TableSpec, now: number): Promise<number> {
  if (!table.timeToLiveAttribute) return 0;
  const expired = {
    TableName: table.name,
    ExpressionAttributeNames: { '#ttl': table.timeToLiveAttribute },
    ExpressionAttributeValues: { ':now': { N: String(now) }, ':oldest': { N: String(now - fiveYears) } },
  };
  const condition = '#ttl < :now AND #ttl > :oldest';
  let count = 0;
  for await (const { Items = [] } of paginateScan({ client }, { ...expired, FilterExpression: condition })) {
    for (const item of Items) {
      await deleteItem(client, { ...expired, Key: keyOf(item, table), ConditionExpression: condition });
      count++;
    }
  }
  return count;
}

/** An item that was given more time in between stays. */
async function deleteItem(
  client: DynamoDBClient,
  input: ConstructorParameters<typeof DeleteItemCommand>[0],
): Promise<void> {
  await client.send(new DeleteItemCommand(input)).catch((error: Error) => {
    if (error.name !== 'ConditionalCheckFailedException') throw error;
  });
}

function keyOf(item: Record<string, AttributeValue>, { definition }: TableSpec) {
  const schema = definition.KeySchema as readonly { AttributeName: string }[];
  return Object.fromEntries(schema.map(({ AttributeName }) => [AttributeName, item[AttributeName]!]));
}
