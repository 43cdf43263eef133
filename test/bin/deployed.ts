/** A deployed stack as the operator's programs meet it: tables, topics and queues on this machine. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import type { StackOutputs } from '../../bin/stack-outputs.ts';
import { variable } from '../../core/environment.ts';
import { type Local, startLocal } from '../local/services.ts';
import { startTables } from '../tables.ts';

export interface Deployed extends Local {
  readonly outputs: StackOutputs;
  /** The same in the format of `cdk deploy --outputs-file`. */
  readonly outputsFile: string;
}

/** Points the SDK at it through the environment, as `AWS_ENDPOINT_URL` does for everybody. */
export async function startDeployed(): Promise<Deployed> {
  const tables = await startTables();
  const local = await startLocal({ dynamoEndpoint: tables.endpoint });
  Object.assign(process.env, { AWS_ENDPOINT_URL: local.services.url, AWS_ACCESS_KEY_ID: 'operator' });
  const outputs = await createParts(local);
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-outputs-'));
  const outputsFile = join(folder, 'outputs.json');
  const { region: _, ...written } = outputs;
  writeFileSync(outputsFile, JSON.stringify({ Tocsin: written }));
  const stop = async () => {
    await local.stop();
    tables.stop();
    rmSync(folder, { recursive: true });
  };
  return { ...local, outputs, outputsFile, stop };
}

async function createParts(local: Local): Promise<StackOutputs> {
  const { sqs } = local.clients();
  local.services.s3.createBucket('snapshots');
  const create = async (QueueName: string) =>
    (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl!;
  return {
    RegistryTable: variable.registryTable,
    ArticlesTable: variable.articlesTable,
    AlertsTable: variable.alertsTable,
    SnapshotBucket: 'snapshots',
    PollQueueUrl: await create('Poll'),
    ReadQueueUrl: await create('Read'),
    MatchQueueUrl: await create('Match'),
    DeliverQueueUrl: await create('Deliver'),
    PollDeadLettersUrl: await create('PollDead'),
    ReadDeadLettersUrl: await create('ReadDead'),
    MatchDeadLettersUrl: await create('MatchDead'),
    DeliverDeadLettersUrl: await create('DeliverDead'),
    TopicArnPrefix: 'arn:aws:sns:us-east-1:000000000000:Tocsin-channel-',
    region: 'us-east-1',
  };
}
