/**
 * The sweep of channels: SNS tells nobody that a mail scanner unsubscribed an address, that one expired unconfirmed, or
 * that a phone answered STOP. What was sent since the channel was last seen confirmed is held again, and the subscriber
 * is told on another channel. One that dies is repeated when its claim is over; the notice may then come twice. Who signed
 * up and confirmed nothing for a week is forgotten, and a channel that an erasure left behind is closed.
 */
import { isLost, lastConfirmed, nextCheckAt, recheckAt } from '../../core/delivery/channel-check.ts';
import { advance, CLAIM_SECONDS, later } from '../../core/delivery/delivery.ts';
import { isAbandoned } from '../../core/delivery/sign-up.ts';
import { lossNotice } from '../../core/message/notice-message.ts';
import type { Channel, ChannelState } from '../../core/model.ts';
import { inParallel } from '../in-parallel.ts';
import type { Log } from '../logger.ts';
import type { DueChannel } from '../messages.ts';
import type { ChannelCheck, DeliverPorts, Recipient } from './delivery-ports.ts';
import { otherChannel, tellOn } from './tell-elsewhere.ts';

/** @throws when SNS or the tables do not answer: the channel stays due */
export async function checkChannel(
  ports: DeliverPorts,
  { subscriberId, channelId }: DueChannel,
  log: Log,
): Promise<void> {
  const now = ports.now();
  const recipient = await ports.recipients.read(subscriberId, []);
  if (!recipient) return ports.recipients.closeOrphan(subscriberId, channelId);
  const channel = recipient.channels.find(({ id }) => id === channelId);
  if (!channel || (channel.nextCheckAt ?? '') > now) return;
  if (!(await ports.recipients.claimCheck(channel, later(now, CLAIM_SECONDS)))) return;
  const state = await askSns(ports, channel);
  if (
    isAbandoned(recipient.subscriber, recipient.channels, state, now) &&
    (await ports.recipients.forget(channel))
  ) {
    return log.info('sign-up forgotten', { subscriberId, channelId });
  }
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
  const told =
    other &&
    (await tellOn(ports, other, channel, lossNotice(channel, state, other.kind, ports.links.manage)));
  const { subscriberId, id: channelId } = channel;
  log.warn('channel lost', { subscriberId, channelId, state, held, told });
  // Until the budget has room again, at each look.
  if (told === 'unpaid') return {};
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
    const next = advance(stored.delivery, { kind: 'return', until, hold: 'channel-gone' }, now);
    return next !== 'refused' && (await ports.deliveries.change(stored, next)).kind === 'changed';
  });
  return outcomes.filter(Boolean).length;
}
