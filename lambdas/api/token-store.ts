/** Access tokens: looked up by their hash, listed and removed with their subscriber. */
import { randomInt } from 'node:crypto';
import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo, isConditionFailed } from '../aws/dynamo.ts';
import { queryAll } from '../aws/query-pages.ts';
import { keys, partition } from '../keys.ts';
import { settings } from './settings.ts';
import { countDown, countUp } from './subscriber-store.ts';
import { type Refusal, transact } from './transactions.ts';

const TableName = settings.registryTable;

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly scope: 'operator' | 'subscriber';
  /** Of a subscriber's: made by signing in, or for a program. */
  readonly use?: 'session' | 'personal';
  /** Whose it is, for the scope `subscriber`. */
  readonly subscriberId?: string;
  readonly createdAt: string;
  readonly lastUsedAt?: string;
}

/** A subscriber's own note of a token, by which it can be removed. */
interface TokenNote {
  readonly id: string;
  readonly sha256: string;
}

const MOST_TOKENS = 50;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** 32 characters of 62: 190 random bits. */
export function newSecret(): string {
  return Array.from({ length: 32 }, () => letters[randomInt(letters.length)]).join('');
}

/** The prefix lets secret scanners know it. */
export function newSubscriberToken(): string {
  return `tocsin_sub_${newSecret()}`;
}

export async function readToken(sha256: string): Promise<Token | undefined> {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName, Key: keys.token(sha256), ConsistentRead: true }),
  );
  return Item as Token | undefined;
}

/** @returns the write that was refused: the first is the subscriber's, who is gone or has too many tokens */
export async function putToken(
  token: Token & { subscriberId: string },
  sha256: string,
): Promise<Refusal | undefined> {
  const { subscriberId, id } = token;
  return transact([
    countUp(subscriberId, 'tokenCount', MOST_TOKENS),
    { Put: { TableName, Item: { ...token, ...keys.token(sha256) } } },
    { Put: { TableName, Item: { id, sha256, ...keys.subscriberToken(subscriberId, id) } } },
  ]);
}

const HOUR_MS = 3_600_000;

/** Notes the last use, to the hour: a write with every request would cost more than the requests. */
export async function touchToken(sha256: string, { lastUsedAt }: Token, now: string): Promise<void> {
  if (lastUsedAt && Date.parse(now) - Date.parse(lastUsedAt) < HOUR_MS) return;
  const update = new UpdateCommand({
    TableName,
    Key: keys.token(sha256),
    UpdateExpression: 'SET lastUsedAt = :now',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':now': now },
  });
  await dynamo.send(update).catch((error) => {
    if (!isConditionFailed(error)) throw error;
  });
}

/** Those of a subscriber, in the order of their ids. */
export async function readTokens(subscriberId: string): Promise<(Token & TokenNote)[]> {
  const notes = await readNotes(subscriberId);
  const tokens = await Promise.all(
    notes.map(async ({ sha256, id }) => ({ ...(await readToken(sha256)), sha256, id })),
  );
  return tokens.filter((token): token is Token & TokenNote => 'createdAt' in token);
}

/** @returns whether there was one */
export async function removeToken(subscriberId: string, { id, sha256 }: TokenNote): Promise<boolean> {
  const refused = await transact([
    { Delete: { TableName, Key: keys.token(sha256) } },
    {
      Delete: {
        TableName,
        Key: keys.subscriberToken(subscriberId, id),
        ConditionExpression: 'attribute_exists(pk)',
      },
    },
    countDown(subscriberId, 'tokenCount'),
  ]);
  return refused === undefined;
}

/** @returns whether there was one; personal tokens stay */
export async function removeOldestSession(subscriberId: string): Promise<boolean> {
  const sessions = (await readTokens(subscriberId)).filter(({ use }) => use === 'session');
  const [oldest] = sessions.toSorted((a, b) => (lastSeen(a) < lastSeen(b) ? -1 : 1));
  return oldest !== undefined && removeToken(subscriberId, oldest);
}

const lastSeen = ({ lastUsedAt, createdAt }: Token) => lastUsedAt ?? createdAt;

/**
 * Removes all tokens of a subscriber; the note goes last, so that a crash leaves it to be found again.
 *
 * @returns how many there were
 */
export async function removeTokens(subscriberId: string): Promise<number> {
  const notes = await readNotes(subscriberId);
  for (const { id, sha256 } of notes) {
    await dynamo.send(new DeleteCommand({ TableName, Key: keys.token(sha256) }));
    await dynamo.send(new DeleteCommand({ TableName, Key: keys.subscriberToken(subscriberId, id) }));
  }
  return notes.length;
}

function readNotes(subscriberId: string): Promise<TokenNote[]> {
  const { pk, skPrefix } = partition.subscriberTokens(subscriberId);
  return queryAll({
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': pk, ':prefix': skPrefix },
    ConsistentRead: true,
  });
}
