/**
 * One-time codes: one an address at a time, for ten minutes and five tries. Stored as a hash that is good for
 * nothing but comparing.
 */
import { createHash, randomInt } from 'node:crypto';
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { ttlAttribute } from '../../core/indexes.ts';
import type { PersonalChannel, PersonalKind } from '../../core/model.ts';
import { addressOf, codeKey } from '../address-key.ts';
import { dynamo, unlessRefused } from '../aws/dynamo.ts';
import type { Key } from '../keys.ts';
import type { AddressOwner } from './channel-store.ts';
import { equalsInConstantTime } from './client.ts';
import { settings } from './settings.ts';

const TableName = settings.registryTable;

/** Without letters and digits that look like others: 39 random bits in eight. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const LENGTH = 8;
const SECONDS = 600;
const TRIES = 5;

/** As typed. */
export const code = z.string().check(z.minLength(LENGTH), z.maxLength(20));

export const CODE_MINUTES = SECONDS / 60;

/** A new code in the place of any older one. */
export async function makeCode(
  { kind, address, subscriberId, id }: PersonalChannel,
  now: string,
): Promise<string> {
  const code = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const Item = {
    ...codeKey(kind, address),
    subscriberId,
    channelId: id,
    sha256: hashOf(kind, address, code),
    tries: 0,
    [ttlAttribute]: secondsOf(now) + SECONDS,
  };
  await dynamo.send(new PutCommand({ TableName, Item }));
  return code;
}

/**
 * A try at a code counts before it is compared, so that tries at the same time are tries each. A code is good
 * once.
 *
 * @param given as typed: small letters, spaces and hyphens do not matter
 * @returns whose it is; nothing when it is wrong, old, used up, or there is none
 */
export async function redeemCode(
  kind: PersonalKind,
  address: string,
  given: string,
  now: string,
): Promise<AddressOwner | undefined> {
  const Key = codeKey(kind, address);
  const tried = await unlessRefused(dynamo.send(new UpdateCommand(oneTry(Key, now))));
  const { sha256 = '', subscriberId, channelId } = (tried?.Attributes ?? {}) as Partial<StoredCode>;
  const hash = hashOf(kind, address, given.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
  if (!equalsInConstantTime(hash, sha256)) return undefined;
  const used = new DeleteCommand({
    TableName,
    Key,
    ConditionExpression: 'sha256 = :sha256',
    ExpressionAttributeValues: { ':sha256': sha256 },
  });
  const first = (await unlessRefused(dynamo.send(used))) !== undefined;
  return first ? { subscriberId: subscriberId!, channelId: channelId! } : undefined;
}

interface StoredCode extends AddressOwner {
  readonly sha256: string;
}

function oneTry(key: Key, now: string) {
  return {
    TableName,
    Key: key,
    UpdateExpression: 'ADD tries :one',
    ConditionExpression: 'attribute_exists(pk) AND tries < :tries AND #expires > :now',
    ExpressionAttributeNames: { '#expires': ttlAttribute },
    ExpressionAttributeValues: { ':one': 1, ':tries': TRIES, ':now': secondsOf(now) },
    ReturnValues: 'ALL_NEW' as const,
  };
}

/** Forgets the code of an address that is removed. */
export async function forgetCode({ kind, address }: PersonalChannel): Promise<void> {
  await dynamo.send(new DeleteCommand({ TableName, Key: codeKey(kind, address) }));
}

/** The address goes into it, so that a code is good for the address it was sent to and for no other. */
function hashOf(kind: PersonalKind, address: string, code: string): string {
  return createHash('sha256')
    .update(`${kind} ${addressOf(kind, address)} ${code}`)
    .digest('hex');
}

function secondsOf(now: string): number {
  return Math.floor(Date.parse(now) / 1000);
}
