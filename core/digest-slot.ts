/**
 * When a digest is due, on the subscriber's own clock: hourly at the full hour, daily at eight in the morning,
 * also on the days when clocks change.
 *
 *     digestSlot('daily', 'Asia/Seoul', '2026-11-23T08:00:00.000Z');  // '2026-11-23T23:00:00.000Z'
 */

import * as Instant from 'temporal-polyfill/fns/Instant';
import * as PlainTime from 'temporal-polyfill/fns/PlainTime';
import * as Zoned from 'temporal-polyfill/fns/ZonedDateTime';
import type { Frequency } from './model.ts';

const MORNING = PlainTime.create(8);

/**
 * The first slot after a time. A wall-clock time that a change of clocks skips is taken as the same distance
 * later, and of one that comes twice the first counts (Temporal's rule `compatible`).
 *
 * @param timeZone IANA name
 * @throws RangeError for a zone that the platform does not know
 */
export function digestSlot(
  frequency: Exclude<Frequency, 'instant'>,
  timeZone: string,
  after: string,
): string {
  const local = Instant.toZonedDateTimeISO(Instant.fromString(after), timeZone);
  const slot = frequency === 'hourly' ? nextHour(local) : nextMorning(local);
  return new Date(slot.epochMilliseconds).toISOString();
}

type Local = Parameters<typeof Zoned.add>[0];

function nextHour(local: Local): Local {
  return Zoned.startOfHour(Zoned.addHours(local, 1));
}

function nextMorning(local: Local): Local {
  const today = Zoned.withPlainTime(local, MORNING);
  return Zoned.compare(today, local) > 0 ? today : Zoned.withPlainTime(Zoned.addDays(local, 1), MORNING);
}
