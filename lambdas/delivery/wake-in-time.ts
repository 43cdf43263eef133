/** What waits for its turn is due within seconds, and not left to the minute of `digest`, which finds it all the same. */
import type { Delivery, DeliveryId, Ending } from '../../core/delivery/delivery.ts';
import type { DeliverPorts } from './delivery-ports.ts';
import { dueMessage } from './due-message.ts';

/**
 * Queues the digest that a delivery opened, or the delivery that is held for its turn, until then.
 *
 * @param next the state of the delivery
 * @param ending by which it came to it
 */
export async function wakeInTime(
  ports: Pick<DeliverPorts, 'now' | 'queueLater'>,
  id: DeliveryId,
  next: Delivery,
  ending: Ending,
): Promise<void> {
  if (next.state === 'in-digest' && ending.kind === 'collect' && ending.opens) {
    const { subscriberId, channelId } = id;
    await queueAt(ports, { subscriberId, channelId, slot: next.slot }, next.slot);
  } else if (next.state === 'waiting' && next.hold === 'pacing') {
    await queueAt(ports, id, next.dueAt);
  }
}

/** Queues a delivery or digest until its time. */
export async function queueAt(
  { now, queueLater }: Pick<DeliverPorts, 'now' | 'queueLater'>,
  id: DeliveryId,
  at: string,
): Promise<void> {
  const seconds = Math.ceil((Date.parse(at) - Date.parse(now())) / 1000);
  await queueLater(dueMessage(id), Math.max(0, seconds));
}
