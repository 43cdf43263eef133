/** Tells a subscriber about one of their channels on another. */

import { quietUntil } from '../../core/delivery/quiet-hours.ts';
import type { Message } from '../../core/message/message.ts';
import type { Channel } from '../../core/model.ts';
import type { DeliverPorts, OutgoingMessage, PublishOutcome, Recipient } from './delivery-ports.ts';
import { freshState } from './fresh-state.ts';
import { isPayment, payForText, textsAreOff } from './pay-for-text.ts';

interface OtherChannel {
  readonly other?: Channel;
  /** While all others are quiet: when the first is not. */
  readonly until?: string;
}

/**
 * By mail or webhook, since texts cost; by text where there is neither. Never a list, whose members it is not for, nor the
 * phone of a member.
 */
export async function otherChannel(
  ports: DeliverPorts,
  { channels, subscriber }: Recipient,
  lost: Channel,
): Promise<OtherChannel> {
  const own = channels.filter(
    ({ id, subscriberId, kind, state }) =>
      id !== lost.id && subscriberId === subscriber.id && kind !== 'list' && state === 'confirmed',
  );
  const { text = [], free = [] } = Object.groupBy(own, ({ kind }) => (kind === 'sms' ? 'text' : 'free'));
  const found = await firstAwake(
    ports,
    free.toSorted((a, b) => (a.kind < b.kind ? -1 : 1)),
    subscriber.timeZone,
  );
  if (found.other || found.until) return found;
  const paid = text.filter((channel) => !textsAreOff(ports, channel));
  return await firstAwake(ports, paid, subscriber.timeZone);
}

async function firstAwake(
  ports: DeliverPorts,
  channels: readonly Channel[],
  timeZone: string,
): Promise<OtherChannel> {
  const ends: string[] = [];
  for (const other of channels) {
    if ((await freshState(ports, other)) !== 'confirmed') continue;
    const until = quietUntil(other.quietHours, timeZone, ports.now());
    if (until === undefined) return { other };
    ends.push(until);
  }
  return { until: ends.toSorted()[0] };
}

/** @returns `unpaid` for a text that the budget has no room for */
export async function tellOn(
  ports: DeliverPorts,
  other: Channel,
  about: Channel,
  message: Message,
): Promise<PublishOutcome['kind'] | 'unpaid'> {
  const { subscriberId, id } = other;
  const deliveryId = `${subscriberId}/${id}/notice/${about.id}-${ports.now()}`;
  const outgoing = { ...message, deliveryId };
  if (other.kind === 'sms') return await sendText(ports, other, outgoing);
  const { kind } = await ports.publisher.publish(other, outgoing);
  return kind;
}

async function sendText(ports: DeliverPorts, phone: Channel, message: OutgoingMessage) {
  const payment = await payForText(ports, { endsAt: ports.now() }, phone, message.body, ports.newId());
  if (!isPayment(payment)) return 'unpaid';
  const { kind } = await ports.publisher.publish(phone, { ...message, maxPriceUsd: payment.spentUsd });
  if (kind === 'refused' || kind === 'channel-gone') await payment.refund();
  return kind;
}
