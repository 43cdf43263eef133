/**
 * Transactions whose conditions are outcomes. One that merely met another on the same item is tried again; the
 * SDK does not do that, and gives each try a request token of its own, so that a lost answer is harmless.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws/dynamo.ts';
import { ApiProblem } from './problems.ts';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** A write whose condition did not hold: its place in the transaction, and whether there was an item at all. */
export interface Refusal {
  readonly index: number;
  readonly itemExists: boolean;
}

const TRIES = 6;

/**
 * @returns nothing when all was written, else the first write that was refused. `itemExists` is known for
 * writes that ask for `ReturnValuesOnConditionCheckFailure: 'ALL_OLD'`
 * @throws ApiProblem `conflict` when other transactions kept it from being written
 */
export async function transact(writes: readonly Write[]): Promise<Refusal | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      await dynamo.send(new TransactWriteCommand({ TransactItems: [...writes] }));
      return undefined;
    } catch (error) {
      const reasons = error instanceof TransactionCanceledException ? error.CancellationReasons : undefined;
      if (!reasons) throw error;
      const index = reasons.findIndex(({ Code }) => Code === 'ConditionalCheckFailed');
      if (index >= 0) return { index, itemExists: reasons[index]?.Item !== undefined };
      if (!reasons.some(({ Code }) => Code === 'TransactionConflict')) throw error;
      if (attempt === TRIES) throw new ApiProblem('conflict', { cause: error });
    }
    await delay(Math.random() * 25 * 2 ** attempt);
  }
}
