/**
 * What was spent on texts in a month, in micro-dollars. SNS tells no price afterwards, so the price is counted
 * before each publish, and never more than the limit.
 */
import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo, isConditionFailed } from '../aws/dynamo.ts';
import { keys } from '../keys.ts';
import { TableName } from './delivery-item.ts';
import type { SmsBudget } from './delivery-ports.ts';

export const smsBudget: SmsBudget = { reserve, release };

async function reserve(month: string, microUsd: number, limitMicroUsd: number, token: string) {
  if (microUsd > limitMicroUsd) return false;
  try {
    await add(month, microUsd, `${token}-reserve`, limitMicroUsd - microUsd);
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}

async function release(month: string, microUsd: number, token: string): Promise<void> {
  await add(month, -microUsd, `${token}-release`);
}

/** @returns micro-dollars */
export async function readSpent(month: string): Promise<number> {
  const { Item } = await dynamo.send(new GetCommand({ TableName, Key: keys.smsBudget(month) }));
  return Item?.spentMicroUsd ?? 0;
}

/**
 * A transaction, although of one write: its token makes it count once, also when the SDK repeats a call whose
 * answer was lost.
 */
async function add(month: string, microUsd: number, token: string, most?: number): Promise<void> {
  const condition = most !== undefined && {
    ConditionExpression: 'attribute_not_exists(spentMicroUsd) OR spentMicroUsd <= :most',
  };
  await dynamo.send(
    new TransactWriteCommand({
      ClientRequestToken: token,
      TransactItems: [
        {
          Update: {
            TableName,
            Key: keys.smsBudget(month),
            UpdateExpression: 'ADD spentMicroUsd :added',
            ...condition,
            ExpressionAttributeValues: { ':added': microUsd, ...(most !== undefined && { ':most': most }) },
          },
        },
      ],
    }),
  );
}
