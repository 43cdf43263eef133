/** What was due before its watches were snoozed, or came due while they are, waits for the end of that as well. */
import { type Ending, later } from '../../core/delivery/delivery.ts';
import { snoozeEnd } from '../../core/delivery/snooze.ts';
import { tellsOn } from '../../core/delivery/tells-on.ts';
import type { Alert } from '../../core/model.ts';
import type { DeliverPorts, Stored } from './delivery-ports.ts';
import { watchesOf } from './watches-of.ts';

/** Somebody may snooze again and again: what is held is told before its alert ends all the same. */
const SECONDS_BEFORE_ITS_END = 3600;

/**
 * @param due the delivery before it was claimed; an alert that has just matched was held then if it had to be
 * @returns how the attempt ends while all watches that tell on its channel are snoozed; undefined otherwise
 */
export async function holdWhileSnoozed(
  ports: DeliverPorts,
  { id, delivery }: Stored,
  claimed: Stored,
  alerts: readonly Alert[],
): Promise<Ending | undefined> {
  const isFresh = 'storyId' in id && delivery?.state === 'waiting' && delivery.hold === undefined;
  if (isFresh) return undefined;
  const watches = await watchesOf(ports, id.subscriberId, alerts);
  const ends = watches
    .filter((watch) => tellsOn(watch, id.channelId))
    .map((watch) => snoozeEnd(watch, ports.now()));
  const [end] = ends.toSorted();
  if (end === undefined || ends.includes(undefined)) return undefined;
  const [until] = [end, later(claimed.endsAt, -SECONDS_BEFORE_ITS_END)].toSorted() as [string, string];
  if (until <= ports.now()) return undefined;
  return 'storyId' in id
    ? { kind: 'collect', slot: until }
    : { kind: 'hold', hold: 'snoozed', until, endsAt: claimed.endsAt };
}
