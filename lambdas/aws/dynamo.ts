/** The DynamoDB client that the adapters share. Calls are retried by the SDK; what still fails is thrown. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
  marshallOptions: { removeUndefinedValues: true },
});

/** Whether a write was refused by its own condition: an outcome, not a fault. */
export function isConditionFailed(error: unknown): boolean {
  const { name, CancellationReasons } = error as {
    name?: string;
    CancellationReasons?: readonly { Code?: string }[];
  };
  if (name === 'ConditionalCheckFailedException') return true;
  return (CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed');
}

/** Whether a write was refused by its own condition, or met another transaction on the same item: read again. */
export function isContended(error: unknown): boolean {
  const { name, CancellationReasons } = error as {
    name?: string;
    CancellationReasons?: readonly { Code?: string }[];
  };
  const met = (CancellationReasons ?? []).some(({ Code }) => Code === 'TransactionConflict');
  return met || name === 'TransactionConflictException' || isConditionFailed(error);
}

/** @returns what the write returned, or undefined when its condition refused it; other errors are thrown */
export async function unlessRefused<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (isConditionFailed(error)) return undefined;
    throw error;
  }
}
