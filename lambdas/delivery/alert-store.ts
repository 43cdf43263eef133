/** Alerts, one per subscriber and story. */
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { index } from '../../core/indexes.ts';
import type { Alert, AlertedWatch } from '../../core/model.ts';
import { batchGet } from '../aws/batch-get.ts';
import { dynamo, isConditionFailed } from '../aws/dynamo.ts';
import { inParallel } from '../in-parallel.ts';
import { keys, partition } from '../keys.ts';
import { expiry, TableName } from './delivery-item.ts';
import type { AlertStore } from './delivery-ports.ts';

export const alertStore: AlertStore = { saveAlert, readAlerts, markSent };

async function saveAlert(alert: Alert, alertedAt: string, endsAt: string): Promise<void> {
  const { subscriberId, storyId } = alert;
  const { pk, sk } = index.alertsTimeline;
  const Item = {
    ...alert,
    ...keys.alert(subscriberId, storyId),
    ...expiry(endsAt),
    [pk]: partition.subscriber(subscriberId),
    [sk]: alertedAt,
  };
  const isNew = await accepted(
    new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
  );
  if (!isNew) await addWatches(alert);
}

/** Watches are only ever added, so their number tells whether somebody else was quicker. */
async function addWatches(alert: Alert): Promise<void> {
  const [stored] = await readAlerts(alert.subscriberId, [alert.storyId]);
  if (stored === undefined) throw new Error('The alert expired while it was written');
  const known = new Set(stored.watches.map(({ watchId }) => watchId));
  const added = alert.watches.filter(({ watchId }) => !known.has(watchId));
  if (added.length === 0) return;
  const isWritten = await accepted(appendWatches(stored, added));
  if (!isWritten) await addWatches(alert);
}

function appendWatches({ subscriberId, storyId, watches }: Alert, added: readonly AlertedWatch[]) {
  return new UpdateCommand({
    TableName,
    Key: keys.alert(subscriberId, storyId),
    UpdateExpression: 'SET watches = list_append(watches, :added)',
    ConditionExpression: 'size(watches) = :known',
    ExpressionAttributeValues: { ':added': added, ':known': watches.length },
  });
}

function readAlerts(subscriberId: string, storyIds: readonly string[]): Promise<Alert[]> {
  const wanted = storyIds.map((storyId) => keys.alert(subscriberId, storyId));
  return batchGet<Alert>(TableName, wanted);
}

const AT_A_TIME = 10;

async function markSent(subscriberId: string, storyIds: readonly string[], sentAt: string): Promise<void> {
  await inParallel(storyIds, AT_A_TIME, (storyId) =>
    accepted(
      new UpdateCommand({
        TableName,
        Key: keys.alert(subscriberId, storyId),
        UpdateExpression: 'SET sentAt = :sentAt',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(sentAt)',
        ExpressionAttributeValues: { ':sentAt': sentAt },
      }),
    ),
  );
}

async function accepted(command: PutCommand | UpdateCommand): Promise<boolean> {
  try {
    await dynamo.send(command as UpdateCommand);
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}
