/** Subscribers whose heartbeat is due, and what it says of the sources: the same for all of them. */
import { type Reading, readingOf } from '../../core/delivery/heartbeat.ts';
import { index } from '../../core/indexes.ts';
import type { Source, SourceState } from '../../core/model.ts';
import { queryAll } from '../aws/query-pages.ts';
import { readEnvironment } from '../environment.ts';
import { type Key, partition, subscriberOf } from '../keys.ts';

const { registryTable: TableName } = readEnvironment('registryTable');
const { registryDue: due, registryListing: listing } = index;

/**
 * The attributes by which a subscriber is found when their heartbeat is due.
 *
 * @param at absent: they want none
 * @param asked they did just now, and no message is due but the finding of their first Monday
 */
export function heartbeatDue(at: string | undefined, asked?: true) {
  return { heartbeatAt: at, heartbeatAsked: asked, [due.pk]: at && partition.heartbeatsDue, [due.sk]: at };
}

/** @returns ids, the longest due first */
export async function readDueSubscribers(by: string, most: number): Promise<string[]> {
  const query = {
    TableName,
    IndexName: due.name,
    KeyConditionExpression: `${due.pk} = :key AND ${due.sk} <= :by`,
    ExpressionAttributeValues: { ':key': partition.heartbeatsDue, ':by': by },
  };
  return (await queryAll<Key>(query, most)).map(({ pk }) => subscriberOf(pk));
}

/** Reads all sources. */
export async function readReading(now: string): Promise<Reading> {
  const sources = await queryAll<Source & SourceState>({
    TableName,
    IndexName: listing.name,
    KeyConditionExpression: `${listing.pk} = :sources`,
    ProjectionExpression: 'paused, articlesByDay, findings',
    ExpressionAttributeValues: { ':sources': partition.sources },
  });
  return readingOf(sources, new Date(now));
}
