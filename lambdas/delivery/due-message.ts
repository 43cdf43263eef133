/** The message by which a delivery is looked at when it is due. */
import type { DeliveryId } from '../../core/delivery/delivery.ts';
import type { DueDelivery, DueDigest, DueHeartbeat } from '../messages.ts';

export type DueMessage = DueDelivery | DueDigest | DueHeartbeat;

export function dueMessage(id: DeliveryId): DueMessage {
  if ('storyId' in id) return { kind: 'delivery', ...id };
  return 'slot' in id ? { kind: 'digest', ...id } : { kind: 'heartbeat', ...id };
}
