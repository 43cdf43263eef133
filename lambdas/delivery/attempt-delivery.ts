/** One attempt at a claimed delivery: may its channel be used, what is the message, does SNS take it. */
import { recheckAt } from '../../core/delivery/channel-check.ts';
import { type Ending, mayPublish, type Withdrawal } from '../../core/delivery/delivery.ts';
import { disabledUntil } from '../../core/delivery/endpoint-failure.ts';
import type { Channel } from '../../core/model.ts';
import { awaitTurn, holdWhileQuiet } from './await-turn.ts';
import { composeMessage } from './compose-message.ts';
import { deliveryName } from './delivery-name.ts';
import type { DeliverPorts, OutgoingMessage, PublishOutcome, Stored } from './delivery-ports.ts';
import { fallBack } from './fall-back.ts';
import { freshState } from './fresh-state.ts';
import { holdWhileSnoozed } from './hold-while-snoozed.ts';
import { holdIfTextsAreOff, isPayment, payForText } from './pay-for-text.ts';

/** How the attempt ended, and what it told. */
export interface Result {
  readonly ending: Ending;
  readonly storyIds: readonly string[];
  /** Of a single alert. */
  readonly matchedAt?: string;
  readonly spentUsd?: number;
}

/**
 * @param due the delivery before it was claimed
 * @throws what a failing call throws, with nothing sent
 */
export async function attemptDelivery(
  ports: DeliverPorts,
  due: Stored,
  claimed: Stored,
  claimId: string,
): Promise<Result> {
  const { subscriberId, channelId } = claimed.id;
  const storyIds = 'storyId' in claimed.id ? [claimed.id.storyId] : claimed.storyIds;
  const recipient = await ports.recipients.read(subscriberId, []);
  const channel = recipient?.channels.find(({ id }) => id === channelId);
  if (!recipient || !channel) return { storyIds, ending: withdraw('channel-removed') };
  const isHeartbeat = claimed.heartbeat !== undefined;
  if (storyIds.length === 0 && !isHeartbeat) return { storyIds, ending: withdraw('emptied') };
  const off = holdIfTextsAreOff(ports, claimed, channel);
  if (off) return { storyIds, ending: off };
  const until = disabledUntil(channel, ports.now());
  if (until)
    return { storyIds, ending: { kind: 'hold', hold: 'endpoint-failing', until, endsAt: claimed.endsAt } };
  const state = await freshState(ports, channel);
  if (state !== 'confirmed') return { storyIds, ending: holdForChannel(ports, claimed, channel, state) };
  const alerts = await ports.alerts.readAlerts(subscriberId, storyIds);
  if (alerts.length === 0 && !isHeartbeat) return { storyIds, ending: withdraw('expired') };
  const { timeZone = recipient.subscriber.timeZone } = channel;
  const notYet =
    (await holdWhileSnoozed(ports, due, claimed, alerts)) ??
    holdWhileQuiet(ports, claimed, channel, timeZone, alerts) ??
    (await awaitTurn(ports, due, claimed, alerts));
  if (notYet) return { storyIds, ending: notYet };
  const message = await composeMessage(ports, claimed, alerts, recipient.subscriber, channel);
  const outgoing = { ...message, deliveryId: deliveryName(claimed.id) };
  const sent = await send(ports, claimed, claimId, channel, outgoing);
  const { ending } = sent;
  if (ending.kind === 'hold' && ending.hold === 'sms-budget') {
    return { storyIds, ending: await fallBack(ports, claimed, storyIds, recipient.channels, ending) };
  }
  return { storyIds, matchedAt: alerts[0]?.matchedAt, ...sent };
}

async function send(
  ports: DeliverPorts,
  claimed: Stored,
  claimId: string,
  channel: Channel,
  message: OutgoingMessage,
): Promise<Pick<Result, 'ending' | 'spentUsd'>> {
  if (channel.kind !== 'sms') {
    const outcome = await publishInTime(ports, claimed, channel, message);
    return { ending: await toEnding(ports, claimed, channel, outcome) };
  }
  const payment = await payForText(ports, claimed, channel, message.body, claimId);
  if (!isPayment(payment)) return { ending: payment };
  const { spentUsd } = payment;
  const outcome = await publishInTime(ports, claimed, channel, { ...message, maxPriceUsd: spentUsd });
  if (outcome.kind === 'refused' || outcome.kind === 'channel-gone') await payment.refund();
  return { ending: await toEnding(ports, claimed, channel, outcome), spentUsd };
}

/** A claim that is almost over might be taken over while SNS accepts: then nothing is published. */
async function publishInTime(
  ports: DeliverPorts,
  { delivery }: Stored,
  channel: Channel,
  message: OutgoingMessage,
): Promise<PublishOutcome> {
  if (!mayPublish(delivery!, ports.now())) return { kind: 'refused', error: 'The claim was almost over' };
  return await ports.publisher.publish(channel, message);
}

async function toEnding(
  ports: DeliverPorts,
  claimed: Stored,
  channel: Channel,
  outcome: PublishOutcome,
): Promise<Ending> {
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'accept', messageId: outcome.messageId };
    case 'channel-gone':
      await ports.recipients.saveChannelState(channel, 'gone', ports.now());
      return holdForChannel(ports, claimed, channel, 'gone');
    case 'refused':
    case 'unanswered':
      return { kind: 'fail', error: outcome.error, jitter: ports.random() };
  }
}

function holdForChannel(
  ports: DeliverPorts,
  { endsAt }: Stored,
  { createdAt }: Channel,
  state: 'pending' | 'gone',
): Ending {
  return { kind: 'hold', hold: `channel-${state}`, until: recheckAt(createdAt, ports.now()), endsAt };
}

function withdraw(reason: Withdrawal): Ending {
  return { kind: 'withdraw', reason };
}
