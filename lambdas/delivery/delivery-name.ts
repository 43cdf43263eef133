/** The name of a delivery as it travels through SNS and back. */
import type { DeliveryId } from '../../core/delivery/delivery.ts';

/** `subscriber/channel/story/<id>` or `subscriber/channel/digest/<slot>`: ids hold no slash. */
export function deliveryName(id: DeliveryId): string {
  const what = 'storyId' in id ? ['story', id.storyId] : ['digest', id.slot];
  return [id.subscriberId, id.channelId, ...what].join('/');
}

export function readDeliveryName(name: string): DeliveryId {
  const [subscriberId, channelId, kind, rest] = name.split('/') as [string, string, string, string];
  return kind === 'story'
    ? { subscriberId, channelId, storyId: rest }
    : { subscriberId, channelId, slot: rest };
}
