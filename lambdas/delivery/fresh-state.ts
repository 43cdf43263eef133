/** A channel's state as known, unless that is too long ago: then SNS is asked, and the answer kept. */
import { isStateFresh } from '../../core/delivery/channel-check.ts';
import type { Channel, ChannelState } from '../../core/model.ts';
import type { DeliverPorts } from './delivery-ports.ts';

export async function freshState(ports: DeliverPorts, channel: Channel): Promise<ChannelState> {
  const now = ports.now();
  if (isStateFresh(channel, now)) return channel.state;
  const state = await ports.publisher.readChannelState(channel);
  await ports.recipients.saveChannelState(channel, state, now);
  return state;
}
