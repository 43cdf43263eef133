import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Dynamo, startDynamo } from '../../local/runner/dynamo.ts';
import { provideDynoxide } from '../../local/runner/dynoxide.ts';
import { expireItems } from '../../local/runner/expiry.ts';
import type { TableSpec } from '../../local/runner/resources.ts';
import { provideTables } from '../../local/runner/tables.ts';

let folder: string;
let binary: string;
let dynamo: Dynamo;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-dynamo-'));
  binary = await provideDynoxide(() => {});
  dynamo = await startDynamo(binary, join(folder, 'dynamo.db'));
});
afterAll(async () => {
  await dynamo.stop();
  rmSync(folder, { recursive: true });
});

function table(name: string, attributes = ['pk', 'sk'], indexes: string[] = []): TableSpec {
  const key = (hash: string, range?: string) => [
    { AttributeName: hash, KeyType: 'HASH' },
    ...(range ? [{ AttributeName: range, KeyType: 'RANGE' }] : []),
  ];
  return {
    name,
    timeToLiveAttribute: 'expiresAt',
    definition: {
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...attributes, ...indexes].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: key(attributes[0]!, attributes[1]),
      ...(indexes.length > 0
        ? {
            GlobalSecondaryIndexes: indexes.map((attribute) => ({
              IndexName: `by-${attribute}`,
              KeySchema: key(attribute),
              Projection: { ProjectionType: 'ALL' },
            })),
          }
        : {}),
    },
  };
}

const put = (name: string, sk: string, more: object = {}) =>
  dynamo.client.send(
    new PutItemCommand({ TableName: name, Item: { pk: { S: 'a' }, sk: { S: sk }, ...more } }),
  );
const has = async (name: string, sk: string) =>
  (await dynamo.client.send(new GetItemCommand({ TableName: name, Key: { pk: { S: 'a' }, sk: { S: sk } } })))
    .Item !== undefined;

describe('tables', () => {
  test('are made once and keep their items', async () => {
    await provideTables(dynamo.client, [table('Once')]);
    await put('Once', '1');
    await provideTables(dynamo.client, [table('Once')]);
    expect(await has('Once', '1')).toBe(true);
  });

  test('are given a new index', async () => {
    await provideTables(dynamo.client, [table('Grows', undefined, ['dueKey'])]);
    await put('Grows', '1', { day: { S: 'monday' } });
    await provideTables(dynamo.client, [table('Grows', undefined, ['dueKey', 'day'])]);
    const { Table } = await dynamo.client.send(new DescribeTableCommand({ TableName: 'Grows' }));
    expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual([
      'by-day',
      'by-dueKey',
    ]);
  });

  test('with another key are refused, with what to do', async () => {
    await provideTables(dynamo.client, [table('Keyed')]);
    await expect(provideTables(dynamo.client, [table('Keyed', ['id'])])).rejects.toThrow(
      'The key of table Keyed has changed. Start with --fresh',
    );
  });
});

test('items expire at their time, and never for a time of another unit', async () => {
  const now = 1_800_000_000;
  const spec = table('Expires');
  await provideTables(dynamo.client, [spec]);
  const at = (seconds: number) => ({ expiresAt: { N: String(seconds) } });
  await put('Expires', 'past', at(now - 1));
  await put('Expires', 'future', at(now + 1));
  await put('Expires', 'never');
  await put('Expires', 'text', { expiresAt: { S: String(now - 1) } });
  await put('Expires', 'six years ago', at(now - 6 * 365 * 86_400));
  await put('Expires', 'milliseconds', at(now * 1000));
  expect(await expireItems(dynamo.client, spec, now)).toBe(1);
  const left = ['past', 'future', 'never', 'text', 'six years ago', 'milliseconds'].map((sk) =>
    has('Expires', sk),
  );
  expect(await Promise.all(left)).toEqual([false, true, true, true, true, true]);
});

describe('the process', () => {
  test('keeps its data from run to run', async () => {
    const file = join(folder, 'kept.db');
    const first = await startDynamo(binary, file);
    await provideTables(first.client, [table('Kept')]);
    await first.stop();
    const second = await startDynamo(binary, file);
    const { Table } = await second.client.send(new DescribeTableCommand({ TableName: 'Kept' }));
    expect(Table?.TableName).toBe('Kept');
    await second.stop();
  });

  test('a corrupt file is named, with what to do', async () => {
    const file = join(folder, 'corrupt.db');
    writeFileSync(file, 'this is not SQLite, and it is long enough to be looked at'.repeat(100));
    await expect(startDynamo(binary, file)).rejects.toThrow(/corrupt\.db cannot be read.*--fresh/);
  });

  test('ends with its starter, even by kill -9', async () => {
    const module = join(import.meta.dirname, '../../local/runner/dynamo.ts');
    const script = `const { startDynamo } = await import(${JSON.stringify(module)});
      console.log((await startDynamo(${JSON.stringify(binary)}, ${JSON.stringify(join(folder, 'orphan.db'))})).endpoint);`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const [endpoint] = await once(starter.stdout.setEncoding('utf8'), 'data');
    starter.kill('SIGKILL');
    await vi.waitFor(() => expect(fetch(endpoint.trim())).rejects.toThrow('fetch failed'), { timeout: 5000 });
  });
});
