/**
 * A snooze that ends before its time: what it held is told within seconds, in one digest a channel, unless another of its
 * watches, the schedule of its own or quiet hours still hold it. Repeating it is harmless.
 */
import { advance, later } from '../../core/delivery/delivery.ts';
import { earliestSlot } from '../../core/delivery/quiet-hours.ts';
import { tellsOn } from '../../core/delivery/tells-on.ts';
import type { Alert, WatchSettings } from '../../core/model.ts';
import { inParallel } from '../in-parallel.ts';
import type { Log } from '../logger.ts';
import type { AwakeWatch } from '../messages.ts';
import type { DeliverPorts, Recipient, RecipientChannel, Stored } from './delivery-ports.ts';
import { placeDelivery } from './place-delivery.ts';
import { sendDelivery } from './send-delivery.ts';
import { queueAt } from './wake-in-time.ts';
import { watchesOf } from './watches-of.ts';

const AT_A_TIME = 10;
/** So long what is released gathers in one digest. */
const SECONDS_TO_GATHER = 10;
/** After so long the rest is left to another call. */
const WORKING_SECONDS = 20;

/** @throws when there is more than one call can do: what is done stays, the rest is found again */
export async function releaseWatch(
  ports: DeliverPorts,
  { subscriberId, watchId }: AwakeWatch,
  log: Log,
): Promise<void> {
  const recipient = await ports.recipients.read(subscriberId, []);
  const until = later(ports.now(), WORKING_SECONDS);
  for (const channel of recipient?.channels ?? []) {
    const held = await ports.deliveries.readHeld(subscriberId, channel.id);
    const released = await releaseStories(ports, recipient!, channel, watchId, held, until);
    log.info('snooze ended', { subscriberId, watchId, channelId: channel.id, released });
    for (const digest of held) await wakeDigest(ports, digest, log);
  }
}

/** @returns how many stories are told sooner */
async function releaseStories(
  ports: DeliverPorts,
  { subscriber }: Recipient,
  channel: RecipientChannel,
  watchId: string,
  held: readonly Stored[],
  until: string,
): Promise<number> {
  const open = held.filter(({ delivery }) => delivery?.state === 'open');
  const storyIds = open.flatMap((digest) => digest.storyIds);
  const alerts = await ports.alerts.readAlerts(subscriber.id, storyIds);
  const named = alerts.filter(({ watches }) => watches.some((watch) => watch.watchId === watchId));
  if (named.length === 0) return 0;
  const watches = await watchesOf(ports, subscriber.id, named);
  const slot = later(ports.now(), SECONDS_TO_GATHER);
  const placed = await inParallel(named, AT_A_TIME, async (alert) => {
    if (ports.now() > until) throw new Error('More was held than one call can release');
    return await placeAnew(ports, subscriber.timeZone, channel, alert, watches, slot);
  });
  const released = placed.filter((at) => at === slot).length;
  if (released > 0) await queueAt(ports, { subscriberId: subscriber.id, channelId: channel.id, slot }, slot);
  return released;
}

/** @returns the slot of the digest that tells the story now */
async function placeAnew(
  ports: DeliverPorts,
  subscriberZone: string,
  channel: RecipientChannel,
  { subscriberId, storyId, watches }: Alert,
  settings: readonly WatchSettings[],
  slot: string,
): Promise<string | undefined> {
  const named = new Set(watches.map(({ watchId }) => watchId));
  const own = settings.filter((watch) => named.has(watch.id) && tellsOn(watch, channel.id));
  if (own.length === 0) return undefined;
  const id = { subscriberId, storyId, channelId: channel.id };
  const { timeZone = subscriberZone } = channel;
  const endsAt = later(ports.now(), ports.settings.retentionDays * 86_400);
  const { delivery } = await placeDelivery(
    ports,
    { id, endsAt },
    (after) => earliestSlot(own, channel, timeZone, after) ?? (after < slot ? slot : undefined),
  );
  return delivery?.state === 'in-digest' ? delivery.slot : undefined;
}

/** One that was due while its watches were snoozed, and waits for them as it is. */
async function wakeDigest(ports: DeliverPorts, digest: Stored, log: Log): Promise<void> {
  const next = advance(digest.delivery, { kind: 'wake' }, ports.now());
  if (next === 'refused') return;
  const outcome = await ports.deliveries.change(digest, next);
  if (outcome.kind === 'changed') await sendDelivery(ports, outcome.stored, log);
}
