/** Reads many items by their keys, in as many calls as that takes. */
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { Key } from '../keys.ts';
import { dynamo } from './dynamo.ts';

/** The most keys of one call. */
const BATCH = 100;

/** @returns the items that exist, in no order; read consistently */
export async function batchGet<T>(TableName: string, wanted: readonly Key[]): Promise<T[]> {
  const found: T[] = [];
  let waiting = [...wanted];
  while (waiting.length > 0) {
    const Keys = waiting.slice(0, BATCH);
    const { Responses, UnprocessedKeys } = await dynamo.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
    );
    found.push(...((Responses?.[TableName] ?? []) as T[]));
    const unread = (UnprocessedKeys?.[TableName]?.Keys ?? []) as Key[];
    waiting = [...unread, ...waiting.slice(BATCH)];
  }
  return found;
}
