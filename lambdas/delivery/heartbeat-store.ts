/** A subscriber's week, and the beginning of its heartbeat: one transaction with the time of the next. */
import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { MOST_MATCHES } from '../../core/delivery/heartbeat.ts';
import { index } from '../../core/indexes.ts';
import type { Alert } from '../../core/model.ts';
import { dynamo, isContended, unlessRefused } from '../aws/dynamo.ts';
import { queryAll } from '../aws/query-pages.ts';
import { updateExpression } from '../aws/update-expression.ts';
import { readEnvironment } from '../environment.ts';
import { keys, partition } from '../keys.ts';
import { TableName as AlertsTable, replaceDelivery } from './delivery-item.ts';
import type { HeartbeatStore, Stored } from './delivery-ports.ts';
import { heartbeatDue } from './heartbeat-due.ts';

const { registryTable } = readEnvironment('registryTable');
const { name: IndexName, pk, sk } = index.alertsTimeline;

export const heartbeatStore: HeartbeatStore = { readWeek, begin, skip };

async function readWeek(subscriberId: string, from: string, to: string): Promise<Pick<Alert, 'watches'>[]> {
  const query = {
    TableName: AlertsTable,
    IndexName,
    KeyConditionExpression: `${pk} = :subscriber AND ${sk} BETWEEN :from AND :to`,
    ProjectionExpression: 'watches',
    ExpressionAttributeValues: {
      ':subscriber': partition.subscriber(subscriberId),
      ':from': from,
      ':to': to,
    },
  };
  return queryAll(query, MOST_MATCHES);
}

async function begin(heartbeat: Stored, dueAt: string, nextAt: string): Promise<boolean> {
  const { subscriberId } = heartbeat.id;
  const put = replaceDelivery({ ...heartbeat, revision: 0 }, heartbeat.delivery!);
  const TransactItems = [{ Put: put }, { Update: move(subscriberId, dueAt, nextAt) }];
  try {
    await dynamo.send(new TransactWriteCommand({ TransactItems }));
    return true;
  } catch (error) {
    if (isContended(error)) return false;
    throw error;
  }
}

async function skip(subscriberId: string, dueAt: string, nextAt: string): Promise<void> {
  await unlessRefused(dynamo.send(new UpdateCommand(move(subscriberId, dueAt, nextAt))));
}

/** Unless they turned it off, moved, or somebody was quicker. */
function move(subscriberId: string, dueAt: string, nextAt: string) {
  const { ExpressionAttributeValues, ...update } = updateExpression(heartbeatDue(nextAt));
  return {
    TableName: registryTable,
    Key: keys.subscriber(subscriberId),
    ...update,
    ConditionExpression: 'heartbeatAt = :known',
    ExpressionAttributeValues: { ...ExpressionAttributeValues, ':known': dueAt },
  };
}
