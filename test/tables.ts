/**
 * The three tables on an embedded DynamoDB of their own, for tests of adapters and handlers. It ends with the test
 * file, whatever happens.
 *
 *     const tables = await startTables();   // sets the SDK's endpoint and the tables' variables
 *     afterAll(tables.stop);
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { variable } from '../core/environment.ts';
import { index } from '../core/indexes.ts';
import { guard } from '../local/runner/dynamo.ts';
import { provideDynoxide } from '../local/runner/dynoxide.ts';
import { freePort } from '../local/runner/free-port.ts';

const tableIndexes = {
  [variable.registryTable]: [index.registryDue, index.registryListing, index.registryTrouble],
  [variable.articlesTable]: [index.articlesUnmatched, index.articlesRecent, index.articlesUrl],
  [variable.alertsTable]: [index.alertsTimeline, index.alertsDue],
};

export interface Tables {
  readonly endpoint: string;
  stop(): void;
}

/** The variables are set before a module under test is imported: import it dynamically, after this. */
export async function startTables(): Promise<Tables> {
  const port = await freePort();
  const serve = [await provideDynoxide(() => {}), 'serve', '--port', String(port)];
  const child = spawn('sh', ['-c', guard, 'sh', ...serve], { stdio: ['pipe', 'ignore', 'ignore'] });
  const endpoint = `http://127.0.0.1:${port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    [variable.snapshotBucket]: 'snapshots',
  });
  const client = new DynamoDBClient({ endpoint });
  await untilReady(client, child);
  for (const [name, indexes] of Object.entries(tableIndexes)) {
    process.env[name] = name;
    await client.send(createTable(name, indexes));
  }
  return { endpoint, stop: () => void child.stdin.destroy() };
}

async function untilReady(client: DynamoDBClient, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`dynoxide ended with ${child.exitCode}`);
    const ready = await client.send(new ListTablesCommand({})).catch(() => undefined);
    if (ready) return;
    await delay(10);
  }
}

interface IndexKeys {
  readonly name: string;
  readonly pk: string;
  readonly sk: string;
  readonly include?: readonly string[];
}

function createTable(name: string, indexes: readonly IndexKeys[]): CreateTableCommand {
  const attributes = new Set(['pk', 'sk', ...indexes.flatMap(({ pk, sk }) => [pk, sk])]);
  return new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keySchema('pk', 'sk'),
    GlobalSecondaryIndexes: indexes.map(({ name: IndexName, pk, sk, include }) => ({
      IndexName,
      KeySchema: keySchema(pk, sk),
      Projection: include
        ? { ProjectionType: 'INCLUDE', NonKeyAttributes: [...include] }
        : { ProjectionType: 'ALL' },
    })),
  });
}

function keySchema(pk: string, sk: string) {
  return [
    { AttributeName: pk, KeyType: 'HASH' as const },
    { AttributeName: sk, KeyType: 'RANGE' as const },
  ];
}
