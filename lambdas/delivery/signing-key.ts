/**
 * The stack's own secret, from which the secrets of webhooks and links are derived. It is made by whoever needs it
 * first and lives in the Registry, encrypted at rest and in its backups, for nothing a month; removing the item makes
 * all that was signed worthless.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws/dynamo.ts';
import { readEnvironment } from '../environment.ts';
import { keys } from '../keys.ts';

const { registryTable: TableName } = readEnvironment('registryTable');

let known: Promise<Buffer> | undefined;

/** @param purpose keys of different purposes tell nothing of each other */
export async function deriveKey(purpose: string): Promise<Buffer> {
  known ??= readOrMake();
  try {
    return createHmac('sha256', await known)
      .update(purpose)
      .digest();
  } catch (error) {
    known = undefined;
    throw error;
  }
}

/** One atomic call, so that all functions have the same. */
async function readOrMake(): Promise<Buffer> {
  const { Attributes } = await dynamo.send(
    new UpdateCommand({
      TableName,
      Key: keys.signingKey(),
      UpdateExpression: 'SET #key = if_not_exists(#key, :fresh)',
      ExpressionAttributeNames: { '#key': 'key' },
      ExpressionAttributeValues: { ':fresh': randomBytes(32).toString('base64') },
      ReturnValues: 'ALL_NEW',
    }),
  );
  return Buffer.from(Attributes!.key as string, 'base64');
}
