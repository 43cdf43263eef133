/** Where an alert's deliveries stand, in the words of `core/delivery/delivery.ts`. */
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Delivery } from '../../core/delivery/delivery.ts';
import { dynamo } from '../aws/dynamo.ts';
import { queryAll } from '../aws/query-pages.ts';
import { keys, partition } from '../keys.ts';
import { id, time } from './fields.ts';
import { settings } from './settings.ts';

const TableName = settings.alertsTable;

export const deliveryAnswer = z.object({
  channelId: id,
  state: z.enum(['open', 'waiting', 'claimed', 'in-digest', 'sent', 'failed', 'withdrawn']),
  /** Why it waits, failed or was withdrawn; absent when nothing is in its way. */
  why: z.optional(z.string()),
  /** When it is looked at next. */
  dueAt: z.optional(time),
  /** The end of the time that its digest collects; a digest that is sent makes its deliveries sent. */
  digestAt: z.optional(time),
  sentAt: z.optional(time),
  failedAt: z.optional(time),
  withdrawnAt: z.optional(time),
});

type OnChannel = { readonly channelId: string };
type DeliveryAnswer = z.input<typeof deliveryAnswer>;

export async function readDeliveries(subscriberId: string, storyId: string): Promise<DeliveryAnswer[]> {
  const { pk, skPrefix } = partition.deliveries(subscriberId, storyId);
  const deliveries = await queryAll<Delivery & OnChannel>({
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': pk, ':prefix': skPrefix },
    ConsistentRead: true,
  });
  const digests = await readDigests(subscriberId, deliveries);
  return deliveries.map((delivery) => {
    if (delivery.state !== 'in-digest') return show(delivery.channelId, delivery);
    const digest = digests.find(
      ({ channelId, slot }) => channelId === delivery.channelId && slot === delivery.slot,
    );
    const told = digest && digest.state !== 'open' ? digest : delivery;
    return { ...show(delivery.channelId, told), digestAt: delivery.slot };
  });
}

function show(channelId: string, delivery: Delivery): DeliveryAnswer {
  return { ...delivery, channelId, why: whyOf(delivery) };
}

function whyOf(delivery: Delivery): string | undefined {
  switch (delivery.state) {
    case 'waiting':
      return delivery.hold;
    case 'failed':
      return delivery.error;
    case 'withdrawn':
      return delivery.reason;
    default:
      return undefined;
  }
}

type Digest = Delivery & OnChannel & { readonly slot: string };

/** A subscriber has fewer channels than one batch takes (100). */
async function readDigests(
  subscriberId: string,
  deliveries: readonly (Delivery & OnChannel)[],
): Promise<Digest[]> {
  const wanted = deliveries.flatMap((delivery) =>
    delivery.state === 'in-digest' ? [keys.digest(subscriberId, delivery.channelId, delivery.slot)] : [],
  );
  if (wanted.length === 0) return [];
  const { Responses } = await dynamo.send(
    new BatchGetCommand({ RequestItems: { [TableName]: { Keys: wanted, ConsistentRead: true } } }),
  );
  return (Responses?.[TableName] ?? []) as Digest[];
}
