/** Sources as the API writes them. What the poller remembers of a source is the poller's: it is only read here. */
import { createHash } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { index } from '../../core/indexes.ts';
import type { Source, SourceState } from '../../core/model.ts';
import { dynamo, isConditionFailed } from '../dynamo.ts';
import { keys, partition } from '../keys.ts';
import type { PolledSource } from '../source-store.ts';
import { updateExpression } from '../update-expression.ts';
import type { PageQuery } from './fields.ts';
import { type Page, readPage } from './page.ts';
import { settings } from './settings.ts';
import { transact } from './transactions.ts';

const TableName = settings.registryTable;
const due = index.registryDue;
const listing = index.registryListing;

/** What an operator may change. */
export type SourceChange = Partial<
  Pick<Source, 'name' | 'intervalSeconds' | 'adaptive' | 'fullText' | 'paused'>
>;

const urlKey = (url: string) => keys.sourceUrl(createHash('sha256').update(url).digest('hex'));

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
        Item: { ...urlKey(url), sourceId: id },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
  ]);
  return refused ? undefined : item;
}

/** Oldest first. */
export function listSources(page: PageQuery): Promise<Page<PolledSource>> {
  return readPage(
    {
      query: {
        TableName,
        IndexName: listing.name,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': listing.pk },
        ExpressionAttributeValues: { ':pk': partition.sources },
      },
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

/**
 * Writes only what changes, so that the poller may write its part at the same time.
 *
 * @param nextPollAt when the change moves it; a paused source is in no index of what is due
 * @returns the source after the change; nothing when it is gone
 */
export async function updateSource(
  id: string,
  change: SourceChange,
  nextPollAt: string | undefined,
): Promise<PolledSource | undefined> {
  const update = new UpdateCommand({
    TableName,
    Key: keys.source(id),
    ...updateExpression({ ...change, ...placeOf(change, nextPollAt) }),
    ConditionExpression: 'attribute_exists(pk)',
    ReturnValues: 'ALL_NEW',
  });
  try {
    const { Attributes } = await dynamo.send(update);
    return Attributes as PolledSource;
  } catch (error) {
    if (isConditionFailed(error)) return undefined;
    throw error;
  }
}

export async function removeSource({ id, url }: PolledSource): Promise<void> {
  await transact([
    { Delete: { TableName, Key: keys.source(id) } },
    { Delete: { TableName, Key: urlKey(url) } },
  ]);
}

function placeOf({ paused }: SourceChange, nextPollAt: string | undefined): Record<string, unknown> {
  if (paused) return { [due.pk]: undefined, [due.sk]: undefined };
  if (nextPollAt === undefined) return {};
  return { nextPollAt, [due.pk]: partition.sourcesDue, [due.sk]: nextPollAt };
}
