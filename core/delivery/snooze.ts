/** A watch that was snoozed tells nothing until a time; what matches meanwhile is told in one digest then. */
import type { WatchSettings } from '../model.ts';

/** @returns until when the watch tells nothing; undefined when it does */
export function snoozeEnd(
  { snoozedUntil }: Pick<WatchSettings, 'snoozedUntil'>,
  now: string,
): string | undefined {
  return snoozedUntil !== undefined && snoozedUntil > now ? snoozedUntil : undefined;
}
