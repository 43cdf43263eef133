/**
 * The weekly heartbeat of one subscriber: it becomes a delivery, once a week, which is then sent, held and repeated like
 * any other. A subscriber without a mail or webhook channel that is confirmed is asked again next week.
 */
import { advance, type Delivery, later } from '../../core/delivery/delivery.ts';
import { heartbeatChannels, heartbeatOf, nextHeartbeat, weekOf } from '../../core/delivery/heartbeat.ts';
import type { Log } from '../logger.ts';
import type { DueSubscriber } from '../messages.ts';
import type { DeliverPorts, Recipient, RecipientChannel, Stored } from './delivery-ports.ts';
import { freshState } from './fresh-state.ts';
import { sendDelivery } from './send-delivery.ts';

const WEEK_SECONDS = 7 * 86_400;

/** @throws when the tables do not answer: the subscriber stays due */
export async function tellHeartbeat(
  ports: DeliverPorts,
  { subscriberId, reading }: DueSubscriber,
  log: Log,
): Promise<void> {
  const now = ports.now();
  const recipient = await ports.recipients.read(subscriberId, []);
  const { heartbeatAt: dueAt, heartbeatAsked, timeZone } = recipient?.subscriber ?? {};
  if (!recipient || dueAt === undefined || timeZone === undefined || dueAt > now) return;
  const nextAt = nextHeartbeat(timeZone, now);
  if (heartbeatAsked) return await ports.heartbeats.skip(subscriberId, dueAt, nextAt);
  const channel = await findChannel(ports, recipient);
  if (channel === undefined) {
    log.info('heartbeat has no channel', { subscriberId });
    return await ports.heartbeats.skip(subscriberId, dueAt, nextAt);
  }
  const alerts = await ports.heartbeats.readWeek(subscriberId, later(dueAt, -WEEK_SECONDS), dueAt);
  const waiting: Stored = {
    id: { subscriberId, channelId: channel.id, week: weekOf(dueAt, timeZone) },
    delivery: advance(undefined, { kind: 'match' }, now) as Delivery,
    revision: 1,
    endsAt: nextAt,
    storyIds: [],
    heartbeat: heartbeatOf(alerts, reading, dueAt),
  };
  if (await ports.heartbeats.begin(waiting, dueAt, nextAt)) return await sendDelivery(ports, waiting, log);
  // Somebody was quicker, or the subscriber moved to where the same Monday comes later: told already.
  if (await ports.deliveries.read(waiting.id)) await ports.heartbeats.skip(subscriberId, dueAt, nextAt);
}

async function findChannel(
  ports: DeliverPorts,
  { channels }: Recipient,
): Promise<RecipientChannel | undefined> {
  for (const channel of heartbeatChannels(channels)) {
    if ((await freshState(ports, channel)) === 'confirmed') return channel;
  }
  return undefined;
}
