/** Sources as dispatch and poll see them. Every write holds only under the lease of the source's host. */
import {
  GetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { index } from '../../core/indexes.ts';
import type { Source, SourceState } from '../../core/model.ts';
import { troubleSince } from '../../core/source/findings.ts';
import type { DueSource } from '../../core/source/polling.ts';
import type { NextState } from '../../core/source/source-state.ts';
import { dynamo, unlessRefused } from '../aws/dynamo.ts';
import { queryAll, queryPages } from '../aws/query-pages.ts';
import { updateExpression } from '../aws/update-expression.ts';
import { readEnvironment } from '../environment.ts';
import { keys, partition } from '../keys.ts';
import { type Lease, leaseCheck } from './host-lease.ts';
import { sourceUrlKey } from './source-url-key.ts';

const { registryTable: TableName } = readEnvironment('registryTable');
const { registryDue: due, registryTrouble: trouble } = index;

/** A source that is paused, or was stopped by its publisher, has no `dueKey`. `version` counts what people change. */
export type PolledSource = Source & SourceState & { readonly dueKey?: string; readonly version?: number };

/** Read consistently. */
export async function readSource(id: string): Promise<PolledSource | undefined> {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName, Key: keys.source(id), ConsistentRead: true }),
  );
  return Item as PolledSource | undefined;
}

/** The sources to be polled until a time, the longest due first. */
export function dueSources(until: Date): Promise<DueSource[]> {
  return queryAll({
    TableName,
    IndexName: due.name,
    KeyConditionExpression: `${due.pk} = :sources AND ${due.sk} <= :until`,
    ProjectionExpression: `id, #url, intervalSeconds, ${due.sk}`,
    ExpressionAttributeNames: { '#url': 'url' },
    ExpressionAttributeValues: { ':sources': partition.sourcesDue, ':until': until.toISOString() },
  });
}

/**
 * Replaces what is remembered of a source; the operator may change its settings meanwhile.
 *
 * @param stopped takes it out of the index of what is due
 * @returns false when the lease is another's by now, or the source is gone or has another URL
 */
export function writeState(
  lease: Lease,
  { id, url }: Source,
  state: NextState,
  { stopped }: { readonly stopped: boolean },
): Promise<boolean> {
  const place = stopped ? { [due.pk]: undefined, [due.sk]: undefined } : { [due.sk]: state.nextPollAt };
  const since = troubleSince(state.findings ?? []);
  const alarm = { [trouble.pk]: since && partition.sourcesInTrouble, [trouble.sk]: since };
  return underLease(lease, [{ Update: whileAt(url, id, { ...state, ...place, ...alarm }) }]);
}

/** Gives a source its feed's title, unless somebody named it meanwhile. */
export async function nameSource(id: string, name: string): Promise<void> {
  const update = new UpdateCommand({
    TableName,
    Key: keys.source(id),
    UpdateExpression: 'SET #name = :name REMOVE unnamed',
    ConditionExpression: 'unnamed = :yes',
    ExpressionAttributeNames: { '#name': 'name' },
    ExpressionAttributeValues: { ':name': name, ':yes': true },
  });
  await unlessRefused(dynamo.send(update));
}

/** How many sources are dead or blocked. One that the operator paused is known already. */
export async function countSourcesInTrouble(): Promise<number> {
  let count = 0;
  const pages = queryPages({
    TableName,
    IndexName: trouble.name,
    Select: 'COUNT',
    KeyConditionExpression: `${trouble.pk} = :sources`,
    FilterExpression: 'paused = :no',
    ExpressionAttributeValues: { ':sources': partition.sourcesInTrouble, ':no': false },
  });
  for await (const page of pages) count += page.Count ?? 0;
  return count;
}

/**
 * Gives a source the URL that its publisher moved it to.
 *
 * @returns false when the lease is another's by now, the source changed, or another source has that URL
 */
export function moveSource(lease: Lease, { id, url }: Source, to: string): Promise<boolean> {
  return underLease(lease, [
    { Update: whileAt(url, id, { url: to }) },
    {
      Put: {
        TableName,
        Item: { ...sourceUrlKey(to), sourceId: id },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    { Delete: { TableName, Key: sourceUrlKey(url) } },
  ]);
}

/** Also refuses to bring back a source that was removed. */
function whileAt(formerUrl: string, id: string, attributes: Record<string, unknown>) {
  const { ExpressionAttributeNames, ExpressionAttributeValues, UpdateExpression } =
    updateExpression(attributes);
  return {
    TableName,
    Key: keys.source(id),
    UpdateExpression,
    ConditionExpression: '#formerUrl = :formerUrl',
    ExpressionAttributeNames: { ...ExpressionAttributeNames, '#formerUrl': 'url' },
    ExpressionAttributeValues: { ...ExpressionAttributeValues, ':formerUrl': formerUrl },
  };
}

async function underLease(
  lease: Lease,
  writes: NonNullable<TransactWriteCommandInput['TransactItems']>,
): Promise<boolean> {
  const transaction = new TransactWriteCommand({ TransactItems: [leaseCheck(lease), ...writes] });
  return (await unlessRefused(dynamo.send(transaction))) !== undefined;
}
