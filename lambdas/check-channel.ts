/**
 * The sweep of channels: SNS tells nobody that a mail scanner unsubscribed an address, that one expired unconfirmed, or
 * that a phone answered STOP. What was sent since the channel was last seen confirmed is held again, and the subscriber
 * is told on another channel. One that dies is repeated when its claim is over; the notice may then come twice.
 */
import { isLost, lastConfirmed, nextCheckAt, recheckAt } from '../core/channel-check.ts';
import { advance, CLAIM_SECONDS, later } from '../core/delivery.ts';
import type { Channel, ChannelState } from '../core/model.ts';
import { lossNotice } from '../core/notice-message.ts';
import { quietUntil } from '../core/quiet-hours.ts';
import type { ChannelCheck, DeliverPorts, PublishOutcome, Recipient } from './delivery-ports.ts';
import { freshState } from './fresh-state.ts';
import { inParallel } from './in-parallel.ts';
import type { Log } from './logger.ts';
import type { DueChannel } from './messages.ts';

/** @throws when SNS or the tables do not answer: the channel stays due */
export async function checkChannel(
  ports: DeliverPorts,
  { subscriberId, channelId }: DueChannel,
  log: Log,
): Promise<void> {
  const now = ports.now();
  const recipient = await ports.recipients.read(subscriberId, []);
  const channel = recipient?.channels.find(({ id }) => id === channelId);
  if (!recipient || !channel || (channel.nextCheckAt ?? '') > now) return;
  if (!(await ports.recipients.claimCheck(channel, later(now, CLAIM_SECONDS)))) return;
  const state = await askSns(ports, channel);
  const loss = isLost(channel, state) ? await handleLoss(ports, recipient, channel, state, log) : {};
  const confirmedAt = state === 'confirmed' ? now : lastConfirmed(channel);
  await ports.recipients.saveCheck(channel, {
    state,
    checkedAt: now,
    nextCheckAt: nextCheckAt(state, now, ports.random()),
    ...(confirmedAt && { confirmedAt }),
    ...loss,
  });
}

/** Nothing may be asked about numbers where texts are off. */
function askSns({ publisher, settings }: DeliverPorts, channel: Channel): Promise<ChannelState> {
  const isOff = channel.kind === 'sms' && settings.smsCountries.size === 0;
  return isOff ? Promise.resolve(channel.state) : publisher.readChannelState(channel);
}

/** @returns what to remember of it */
async function handleLoss(
  ports: DeliverPorts,
  recipient: Recipient,
  channel: Channel,
  state: ChannelState,
  log: Log,
): Promise<Partial<ChannelCheck>> {
  const now = ports.now();
  const since = lastConfirmed(channel);
  const held = since === undefined ? 0 : await holdAgain(ports, channel, since);
  const { other, until } = await otherChannel(ports, recipient, channel);
  const told = other && (await tell(ports, channel, state, other));
  const { subscriberId, id: channelId } = channel;
  log.warn('channel lost', { subscriberId, channelId, state, held, told });
  if (told === 'unanswered') return { nextCheckAt: later(now, CLAIM_SECONDS) };
  return until === undefined ? { lossToldAt: now } : { nextCheckAt: until };
}

const AT_A_TIME = 10;

/** @returns how many deliveries and digests are held again */
async function holdAgain(ports: DeliverPorts, channel: Channel, since: string): Promise<number> {
  const sent = await ports.deliveries.readSent(channel.subscriberId, channel.id, since);
  const now = ports.now();
  const until = recheckAt(channel.createdAt, now);
  const outcomes = await inParallel(sent, AT_A_TIME, async (stored) => {
    const next = advance(stored.delivery, { kind: 'return', until }, now);
    return next !== 'refused' && (await ports.deliveries.change(stored, next)).kind === 'changed';
  });
  return outcomes.filter(Boolean).length;
}

interface OtherChannel {
  readonly other?: Channel;
  /** While all others are quiet: when the first is not. */
  readonly until?: string;
}

/** By mail or webhook, since texts cost. */
async function otherChannel(
  ports: DeliverPorts,
  { channels, subscriber }: Recipient,
  lost: Channel,
): Promise<OtherChannel> {
  const others = channels
    .filter(({ id, kind, state }) => id !== lost.id && kind !== 'sms' && state === 'confirmed')
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

async function tell(
  ports: DeliverPorts,
  lost: Channel,
  state: ChannelState,
  other: Channel,
): Promise<PublishOutcome['kind']> {
  const message = lossNotice(lost, state, other.kind, ports.links.manage);
  const deliveryId = `${other.id}/notice/${lost.id}/${ports.now()}`;
  const { kind } = await ports.publisher.publish(other, { ...message, deliveryId });
  return kind;
}
