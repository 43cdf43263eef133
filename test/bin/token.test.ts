import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeToken } from '../../bin/token.ts';
import { keys } from '../../lambdas/keys.ts';
import { type Deployed, startDeployed } from './deployed.ts';

let deployed: Deployed;
beforeAll(async () => {
  deployed = await startDeployed();
});
afterAll(() => deployed.stop());

async function stored(token: string) {
  const dynamo = DynamoDBDocumentClient.from(deployed.clients().dynamo);
  const Key = keys.token(createHash('sha256').update(token).digest('hex'));
  return (await dynamo.send(new GetCommand({ TableName: deployed.outputs.RegistryTable, Key }))).Item;
}

it('stores the hash of a token and what it is for', async () => {
  const token = await makeToken(deployed.outputs, 'laptop', new Date('2026-11-23T08:00:00Z'));
  expect(token).toMatch(/^tocsin_op_[A-Za-z0-9]{32}$/);
  const item = await stored(token);
  expect(item).toMatchObject({ name: 'laptop', scope: 'operator', createdAt: '2026-11-23T08:00:00.000Z' });
  expect(JSON.stringify(item)).not.toContain(token);
});

it('prints the token alone', async () => {
  const args = ['bin/token.ts', '--outputs', deployed.outputsFile];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
  expect(stdout).toMatch(/^tocsin_op_\w{32}\n$/);
  expect(stderr).toBe('');
  expect(await stored(stdout.trim())).toMatchObject({ name: 'operator', scope: 'operator' });
});
