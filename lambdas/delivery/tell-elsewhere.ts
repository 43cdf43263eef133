/** Tells a subscriber about one of their channels on another. */

import { quietUntil } from '../../core/delivery/quiet-hours.ts';
import type { Message } from '../../core/message/message.ts';
import type { Channel } from '../../core/model.ts';
import type { DeliverPorts, PublishOutcome, Recipient } from './delivery-ports.ts';
import { freshState } from './fresh-state.ts';

interface OtherChannel {
  readonly other?: Channel;
  /** While all others are quiet: when the first is not. */
  readonly until?: string;
}

/** By mail or webhook, since texts cost; never a list, whose members it is not for. */
export async function otherChannel(
  ports: DeliverPorts,
  { channels, subscriber }: Recipient,
  lost: Channel,
): Promise<OtherChannel> {
  const others = channels
    .filter(
      ({ id, kind, state }) => id !== lost.id && kind !== 'sms' && kind !== 'list' && state === 'confirmed',
    )
    .toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
  const ends: string[] = [];
  for (const other of others) {
    if ((await freshState(ports, other)) !== 'confirmed') continue;
    const until = quietUntil(other.quietHours, subscriber.timeZone, ports.now());
    if (until === undefined) return { other };
    ends.push(until);
  }
  return { until: ends.toSorted()[0] };
}

export async function tellOn(
  ports: DeliverPorts,
  other: Channel,
  about: Channel,
  message: Message,
): Promise<PublishOutcome['kind']> {
  const { subscriberId, id } = other;
  const deliveryId = `${subscriberId}/${id}/notice/${about.id}-${ports.now()}`;
  const { kind } = await ports.publisher.publish(other, { ...message, deliveryId });
  return kind;
}
