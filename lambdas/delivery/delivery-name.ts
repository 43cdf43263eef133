/** The name of a delivery as it travels through SNS and back. */
import type { DeliveryId } from '../../core/delivery/delivery.ts';

/** `subscriber/channel/story/<id>`, `…/digest/<slot>` or `…/heartbeat/<week>`: ids hold no slash. */
export function deliveryName(id: DeliveryId): string {
  return [id.subscriberId, id.channelId, ...whatOf(id)].join('/');
}

function whatOf(id: DeliveryId): [kind: string, what: string] {
  if ('storyId' in id) return ['story', id.storyId];
  return 'slot' in id ? ['digest', id.slot] : ['heartbeat', id.week];
}

export function readDeliveryName(name: string): DeliveryId {
  const [subscriberId, channelId, kind, what] = name.split('/') as [string, string, string, string];
  if (kind === 'story') return { subscriberId, channelId, storyId: what };
  return kind === 'heartbeat'
    ? { subscriberId, channelId, week: what }
    : { subscriberId, channelId, slot: what };
}
