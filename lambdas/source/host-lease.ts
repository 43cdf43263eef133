/**
 * The lease of a host: who holds it may poll the host's sources, one at a time, and write what came of it.
 * It also counts the polls left, so that a message that comes twice polls once, and names the source being
 * polled, so that the next holder knows on which one the last died.
 */
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ttlAttribute } from '../../core/indexes.ts';
import { dynamo, unlessRefused } from '../aws/dynamo.ts';
import { readEnvironment } from '../environment.ts';
import { keys } from '../keys.ts';

const { registryTable } = readEnvironment('registryTable');

export interface Lease {
  readonly host: string;
  readonly leaseId: string;
}

/** A poll has a minute; the second one is for messages that come late. */
const spareSeconds = 120;

/** Of a lease nobody gave back; DynamoDB removes it. */
const forgetSeconds = 86_400;

export interface TakenLease {
  /** The source on which the former holder died. */
  readonly diedOn?: string | undefined;
}

/**
 * Takes a lease that nobody holds, or whose time is over.
 *
 * @returns undefined when another holds it
 */
export async function takeLease(
  { host, leaseId }: Lease,
  until: Date,
  now: Date,
): Promise<TakenLease | undefined> {
  const put = new PutCommand({
    TableName: registryTable,
    Item: { ...keys.hostLease(host), leaseId, ...lasting(until) },
    ConditionExpression: 'attribute_not_exists(pk) OR leaseUntil < :now',
    ExpressionAttributeValues: { ':now': now.toISOString() },
    ReturnValues: 'ALL_OLD',
  });
  const taken = await unlessRefused(dynamo.send(put));
  return taken && { diedOn: taken.Attributes?.sourceId };
}

/** A poll that died is noted in its lease for `dispatch`, which is due within a minute: it has so long. */
const dispatchSeconds = 600;

/**
 * Takes a lease that nobody holds, for something else than polls.
 *
 * @returns false when another holds it
 */
export async function takeFreeHost({ host, leaseId }: Lease, until: Date, now: Date): Promise<boolean> {
  const put = new PutCommand({
    TableName: registryTable,
    Item: { ...keys.hostLease(host), leaseId, ...lasting(until) },
    ConditionExpression:
      'attribute_not_exists(pk) OR (leaseUntil < :now AND attribute_not_exists(sourceId)) OR leaseUntil < :past',
    ExpressionAttributeValues: {
      ':now': now.toISOString(),
      ':past': new Date(now.getTime() - dispatchSeconds * 1000).toISOString(),
    },
  });
  return (await unlessRefused(dynamo.send(put))) !== undefined;
}

export interface Turn {
  /** Polls that the message at hand still has, this one included. */
  readonly pollsLeft: number;
  readonly sourceId: string;
  /** When the last of them is due. */
  readonly lastAt: string;
}

/**
 * Starts the next poll under a lease, and makes the lease last for it and for those that follow.
 *
 * @returns false when the lease is another's, or this turn was taken before
 */
export async function takeTurn(
  { host, leaseId }: Lease,
  { pollsLeft, sourceId, lastAt }: Turn,
  now: Date,
): Promise<boolean> {
  const { leaseUntil, [ttlAttribute]: expiresAt } = lasting(leaseEnd(lastAt, now));
  const update = new UpdateCommand({
    TableName: registryTable,
    Key: keys.hostLease(host),
    UpdateExpression: 'SET pollsLeft = :rest, sourceId = :source, leaseUntil = :until, #ttl = :ttl',
    ConditionExpression: 'leaseId = :lease AND (attribute_not_exists(pollsLeft) OR pollsLeft = :left)',
    ExpressionAttributeNames: { '#ttl': ttlAttribute },
    ExpressionAttributeValues: {
      ':lease': leaseId,
      ':left': pollsLeft,
      ':rest': pollsLeft - 1,
      ':source': sourceId,
      ':until': leaseUntil,
      ':ttl': expiresAt,
    },
  });
  return (await unlessRefused(dynamo.send(update))) !== undefined;
}

/** Gives the host back; a lease that is another's by now stays. */
export async function releaseLease({ host, leaseId }: Lease): Promise<void> {
  const remove = new DeleteCommand({
    TableName: registryTable,
    Key: keys.hostLease(host),
    ConditionExpression: 'leaseId = :lease',
    ExpressionAttributeValues: { ':lease': leaseId },
  });
  await unlessRefused(dynamo.send(remove));
}

/** When a lease for polls until `lastAt` (ISO 8601) ends. */
export function leaseEnd(lastAt: string, now: Date): Date {
  return new Date(Math.max(Date.parse(lastAt), now.getTime()) + spareSeconds * 1000);
}

/** The part of a transaction that refuses it when the lease is another's. */
export function leaseCheck({ host, leaseId }: Lease) {
  return {
    ConditionCheck: {
      TableName: registryTable,
      Key: keys.hostLease(host),
      ConditionExpression: 'leaseId = :lease',
      ExpressionAttributeValues: { ':lease': leaseId },
    },
  };
}

function lasting(until: Date) {
  return {
    leaseUntil: until.toISOString(),
    [ttlAttribute]: Math.ceil(until.getTime() / 1000) + forgetSeconds,
  };
}
