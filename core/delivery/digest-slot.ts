/**
 * When a watch's digest is due, on the subscriber's own clock: hourly at the full hour, daily and weekly at a time of
 * day, also on the days when clocks change.
 *
 *     digestSlot({ frequency: 'daily' }, 'Asia/Seoul', '2026-11-23T08:00:00.000Z');  // '2026-11-23T23:00:00.000Z'
 */

import type { WatchSettings } from '../model.ts';
import { nextHour, nextTime } from './local-clock.ts';

export type Schedule = Pick<WatchSettings, 'frequency' | 'digestTime' | 'digestDay'>;

const MORNING = '08:00';
const MONDAY = 1;

/**
 * @param timeZone IANA name
 * @returns the first slot after a time; undefined for a watch that tells at once
 * @throws RangeError for a zone that the platform does not know
 */
export function digestSlot(
  { frequency, digestTime = MORNING, digestDay = MONDAY }: Schedule,
  timeZone: string,
  after: string,
): string | undefined {
  switch (frequency) {
    case 'instant':
      return undefined;
    case 'hourly':
      return nextHour(timeZone, after);
    case 'daily':
      return nextTime(digestTime, timeZone, after);
    case 'weekly':
      return nextTime(digestTime, timeZone, after, digestDay);
  }
}
