/**
 * What a source once said of an entry, remembered long after the article itself expired: an entry that comes back
 * is not news, even when it has no date.
 */
import { BatchGetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ttlAttribute } from '../../core/indexes.ts';
import { dynamo } from '../aws/dynamo.ts';
import { readEnvironment } from '../environment.ts';
import { keys } from '../keys.ts';

const { articlesTable: TableName } = readEnvironment('articlesTable');

export interface KnownEntry {
  readonly entryHash: string;
  readonly articleId: string;
  readonly contentHash: string;
}

/** The most keys that DynamoDB reads at once. */
const batchSize = 100;

/** Those of a source's entries that it brought before, by hash. Read consistently. */
export async function readEntries(
  sourceId: string,
  entryHashes: readonly string[],
): Promise<Map<string, KnownEntry>> {
  const known = new Map<string, KnownEntry>();
  let waiting = entryHashes.map((hash) => keys.entry(sourceId, hash));
  while (waiting.length > 0) {
    const Keys = waiting.slice(0, batchSize);
    const { Responses, UnprocessedKeys } = await dynamo.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
    );
    for (const entry of (Responses?.[TableName] ?? []) as KnownEntry[]) known.set(entry.entryHash, entry);
    const unread = (UnprocessedKeys?.[TableName]?.Keys ?? []) as typeof waiting;
    waiting = [...unread, ...waiting.slice(batchSize)];
  }
  return known;
}

export async function writeEntry(sourceId: string, entry: KnownEntry, expiresAt: Date): Promise<void> {
  const Item = {
    ...entry,
    ...keys.entry(sourceId, entry.entryHash),
    [ttlAttribute]: Math.ceil(expiresAt.getTime() / 1000),
  };
  await dynamo.send(new PutCommand({ TableName, Item }));
}
