/**
 * Times on somebody's own clock, right across the days when clocks change: a time that a change skips is taken as
 * the same distance later, and of one that comes twice the first counts (Temporal's rule `compatible`).
 *
 *     nextTime('08:00', 'Asia/Seoul', '2026-11-23T08:00:00.000Z');   // '2026-11-23T23:00:00.000Z'
 */

import * as Instant from 'temporal-polyfill/fns/Instant';
import * as PlainTime from 'temporal-polyfill/fns/PlainTime';
import * as Zoned from 'temporal-polyfill/fns/ZonedDateTime';

type Local = Parameters<typeof Zoned.add>[0];

/** Monday to Sunday, as ISO 8601 numbers them. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * The first time after `after` at which the clock shows `clock`.
 *
 * @param clock `08:00`, from 00:00 to 23:59
 * @param timeZone IANA name
 * @param weekday absent: any
 * @throws RangeError for a zone that the platform does not know
 */
export function nextTime(clock: string, timeZone: string, after: string, weekday?: Weekday): string {
  const local = toLocal(after, timeZone);
  const time = PlainTime.fromString(clock);
  // A day of the wanted kind comes within a week, and one may have its time behind it already.
  for (let days = 0; days <= 8; days++) {
    const candidate = Zoned.withPlainTime(Zoned.addDays(local, days), time);
    const isWanted = weekday === undefined || Zoned.dayOfWeek(candidate) === weekday;
    if (isWanted && Zoned.compare(candidate, local) > 0) return toTime(candidate);
  }
  // Samoa had no 30 December 2011: a weekday that is skipped comes a week later.
  return nextTime(clock, timeZone, toTime(Zoned.addDays(local, 8)), weekday);
}

/** The first full hour after a time. */
export function nextHour(timeZone: string, after: string): string {
  return toTime(Zoned.startOfHour(Zoned.addHours(toLocal(after, timeZone), 1)));
}

/**
 * When the clock shows `clock` on the day of a time.
 *
 * @param days later; negative: before it
 */
export function timeOnDay(clock: string, timeZone: string, time: string, days: number): string {
  const day = Zoned.addDays(toLocal(time, timeZone), days);
  return toTime(Zoned.withPlainTime(day, PlainTime.fromString(clock)));
}

/** The date on that clock: `2026-11-30`. */
export function dayOf(time: string, timeZone: string): string {
  return Zoned.toString(toLocal(time, timeZone)).slice(0, 10);
}

function toLocal(time: string, timeZone: string): Local {
  return Instant.toZonedDateTimeISO(Instant.fromString(time), timeZone);
}

function toTime(local: Local): string {
  return new Date(local.epochMilliseconds).toISOString();
}
