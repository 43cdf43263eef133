/**
 * How often somebody may ask: counters of fixed spans of time, which expire by themselves. Who asks stands in
 * them as a hash, in the one table that is not backed up.
 */
import { createHash } from 'node:crypto';
import { BatchGetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ttlAttribute } from '../../core/indexes.ts';
import { dynamo, isConditionFailed } from '../aws/dynamo.ts';
import { keys } from '../keys.ts';
import { ApiProblem } from './problems.ts';
import { settings } from './settings.ts';

const TableName = settings.alertsTable;

const HOUR = 3600;
const DAY = 24 * HOUR;

export interface Limit {
  /** Stands in the counter's key. */
  readonly name: string;
  readonly most: number;
  readonly seconds: number;
}

/** The numbers stand in docs/api.md too. */
export const limits = {
  /** Signing up and asking for codes, of one client. */
  requestsOfClient: { name: 'client', most: 20, seconds: HOUR },
  /** The same about one address, so that nobody's mailbox is filled. */
  requestsOfAddress: { name: 'address', most: 5, seconds: HOUR },
  requestsOfAddressADay: { name: 'address-day', most: 10, seconds: DAY },
  /** Guesses at codes. */
  guessesOfClient: { name: 'guess-client', most: 60, seconds: HOUR },
  guessesAtAddress: { name: 'guess-address', most: 25, seconds: HOUR },
  /** Channels that a subscriber adds, each of which asks SNS for a confirmation. */
  channelsOfSubscriber: { name: 'channels', most: 20, seconds: DAY },
  /** Codes by text, of the whole installation. */
  textsADay: { name: 'texts', most: 200, seconds: DAY },
} as const satisfies Record<string, Limit>;

/** @throws ApiProblem `too-many-requests` that says when to come back */
export async function refuseMoreThan(limit: Limit, who: string, now: string): Promise<void> {
  if (!(await countWithin(limit, who, now))) throw tooMany(limit.seconds, now);
}

/** @returns whether this one is within the limit; only then is it counted */
export async function countWithin(
  { name, most, seconds }: Limit,
  who: string,
  now: string,
): Promise<boolean> {
  const update = new UpdateCommand({
    TableName,
    Key: keys.limit(name, hashOf(who), startOfSpan(seconds, now)),
    UpdateExpression: 'ADD #count :one SET #expires = :expires',
    ConditionExpression: 'attribute_not_exists(#count) OR #count < :most',
    ExpressionAttributeNames: { '#count': 'count', '#expires': ttlAttribute },
    ExpressionAttributeValues: { ':one': 1, ':most': most, ':expires': expiryOf(seconds, now) },
  });
  try {
    await dynamo.send(update);
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}

/**
 * SNS keeps at most 5,000 subscriptions that nobody confirmed, for 48 hours each: above that nobody can be
 * subscribed. We stop well before.
 */
const MOST_PENDING = 4_000;
const PENDING_HOURS = 48;
const pending: Limit = { name: 'pending', most: Number.MAX_SAFE_INTEGER, seconds: HOUR };
const EVERYBODY = 'everybody';

/** Notes that SNS was asked for a confirmation. */
export async function countPending(now: string): Promise<void> {
  await countWithin(pending, EVERYBODY, now);
}

/** @throws ApiProblem `too-many-requests` when too many confirmations are outstanding */
export async function refuseWhenManyPending(now: string): Promise<void> {
  const hours = Array.from({ length: PENDING_HOURS + 1 }, (_, n) => hoursBefore(now, n));
  const Keys = hours.map((hour) => keys.limit(pending.name, hashOf(EVERYBODY), startOfSpan(HOUR, hour)));
  const { Responses } = await dynamo.send(
    new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
  );
  const counted = (Responses?.[TableName] ?? []) as { count: number }[];
  if (counted.reduce((sum, { count }) => sum + count, 0) >= MOST_PENDING) throw tooMany(HOUR, now);
}

function tooMany(seconds: number, now: string): ApiProblem {
  const retryAfter = Math.ceil((Date.parse(startOfSpan(seconds, now)) - Date.parse(now)) / 1000) + seconds;
  return new ApiProblem('too-many-requests', { headers: { 'retry-after': String(retryAfter) } });
}

function startOfSpan(seconds: number, now: string): string {
  const ms = seconds * 1000;
  return new Date(Math.floor(Date.parse(now) / ms) * ms).toISOString();
}

/** Long enough that every span that is summed up is still there. */
function expiryOf(seconds: number, now: string): number {
  return Math.ceil(Date.parse(now) / 1000) + Math.max(seconds, PENDING_HOURS * HOUR) + HOUR;
}

function hoursBefore(now: string, hours: number): string {
  return new Date(Date.parse(now) - hours * HOUR * 1000).toISOString();
}

function hashOf(who: string): string {
  return createHash('sha256').update(who).digest('base64url').slice(0, 22);
}
