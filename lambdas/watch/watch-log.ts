/** The change log of the watches: one entry a watch, the last (docs/adr/0005-a-watch-has-one-log-entry.md). */
import type { WatchChange } from '../../core/model.ts';
import { queryAll } from '../aws/query-pages.ts';
import { readEnvironment } from '../environment.ts';
import { partition, watchLogPartitions } from '../keys.ts';

const { registryTable } = readEnvironment('registryTable');

/**
 * The changes since a time, or all; of each watch the oldest first. Read consistently: what was acknowledged before
 * the call is among them.
 */
export async function readWatchChanges(since: Date | undefined): Promise<WatchChange[]> {
  const partitions = Array.from({ length: watchLogPartitions }, (_, n) => partition.watchLog(n));
  const changes = await Promise.all(partitions.map((pk) => readPartition(pk, since?.toISOString() ?? '0')));
  return changes.flat();
}

/** Only what is needed: a million entries are held at once. */
function readPartition(pk: string, since: string): Promise<WatchChange[]> {
  return queryAll({
    TableName: registryTable,
    KeyConditionExpression: 'pk = :pk AND sk >= :since',
    ExpressionAttributeNames: { '#version': 'version', '#query': 'query' },
    ExpressionAttributeValues: { ':pk': pk, ':since': since },
    ProjectionExpression: 'watchId, subscriberId, #version, #query',
    ConsistentRead: true,
  });
}
