/**
 * A create that is sent twice with one `Idempotency-Key` is made once: the first answer is kept for a day and
 * given again. Where it stands belongs to whoever sent it, so that it is erased with a subscriber.
 *
 * https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
import { createHash } from 'node:crypto';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyStructuredResultV2 as Result } from 'aws-lambda';
import { ttlAttribute } from '../../core/indexes.ts';
import { dynamo, unlessRefused } from '../aws/dynamo.ts';
import { updateExpression } from '../aws/update-expression.ts';
import { type Key, keys } from '../keys.ts';
import { ApiProblem } from './problems.ts';
import { settings } from './settings.ts';

const TableName = settings.alertsTable;

/** Longer than the function runs: whoever claimed it has ended by then, well or not. */
const CLAIM_SECONDS = 20;
const KEPT_SECONDS = 86_400;

export interface KeyedRequest {
  /** A subscriber's id, or an operator's token's. */
  readonly caller: string;
  /** The header. */
  readonly key: string;
  /** What makes it the same request: method, path and body. */
  readonly content: string;
  readonly now: string;
}

interface Kept {
  readonly content: string;
  readonly answer?: Result;
}

/**
 * @param make is called unless it has been, with success
 * @throws ApiProblem `key-reused` for another request, `conflict` while the first is under way
 */
export async function onceByKey(request: KeyedRequest, make: () => Promise<Result>): Promise<Result> {
  if (!/^[\x21-\x7e]{1,100}$/.test(request.key)) throw unfitKey();
  const Key = keys.idempotency(request.caller, hashOf(request.key));
  const content = hashOf(request.content);
  if (!(await claim(Key, content, request.now))) return repeat(Key, content);
  try {
    const answer = await make();
    await note(Key, { answer });
    return answer;
  } catch (error) {
    await note(Key, { claimedUntil: 0 });
    throw error;
  }
}

async function claim(Key: Key, content: string, now: string): Promise<boolean> {
  const seconds = Math.floor(Date.parse(now) / 1000);
  const claimed = { content, claimedUntil: seconds + CLAIM_SECONDS, [ttlAttribute]: seconds + KEPT_SECONDS };
  const { ExpressionAttributeNames, ExpressionAttributeValues, UpdateExpression } = updateExpression({
    ...claimed,
    answer: undefined,
  });
  const update = new UpdateCommand({
    TableName,
    Key: { ...Key },
    UpdateExpression,
    ConditionExpression: `attribute_not_exists(pk) OR #${ttlAttribute} < :now OR (attribute_not_exists(#answer) AND #claimedUntil < :now)`,
    ExpressionAttributeNames,
    ExpressionAttributeValues: { ...ExpressionAttributeValues, ':now': seconds },
  });
  return (await unlessRefused(dynamo.send(update))) !== undefined;
}

async function repeat(Key: Key, content: string): Promise<Result> {
  const { Item } = await dynamo.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  const kept = Item as Kept | undefined;
  if (kept && kept.content !== content) throw new ApiProblem('key-reused');
  if (kept?.answer) return kept.answer;
  throw new ApiProblem('conflict', { headers: { 'retry-after': '1' } });
}

/** Does nothing when it was erased meanwhile. */
async function note(Key: Key, attributes: Record<string, unknown>): Promise<void> {
  await unlessRefused(
    dynamo.send(
      new UpdateCommand({
        TableName,
        Key: { ...Key },
        ...updateExpression(attributes),
        ConditionExpression: 'attribute_exists(pk)',
      }),
    ),
  );
}

function unfitKey(): ApiProblem {
  const errors = [{ header: 'idempotency-key', detail: '1 to 100 visible ASCII characters' }];
  return new ApiProblem('invalid-parameters', { errors });
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
