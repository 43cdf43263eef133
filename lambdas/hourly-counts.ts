/**
 * What happened in each hour, for operators: one item an hour, to which an invocation adds all that it counted at
 * once. A table, because a function that answers the API would pay CloudWatch for every look.
 *
 *     export const handler = queueHandler(matchMessage, work).use(keepCounts());
 */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ttlAttribute } from '../core/indexes.ts';
import { dynamo } from './aws/dynamo.ts';
import { readEnvironment } from './environment.ts';
import { keys } from './keys.ts';
import { logger } from './logger.ts';
import { type HourlyCount, takeCounts } from './metrics.ts';

const { alertsTable: TableName } = readEnvironment('alertsTable');

const KEPT_MS = 32 * 86_400_000;

/** @param at ISO 8601: its hour is the item's */
export async function addToHour(counts: ReadonlyMap<HourlyCount, number>, at: string): Promise<void> {
  const added = [...counts].filter(([, count]) => count > 0);
  if (added.length === 0) return;
  const update = new UpdateCommand({
    TableName,
    Key: keys.hour(at),
    UpdateExpression: `ADD ${added.map(([name]) => `${name} :${name}`).join(', ')} SET ${ttlAttribute} = :end`,
    ExpressionAttributeValues: {
      ...Object.fromEntries(added.map(([name, count]) => [`:${name}`, count])),
      ':end': Math.ceil((Date.parse(at) + KEPT_MS) / 1000),
    },
  });
  await dynamo.send(update);
}

/**
 * A middleware that adds what an invocation counted. Its failure fails nothing: the work is done, and doing it again
 * would be worse than a count that is a little off, as it also is after a crash.
 */
export function keepCounts() {
  const keep = () =>
    addToHour(takeCounts(), new Date().toISOString()).catch((error: Error) =>
      logger.warn('counts not kept', { error }),
    );
  return { after: keep, onError: keep };
}
