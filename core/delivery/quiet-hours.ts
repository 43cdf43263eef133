/**
 * The hours in which a channel is not told, on its subscriber's own clock. They hold what is due, never what
 * matches: it is told when they end.
 *
 *     quietUntil({ from: '22:00', to: '07:00' }, 'Asia/Seoul', '2026-11-23T14:00:00.000Z');  // '2026-11-23T22:00:00.000Z'
 */

import type { Channel, QuietHours, WatchSettings } from '../model.ts';
import { digestSlot, type Schedule } from './digest-slot.ts';
import { nextTime } from './local-clock.ts';

/**
 * @param quiet from a time of day, including it, to another, which may be on the next day
 * @param timeZone IANA name
 * @returns when they end; undefined when they are not on
 */
export function quietUntil(quiet: QuietHours | undefined, timeZone: string, now: string): string | undefined {
  if (quiet === undefined) return undefined;
  const end = nextTime(quiet.to, timeZone, now);
  return end < nextTime(quiet.from, timeZone, now) ? end : undefined;
}

/**
 * When a watch that matched tells on a channel: with its digest, or when quiet hours end. An urgent one passes
 * those.
 *
 * @returns the slot of the digest; undefined at once
 */
export function slotOf(
  watch: Schedule & Pick<WatchSettings, 'urgent'>,
  { quietHours }: Pick<Channel, 'quietHours'>,
  timeZone: string,
  after: string,
): string | undefined {
  const slot = digestSlot(watch, timeZone, after);
  if (watch.urgent) return slot;
  return quietUntil(quietHours, timeZone, slot ?? after) ?? slot;
}

/** The earliest of what several watches want. @param watches at least one */
export function earliestSlot(
  watches: readonly (Schedule & Pick<WatchSettings, 'urgent'>)[],
  channel: Pick<Channel, 'quietHours'>,
  timeZone: string,
  after: string,
): string | undefined {
  const slots = watches.map((watch) => slotOf(watch, channel, timeZone, after) ?? '');
  return slots.toSorted()[0] || undefined;
}
