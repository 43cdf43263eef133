/**
 * Removes what `cdk destroy` leaves: the topics made at run time and, with `--data`, the kept tables and the bucket of
 * the snapshot. Without `--yes` it only lists them.
 *
 *     npm run purge -- --data --yes
 */
import { parseArgs } from 'node:util';
import {
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  UpdateTableCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  NotFound,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { DeleteTopicCommand, paginateListTopics, SNSClient } from '@aws-sdk/client-sns';
import { inParallel } from '../lambdas/in-parallel.ts';
import { findOutputs, runProgram, type StackOutputs, stackOptions } from './stack-outputs.ts';

/** SNS deletes 30 topics a second in the smallest regions; the SDK retries what is throttled. */
const topicsAtOnce = 10;

/** @returns the ARNs of all topics that channels were given */
export async function listTopics({ TopicArnPrefix, region }: StackOutputs): Promise<string[]> {
  const arns: string[] = [];
  for await (const { Topics = [] } of paginateListTopics({ client: new SNSClient({ region }) }, {}))
    arns.push(...Topics.map(({ TopicArn = '' }) => TopicArn).filter((arn) => arn.startsWith(TopicArnPrefix)));
  return arns;
}

export async function deleteTopics(arns: readonly string[], { region }: StackOutputs): Promise<void> {
  const sns = new SNSClient({ region });
  await inParallel(arns, topicsAtOnce, (TopicArn) => sns.send(new DeleteTopicCommand({ TopicArn })));
}

/** @returns the names of those tables of the stack that still exist */
export async function listTables(outputs: StackOutputs): Promise<string[]> {
  const dynamo = new DynamoDBClient({ region: outputs.region });
  const names = [outputs.RegistryTable, outputs.ArticlesTable, outputs.AlertsTable];
  const found = await Promise.all(names.map((name) => tableExists(dynamo, name)));
  return names.filter((_, n) => found[n]);
}

/** Lifts the deletion protection of a table first. */
export async function deleteTable(TableName: string, { region }: StackOutputs): Promise<void> {
  const client = new DynamoDBClient({ region });
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  if (Table?.DeletionProtectionEnabled) {
    await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
    await waitUntilTableExists({ client, maxWaitTime: 300 }, { TableName });
  }
  await client.send(new DeleteTableCommand({ TableName }));
}

export async function bucketExists({ SnapshotBucket: Bucket, region }: StackOutputs): Promise<boolean> {
  try {
    await new S3Client({ region }).send(new HeadBucketCommand({ Bucket }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

/** Empties it first. */
export async function deleteBucket({ SnapshotBucket: Bucket, region }: StackOutputs): Promise<void> {
  const client = new S3Client({ region });
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket }))
    for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket, Key }));
  await client.send(new DeleteBucketCommand({ Bucket }));
}

async function tableExists(dynamo: DynamoDBClient, TableName: string): Promise<boolean> {
  try {
    await dynamo.send(new DescribeTableCommand({ TableName }));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}

async function purge(outputs: StackOutputs, { data, yes }: { data: boolean; yes: boolean }): Promise<void> {
  const topics = await listTopics(outputs);
  const tables = data ? await listTables(outputs) : [];
  const bucket = data && (await bucketExists(outputs));
  console.log(`${topics.length} topics named ${outputs.TopicArnPrefix}…`);
  for (const table of tables) console.log(`table ${table}, with all that is in it`);
  if (bucket) console.log(`bucket ${outputs.SnapshotBucket}, with the snapshot in it`);
  if (!yes) throw new Error('Nothing was removed. Add --yes to remove this for good.');

  await deleteTopics(topics, outputs);
  for (const table of tables) await deleteTable(table, outputs);
  if (bucket) await deleteBucket(outputs);
  console.log('Removed.');
}

if (import.meta.main)
  await runProgram(async () => {
    const flag = { type: 'boolean', default: false } as const;
    const { values } = parseArgs({ options: { ...stackOptions, data: flag, yes: flag } });
    await purge(await findOutputs(values), values);
  });
