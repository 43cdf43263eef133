/** Makes a delivery of what matched, or has one come sooner. */
import { advance, type DeliveryId, later } from '../../core/delivery/delivery.ts';
import type { DeliverPorts, Stored } from './delivery-ports.ts';

/** Times that another writer may come first, and be met again. */
const MOST_TRIES = 25;

/**
 * Makes the delivery, or pulls it forward, or leaves it as it is: grouped. A digest that is being sent already
 * takes no more; then it is the next one.
 *
 * @param slotAfter when it is to be told by its watches, after a time
 * @returns the delivery as it stands
 */
export async function placeDelivery(
  ports: DeliverPorts,
  target: { readonly id: DeliveryId; readonly endsAt: string },
  slotAfter: (after: string) => string | undefined,
): Promise<Stored> {
  let after = ports.now();
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const stored = (await ports.deliveries.read(target.id)) ?? absent(target);
    // A digest of a time to come is full: then the next is one of its own, not at once.
    const slot = slotAfter(after) ?? (after > ports.now() ? later(after, 1) : undefined);
    const next = advance(stored.delivery, { kind: 'match', slot }, ports.now());
    if (next === 'refused') return stored;
    const outcome = await ports.deliveries.change(stored, next);
    if (outcome.kind === 'changed') return outcome.stored;
    if (outcome.kind === 'frozen' && outcome.slot !== slot) return stored;
    if (outcome.kind === 'frozen') after = outcome.slot;
  }
  throw new Error('The delivery kept changing');
}

function absent(target: { readonly id: DeliveryId; readonly endsAt: string }): Stored {
  return { ...target, delivery: undefined, revision: 0, storyIds: [] };
}
