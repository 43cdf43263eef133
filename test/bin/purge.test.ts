import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ListTablesCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, ListTopicsCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Deployed, startDeployed } from './deployed.ts';

let deployed: Deployed;
beforeAll(async () => {
  deployed = await startDeployed();
  const { sns, dynamo } = deployed.clients();
  for (const Name of ['Tocsin-channel-a', 'Tocsin-channel-b', 'Tocsin-operator', 'Other-channel-a'])
    await sns.send(new CreateTopicCommand({ Name }));
  const protect = { TableName: deployed.outputs.RegistryTable, DeletionProtectionEnabled: true };
  await dynamo.send(new UpdateTableCommand(protect));
  deployed.services.s3.put('snapshots', 'watches.snapshot', {
    body: Buffer.from('all watches'),
    headers: {},
  });
});
afterAll(() => deployed.stop());

const purge = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['bin/purge.ts', '--outputs', deployed.outputsFile, ...args]);

async function topics(): Promise<string[]> {
  const { Topics = [] } = await deployed.clients().sns.send(new ListTopicsCommand({}));
  return Topics.map(({ TopicArn = '' }) => TopicArn.split(':').at(-1)!).toSorted();
}

async function tables(): Promise<number> {
  return (await deployed.clients().dynamo.send(new ListTablesCommand({}))).TableNames!.length;
}

const snapshots = () => deployed.services.s3.list('snapshots');

it('only lists without --yes, and says so', async () => {
  await expect(purge('--data')).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringMatching(
      /^2 topics named .*Tocsin-channel-…\ntable REGISTRY_TABLE.*\nbucket snapshots, /s,
    ),
    stderr: expect.stringContaining('Nothing was removed. Add --yes'),
  });
  expect(await topics()).toHaveLength(4);
  expect(await tables()).toBe(3);
  expect(snapshots()).toHaveLength(1);
});

it('removes the topics of channels and no others, and keeps the tables and the snapshot', async () => {
  await purge('--yes');
  expect(snapshots()).toEqual(['watches.snapshot']);
  expect(await topics()).toEqual(['Other-channel-a', 'Tocsin-operator']);
  expect(await tables()).toBe(3);
});

it('removes the tables and the snapshot with --data, protected ones too, and may be repeated', async () => {
  await purge('--data', '--yes');
  expect(snapshots).toThrow('does not exist');
  expect(await tables()).toBe(0);
  await purge('--data', '--yes');
});
