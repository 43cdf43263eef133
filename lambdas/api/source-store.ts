/** Sources as the API writes them. What the poller remembers of a source is the poller's: it is only read here. */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { index } from '../../core/indexes.ts';
import type { Source, SourceState } from '../../core/model.ts';
import { dynamo, unlessRefused } from '../aws/dynamo.ts';
import { queryAll } from '../aws/query-pages.ts';
import { keys, partition } from '../keys.ts';
import type { PolledSource } from '../source/source-store.ts';
import { sourceUrlKey } from '../source/source-url-key.ts';
import type { PageQuery } from './fields.ts';
import { type Page, readPage } from './page.ts';
import { settings } from './settings.ts';
import { transact } from './transactions.ts';
import { atVersion, versionedUpdate } from './versioned-update.ts';

const TableName = settings.registryTable;
const due = index.registryDue;
const listing = index.registryListing;

/** What an operator may change. */
export type SourceChange = Partial<
  Pick<Source, 'name' | 'intervalSeconds' | 'adaptive' | 'fullText' | 'paused'>
>;

/** @returns the source as stored; nothing when there is one with this URL */
export async function putSource(source: Source & SourceState): Promise<PolledSource | undefined> {
  const { id, url, createdAt, nextPollAt, paused } = source;
  const item = {
    ...source,
    ...keys.source(id),
    [listing.pk]: partition.sources,
    [listing.sk]: createdAt,
    ...(!paused && { [due.pk]: partition.sourcesDue, [due.sk]: nextPollAt }),
  };
  const refused = await transact([
    { Put: { TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } },
    {
      Put: {
        TableName,
        Item: { ...sourceUrlKey(url), sourceId: id },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
  ]);
  return refused ? undefined : item;
}

const listed = {
  TableName,
  IndexName: listing.name,
  KeyConditionExpression: '#pk = :pk',
  ExpressionAttributeNames: { '#pk': listing.pk },
  ExpressionAttributeValues: { ':pk': partition.sources },
};

/** Oldest first. */
export function listSources(page: PageQuery): Promise<Page<PolledSource>> {
  return readPage(
    {
      query: listed,
      keyAt: ({ id, at = '' }) => ({
        ...keys.source(id),
        [listing.pk]: partition.sources,
        [listing.sk]: at,
      }),
      placeOf: ({ id, createdAt }) => ({ id, at: createdAt }),
    },
    page,
  );
}

/** Every one, for what has no pages. */
export function allSources(): Promise<PolledSource[]> {
  return queryAll(listed);
}

/**
 * Writes only what changes, so that the poller may write its part at the same time.
 *
 * @param nextPollAt when the change moves it; a paused source is in no index of what is due
 * @returns the source after the change; nothing when it is gone, or changed since it was read
 */
export async function updateSource(
  before: PolledSource,
  change: SourceChange,
  nextPollAt: string | undefined,
): Promise<PolledSource | undefined> {
  const update = new UpdateCommand({
    TableName,
    Key: keys.source(before.id),
    ...versionedUpdate({ ...change, ...named(change), ...placeOf(change, nextPollAt) }, before),
    ReturnValues: 'ALL_NEW',
  });
  return (await unlessRefused(dynamo.send(update)))?.Attributes as PolledSource | undefined;
}

/** @returns whether it was still at the version that was read */
export async function removeSource(before: PolledSource): Promise<true | undefined> {
  const refused = await transact([
    { Delete: { TableName, Key: keys.source(before.id), ...atVersion(before) } },
    { Delete: { TableName, Key: sourceUrlKey(before.url) } },
  ]);
  return refused ? undefined : true;
}

/** What people call it stays. */
function named({ name }: SourceChange): Record<string, unknown> {
  return name === undefined ? {} : { unnamed: undefined };
}

function placeOf({ paused }: SourceChange, nextPollAt: string | undefined): Record<string, unknown> {
  if (paused) return { [due.pk]: undefined, [due.sk]: undefined };
  if (nextPollAt === undefined) return {};
  return { nextPollAt, [due.pk]: partition.sourcesDue, [due.sk]: nextPollAt };
}
