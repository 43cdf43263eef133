/**
 * Watches and the change log that `match` reads (docs/adr/0005): each write of a watch is one transaction that
 * also writes its new log entry and removes the former one, so that a watch has one entry at any time.
 */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { ttlAttribute } from '../../core/indexes.ts';
import type { WatchChange, WatchSettings } from '../../core/model.ts';
import { dynamo } from '../aws/dynamo.ts';
import { queryAll } from '../aws/query-pages.ts';
import { keys, partition } from '../keys.ts';
import { tombstoneMs } from '../watch/log-times.ts';
import type { PageQuery } from './fields.ts';
import { type Page, readPage } from './page.ts';
import { settings } from './settings.ts';
import { countDown, countUp } from './subscriber-store.ts';
import { type Refusal, transact, type Write } from './transactions.ts';

const TableName = settings.registryTable;

const MOST_WATCHES = 500;

/** @returns the write that was refused: the subscriber's, who is gone or has too many watches */
export function putWatch(watch: WatchSettings): Promise<Refusal | undefined> {
  return transact([countUp(watch.subscriberId, 'watchCount', MOST_WATCHES), ...watchPuts(watch)]);
}

/** The writes that make a watch. */
export function watchPuts(watch: WatchSettings): Write[] {
  const Item = { ...watch, ...keyOf(watch) };
  return [
    { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } },
    logPut(watch, watch.paused),
  ];
}

/** @returns false when the watch is not at the version of `before` any more */
export async function replaceWatch(before: WatchSettings, after: WatchSettings): Promise<boolean> {
  return (await transact(replacement(before, after))) === undefined;
}

/** The writes that replace a watch; the first is refused when it is not at the version of `before` any more. */
export function replacement(before: WatchSettings, after: WatchSettings): Write[] {
  return [
    { Put: { TableName, Item: { ...after, ...keyOf(after) }, ...atVersion(before) } },
    logPut(after, after.paused),
    logDelete(before),
  ];
}

/** @returns false when the watch is not at the version of `before` any more */
export async function removeWatch(before: WatchSettings, now: string): Promise<boolean> {
  const refused = await transact([...removal(before, now), countDown(before.subscriberId, 'watchCount')]);
  return refused === undefined;
}

/** Like `removeWatch`, when the subscriber is gone already. */
export async function eraseWatch(before: WatchSettings, now: string): Promise<boolean> {
  return (await transact(removal(before, now))) === undefined;
}

/**
 * When a watch changes: after its last change, whatever the clocks say, so that whoever reads the log by time meets the
 * newer entry after the older.
 */
export function timeOfChange({ updatedAt }: WatchSettings, now: string): string {
  return now > updatedAt ? now : new Date(Date.parse(updatedAt) + 1).toISOString();
}

export async function readWatch(subscriberId: string, id: string): Promise<WatchSettings | undefined> {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName, Key: keys.watch(subscriberId, id), ConsistentRead: true }),
  );
  return Item as WatchSettings | undefined;
}

/** In the order of their ids. */
export function listWatches(subscriberId: string, page: PageQuery): Promise<Page<WatchSettings>> {
  return readPage(
    {
      query: allOf(subscriberId),
      keyAt: ({ id }) => ({ ...keys.watch(subscriberId, id) }),
      placeOf: ({ id }) => ({ id }),
    },
    page,
  );
}

export function readWatches(subscriberId: string): Promise<WatchSettings[]> {
  return queryAll(allOf(subscriberId));
}

function allOf(subscriberId: string) {
  const { pk, skPrefix } = partition.watches(subscriberId);
  return {
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': pk, ':prefix': skPrefix },
    ConsistentRead: true,
  };
}

const keyOf = ({ subscriberId, id }: WatchSettings) => keys.watch(subscriberId, id);

function atVersion({ version }: WatchSettings) {
  return { ConditionExpression: 'version = :version', ExpressionAttributeValues: { ':version': version } };
}

function removal(before: WatchSettings, now: string): Write[] {
  const tombstone = { ...before, version: before.version + 1, updatedAt: timeOfChange(before, now) };
  return [
    { Delete: { TableName, Key: keyOf(before), ...atVersion(before) } },
    logPut(tombstone, true),
    logDelete(before),
  ];
}

/** @param silent the entry carries no query, so that the watch matches nothing, and expires */
function logPut(watch: WatchSettings, silent: boolean): Write {
  const { id, subscriberId, version, query, updatedAt } = watch;
  const change: WatchChange = silent
    ? { watchId: id, subscriberId, version }
    : { watchId: id, subscriberId, version, query };
  const expires = Math.floor((Date.parse(updatedAt) + tombstoneMs) / 1000);
  const item = {
    ...change,
    at: updatedAt,
    ...keys.watchChange(updatedAt, id, version),
    ...(silent && { [ttlAttribute]: expires }),
  };
  return { Put: { TableName, Item: item } };
}

function logDelete({ updatedAt, id, version }: WatchSettings): Write {
  return { Delete: { TableName, Key: keys.watchChange(updatedAt, id, version) } };
}
