/** A text that the month's budget has no room for is told by mail instead, where the subscriber has a mail channel. */
import type { Ending } from '../../core/delivery/delivery.ts';
import type { Channel } from '../../core/model.ts';
import type { DeliverPorts, Stored } from './delivery-ports.ts';
import { placeDelivery } from './place-delivery.ts';

/**
 * The mail is found by `digest` within a minute.
 *
 * @param storyIds of the text
 * @param held how the attempt ends without a mail channel
 */
export async function fallBack(
  ports: DeliverPorts,
  { id: { subscriberId }, endsAt }: Stored,
  storyIds: readonly string[],
  channels: readonly Channel[],
  held: Ending,
): Promise<Ending> {
  const mail = channels.find(({ kind, state }) => kind === 'email' && state === 'confirmed');
  if (mail === undefined) return held;
  for (const storyId of storyIds) {
    await placeDelivery(
      ports,
      { id: { subscriberId, storyId, channelId: mail.id }, endsAt },
      () => undefined,
    );
  }
  return { kind: 'withdraw', reason: 'told-by-mail' };
}
