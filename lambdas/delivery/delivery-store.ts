/**
 * Deliveries and digests in the Alerts table. Every write is conditional on the revision that was read; joining
 * and leaving a digest is one transaction with the delivery's own change.
 */
import { isDeepStrictEqual } from 'node:util';
import { GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Delivery, DeliveryId } from '../../core/delivery/delivery.ts';
import { dynamo } from '../aws/dynamo.ts';
import { queryAll } from '../aws/query-pages.ts';
import { partition } from '../keys.ts';
import {
  type DigestId,
  deliveryKey,
  fromItem,
  joinDigest,
  leaveDigest,
  replaceDelivery,
  TableName,
  type Write,
} from './delivery-item.ts';
import type { ChangeOutcome, DeliveryStore, Stored } from './delivery-ports.ts';

export const deliveryStore: DeliveryStore = { read, change, readHeld, readSent };

async function read(id: DeliveryId): Promise<Stored | undefined> {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName, Key: deliveryKey(id), ConsistentRead: true }),
  );
  return Item && fromItem(Item);
}

async function readHeld(subscriberId: string, channelId: string): Promise<Stored[]> {
  const { pk, skPrefix } = partition.digests(subscriberId, channelId);
  const items = await queryAll<Record<string, unknown>>({
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    FilterExpression: '#state = :open OR #hold = :snoozed',
    ExpressionAttributeNames: { '#state': 'state', '#hold': 'hold' },
    ExpressionAttributeValues: { ':pk': pk, ':prefix': skPrefix, ':open': 'open', ':snoozed': 'snoozed' },
    ConsistentRead: true,
  });
  return items.map(fromItem);
}

async function readSent(subscriberId: string, channelId: string, since: string): Promise<Stored[]> {
  const all = [partition.allDeliveries(subscriberId), partition.digests(subscriberId, channelId)];
  const sent = await Promise.all(all.map((one) => readSentOf(one, channelId, since)));
  return sent.flat();
}

async function readSentOf(
  { pk, skPrefix }: { pk: string; skPrefix: string },
  channelId: string,
  since: string,
): Promise<Stored[]> {
  const items = await queryAll<Record<string, unknown>>({
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    FilterExpression: '#state = :sent AND channelId = :channel AND sentAt >= :since',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':pk': pk,
      ':prefix': skPrefix,
      ':sent': 'sent',
      ':channel': channelId,
      ':since': since,
    },
    ConsistentRead: true,
  });
  return items.map(fromItem);
}

async function change(stored: Stored, next: Delivery): Promise<ChangeOutcome> {
  const digests = digestWrites(stored, next);
  const put = replaceDelivery(stored, next);
  const written: ChangeOutcome = {
    kind: 'changed',
    stored: { ...stored, delivery: next, revision: stored.revision + 1 },
  };
  try {
    if (digests.length === 0) await dynamo.send(new PutCommand(put));
    else await dynamo.send(transaction([{ Put: put }, ...digests.map(({ write }) => write)]));
    return written;
  } catch (error) {
    const slots = digests.map(({ slot }) => slot);
    const outcome = toOutcome(error, slots);
    return outcome.kind === 'lost' && (await isOwnWrite(stored, next)) ? written : outcome;
  }
}

/**
 * The SDK repeats a write whose answer was lost, and the repeat is refused: then what stands there is our own.
 * Only states that carry an id of one attempt can tell.
 */
async function isOwnWrite({ id }: Stored, next: Delivery): Promise<boolean> {
  if (!('claimId' in next || 'messageId' in next)) return false;
  const found = await read(id);
  return isDeepStrictEqual(found?.delivery, next);
}

function transaction(TransactItems: Write[]): TransactWriteCommand {
  return new TransactWriteCommand({ TransactItems });
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
