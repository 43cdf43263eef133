/** Alerts and their deliveries, as `deliver` wrote them: the API only reads, and erases with a subscriber. */
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { index, ttlAttribute } from '../../core/indexes.ts';
import type { Alert } from '../../core/model.ts';
import { dynamo } from '../aws/dynamo.ts';
import { queryAll } from '../aws/query-pages.ts';
import { type Key, keys, partition } from '../keys.ts';
import type { PageQuery, Place } from './fields.ts';
import { type Page, readPage } from './page.ts';
import { settings } from './settings.ts';

const TableName = settings.alertsTable;

/** An alert as stored: with its place in the timeline. */
export interface TimedAlert extends Alert {
  readonly alertedAt: string;
}

export async function readAlert(subscriberId: string, storyId: string): Promise<TimedAlert | undefined> {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName, Key: keys.alert(subscriberId, storyId), ConsistentRead: true }),
  );
  return Item as TimedAlert | undefined;
}

/** Newest first. */
export function listAlerts(subscriberId: string, page: PageQuery): Promise<Page<TimedAlert>> {
  const { name, pk, sk } = index.alertsTimeline;
  const timeline = partition.subscriber(subscriberId);
  return readPage(
    {
      query: {
        TableName,
        IndexName: name,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': pk },
        ExpressionAttributeValues: { ':pk': timeline },
        ScanIndexForward: false,
      },
      keyAt: ({ id, at = '' }) => ({ ...keys.alert(subscriberId, id), [pk]: timeline, [sk]: at }),
      placeOf,
    },
    page,
  );
}

/** No key finds alerts by their words, or those of one watch, since alerts name many: so many are read, in rounds. */
const ROUNDS = 5;
const A_ROUND = 100;

/** Newest first. A page may have fewer than asked for, or none, and yet go on. */
export async function findAlerts(
  subscriberId: string,
  isWanted: (alert: TimedAlert) => boolean,
  { limit, cursor }: PageQuery,
): Promise<Page<TimedAlert>> {
  const found: TimedAlert[] = [];
  let next = cursor;
  for (let round = 0; round < ROUNDS; round++) {
    const page = await listAlerts(subscriberId, { limit: A_ROUND, cursor: next });
    for (const alert of page.items) {
      if (isWanted(alert)) found.push(alert);
      if (found.length === limit) return { items: found, next: placeOf(alert) };
    }
    next = page.next;
    if (!next) break;
  }
  return next ? { items: found, next } : { items: found };
}

export function listAlertsOfWatch(subscriberId: string, watchId: string, page: PageQuery) {
  return findAlerts(subscriberId, (alert) => isOfWatch(alert, watchId), page);
}

export function isOfWatch({ watches }: TimedAlert, watchId: string): boolean {
  return watches.some((watch) => watch.watchId === watchId);
}

const placeOf = ({ storyId, alertedAt }: TimedAlert): Place => ({ id: storyId, at: alertedAt });

/** About a megabyte at most, and less than a function may answer. */
const EXPORTED_AT_ONCE = 1_000;

/** Alerts, deliveries and digests with what they say, without what finds them. @param after the last one read */
export async function readAlertItems(
  subscriberId: string,
  after: string | undefined,
): Promise<{ items: Record<string, unknown>[]; next?: string }> {
  const pk = partition.subscriber(subscriberId);
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'attribute_not_exists(claimedUntil)',
      ExpressionAttributeValues: { ':pk': pk },
      Limit: EXPORTED_AT_ONCE,
      ExclusiveStartKey: after === undefined ? undefined : { pk, sk: after },
    }),
  );
  return { items: Items.map(withoutKeys), next: LastEvaluatedKey?.sk };
}

const keyAttributes = new Set<string>([
  ...['pk', 'sk', ttlAttribute],
  ...[index.alertsTimeline, index.alertsDue].flatMap(({ pk, sk }) => [pk, sk]),
]);

function withoutKeys(item: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(item).filter(([name]) => !keyAttributes.has(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, value instanceof Set ? [...value] : value]));
}

/** Everything of a subscriber in the table. */
export function keysOfAlerts(subscriberId: string): Promise<Key[]> {
  return queryAll({
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': partition.subscriber(subscriberId) },
    ProjectionExpression: 'pk, sk',
  });
}
