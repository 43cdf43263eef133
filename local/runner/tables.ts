/** The tables of the stack in the embedded DynamoDB: made on the first start, given new indexes on later ones. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import type { TableSpec } from './resources.ts';

/** @throws Error where an existing table has another key: that cannot be changed in place, on AWS neither */
export async function provideTables(client: DynamoDBClient, specs: readonly TableSpec[]): Promise<void> {
  for (const { definition } of specs) {
    const wanted = definition as unknown as CreateTableCommandInput;
    const existing = await describe(client, wanted.TableName!);
    if (existing) await update(client, existing, wanted);
    else await client.send(new CreateTableCommand(wanted));
  }
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function update(
  client: DynamoDBClient,
  existing: TableDescription,
  wanted: CreateTableCommandInput,
): Promise<void> {
  const name = wanted.TableName!;
  if (keyOf(existing) !== keyOf(wanted)) throw changed(name, 'key');
  const indexes = new Map(existing.GlobalSecondaryIndexes?.map((index) => [index.IndexName, index]));
  for (const index of wanted.GlobalSecondaryIndexes ?? []) {
    const known = indexes.get(index.IndexName);
    if (!known) await addIndex(client, wanted, index);
    else if (keyOf(known) !== keyOf(index)) throw changed(name, `index ${index.IndexName}`);
  }
}

async function addIndex(
  client: DynamoDBClient,
  table: CreateTableCommandInput,
  { IndexName, KeySchema, Projection }: GlobalSecondaryIndex,
): Promise<void> {
  await client.send(
    new UpdateTableCommand({
      TableName: table.TableName!,
      AttributeDefinitions: table.AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [{ Create: { IndexName, KeySchema, Projection } }],
    }),
  );
  const creating = ({ IndexName: name, IndexStatus }: { IndexName?: string; IndexStatus?: string }) =>
    name === IndexName && IndexStatus !== 'ACTIVE';
  while ((await describe(client, table.TableName!))?.GlobalSecondaryIndexes?.some(creating)) await delay(50);
}

function keyOf({ KeySchema = [] }: { KeySchema?: CreateTableCommandInput['KeySchema'] }): string {
  return KeySchema.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).join();
}

function changed(table: string, what: string): Error {
  return new Error(`The ${what} of table ${table} has changed. Start with --fresh to forget all local data.`);
}
