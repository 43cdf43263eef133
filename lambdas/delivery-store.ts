/**
 * Deliveries and digests in the Alerts table. Every write is conditional on the revision that was read; joining
 * and leaving a digest is one transaction with the delivery's own change.
 */
import { GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Delivery, DeliveryId } from '../core/delivery.ts';
import {
  type DigestId,
  deliveryKey,
  fromItem,
  joinDigest,
  leaveDigest,
  replaceDelivery,
  TableName,
} from './delivery-item.ts';
import type { ChangeOutcome, DeliveryStore, Stored } from './delivery-ports.ts';
import { dynamo } from './dynamo.ts';

export const deliveryStore: DeliveryStore = { read, change };

async function read(id: DeliveryId): Promise<Stored | undefined> {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName, Key: deliveryKey(id), ConsistentRead: true }),
  );
  return Item && fromItem(Item);
}

async function change(stored: Stored, next: Delivery): Promise<ChangeOutcome> {
  const digests = digestWrites(stored, next);
  const put = replaceDelivery(stored, next);
  try {
    if (digests.length === 0) await dynamo.send(new PutCommand(put));
    else {
      const writes = [{ Put: put }, ...digests.map(({ write }) => write)];
      await dynamo.send(new TransactWriteCommand({ TransactItems: writes }));
    }
  } catch (error) {
    return toOutcome(
      error,
      digests.map(({ slot }) => slot),
    );
  }
  return { kind: 'changed', stored: { ...stored, delivery: next, revision: stored.revision + 1 } };
}

/** What a change of state means for the digests: out of the one, into the other. */
function digestWrites({ id, delivery, endsAt }: Stored, next: Delivery) {
  if (!('storyId' in id)) return [];
  const { storyId, ...channel } = id;
  const digest = (slot: string): DigestId => ({ ...channel, slot });
  const left = delivery?.state === 'in-digest' ? [delivery.slot] : [];
  const joined = next.state === 'in-digest' ? [next.slot] : [];
  return [
    ...left.map((slot) => ({ slot, write: leaveDigest(digest(slot), storyId) })),
    ...joined.map((slot) => ({ slot, write: joinDigest(digest(slot), storyId, endsAt) })),
  ];
}

/**
 * A transaction tells for each of its writes why it was refused. One that met another transaction is lost like
 * one whose condition failed: both are read again.
 *
 * @throws the error, when it is a fault
 */
function toOutcome(error: unknown, slots: readonly string[]): ChangeOutcome {
  const { name, CancellationReasons } = error as CancelledError;
  if (name === 'ConditionalCheckFailedException') return { kind: 'lost' };
  const [own, ...digests] = (CancellationReasons ?? []).map(({ Code }) => Code);
  if (own === 'ConditionalCheckFailed') return { kind: 'lost' };
  const frozen = digests.indexOf('ConditionalCheckFailed');
  if (frozen >= 0) return { kind: 'frozen', slot: slots[frozen]! };
  if ([own, ...digests].includes('TransactionConflict')) return { kind: 'lost' };
  throw error;
}

interface CancelledError {
  readonly name?: string;
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}
