/**
 * Makes an operator's token with the caller's own AWS credentials and prints it, alone, on stdout. Only its hash
 * is stored: it cannot be shown again.
 *
 *     npm run --silent token -- --name laptop
 */
import { createHash, randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { keys } from '../lambdas/keys.ts';
import { newId } from '../lambdas/new-id.ts';
import { findOutputs, runProgram, type StackOutputs, stackOptions } from './stack-outputs.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** @param name tells tokens apart for people: whose it is, or what for */
export async function makeToken(
  { RegistryTable, region }: Pick<StackOutputs, 'RegistryTable' | 'region'>,
  name: string,
  now: Date,
): Promise<string> {
  const token = `tocsin_op_${Array.from({ length: 32 }, () => letters[randomInt(letters.length)]).join('')}`;
  const sha256 = createHash('sha256').update(token).digest('hex');
  const item = { id: newId(), name, scope: 'operator', createdAt: now.toISOString(), ...keys.token(sha256) };
  const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient({ region }));
  await dynamo.send(new PutCommand({ TableName: RegistryTable, Item: item }));
  return token;
}

if (import.meta.main)
  await runProgram(async () => {
    const options = { ...stackOptions, name: { type: 'string', default: 'operator' } } as const;
    const { values } = parseArgs({ options });
    console.log(await makeToken(await findOutputs(values), values.name, new Date()));
  });
