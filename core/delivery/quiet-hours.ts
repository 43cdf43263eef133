/**
 * The hours in which a channel is not told, on its subscriber's own clock. They hold what is due, never what
 * matches: it is told when they end.
 *
 *     quietUntil({ from: '22:00', to: '07:00' }, 'Asia/Seoul', '2026-11-23T14:00:00.000Z');  // '2026-11-23T22:00:00.000Z'
 */

import type { Channel, QuietHours, WatchSettings } from '../model.ts';
import { digestSlot, type Schedule } from './digest-slot.ts';
import { nextTime, timeOnDay } from './local-clock.ts';
import { snoozeEnd } from './snooze.ts';

/**
 * @param quiet from a time of day, including it, to another, which may be on the next day
 * @param timeZone IANA name
 * @returns when they end; undefined when they are not on
 */
export function quietUntil(quiet: QuietHours | undefined, timeZone: string, now: string): string | undefined {
  if (quiet === undefined) return undefined;
  const end = nextTime(quiet.to, timeZone, now);
  // Not the next beginning after them: a change of clocks can put that behind their end.
  const start = timeOnDay(quiet.from, timeZone, end, quiet.from <= quiet.to ? 0 : -1);
  return start <= now ? end : undefined;
}

/** What decides when a watch tells. */
export type Timing = Schedule & Pick<WatchSettings, 'urgent' | 'snoozedUntil'>;

/**
 * When a watch that matched tells on a channel: with its digest, or when its snooze or quiet hours end. An urgent one
 * passes quiet hours, but no snooze: that is its own.
 *
 * @returns the slot of the digest; undefined at once
 */
export function slotOf(
  watch: Timing,
  { quietHours }: Pick<Channel, 'quietHours'>,
  timeZone: string,
  after: string,
): string | undefined {
  const slot = laterOf(digestSlot(watch, timeZone, after), snoozeEnd(watch, after));
  if (watch.urgent) return slot;
  return quietUntil(quietHours, timeZone, slot ?? after) ?? slot;
}

function laterOf(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

/** The earliest of what several watches want. @param watches at least one */
export function earliestSlot(
  watches: readonly Timing[],
  channel: Pick<Channel, 'quietHours'>,
  timeZone: string,
  after: string,
): string | undefined {
  const slots = watches.map((watch) => slotOf(watch, channel, timeZone, after) ?? '');
  return slots.toSorted()[0] || undefined;
}
