/**
 * Times on somebody's own clock, right across the days when clocks change: a time that a change skips is taken as
 * the same distance later, and of one that comes twice the first counts (Temporal's rule `compatible`).
 *
 *     nextTime('08:00', 'Asia/Seoul', '2026-11-23T08:00:00.000Z');   // '2026-11-23T23:00:00.000Z'
 *
 * What a clock shows is a number of milliseconds too, as if it were in UTC. `Intl` knows the zones; a polyfill of
 * Temporal would be 19 KB of every function that tells the time.
 */

/** Monday to Sunday, as ISO 8601 numbers them. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * The first time after `after` at which the clock shows `clock`.
 *
 * @param clock `08:00`, from 00:00 to 23:59
 * @param timeZone IANA name
 * @param weekday absent: any
 * @throws RangeError for a zone that the platform does not know
 */
export function nextTime(clock: string, timeZone: string, after: string, weekday?: Weekday): string {
  const from = Date.parse(after);
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  const today = startOf(shownAt(from, timeZone), DAY_MS);
  // Within eight days, or two weeks: Samoa had no 30 December 2011, which was a Friday.
  for (let days = 0; ; days++) {
    const candidate = timeOf(today + days * DAY_MS + hours * HOUR_MS + minutes * 60_000, timeZone);
    const isWanted = weekday === undefined || weekdayOf(shownAt(candidate, timeZone)) === weekday;
    if (isWanted && candidate > from) return toIso(candidate);
  }
}

/** The next full hour of the clock as it is an hour after a time. */
export function nextHour(timeZone: string, after: string): string {
  const inAnHour = Date.parse(after) + HOUR_MS;
  const shown = shownAt(inAnHour, timeZone);
  return toIso(inAnHour - (shown - startOf(shown, HOUR_MS)));
}

/** The date on that clock: `2026-11-30`. */
export function dayOf(time: string, timeZone: string): string {
  return toIso(shownAt(Date.parse(time), timeZone)).slice(0, 10);
}

const toIso = (ms: number) => new Date(ms).toISOString();

const startOf = (ms: number, unit: number) => Math.floor(ms / unit) * unit;

const weekdayOf = (shown: number) => new Date(shown).getUTCDay() || 7;

/** The time at which a clock shows something: the first, or that of the same distance later. */
function timeOf(shown: number, timeZone: string): number {
  const before = offsetAt(shown - DAY_MS, timeZone);
  const after = offsetAt(shown + DAY_MS, timeZone);
  const times = [before, after].map((offset) => shown - offset);
  const possible = times.filter((time) => shownAt(time, timeZone) === shown);
  return possible.length > 0 ? Math.min(...possible) : shown - before;
}

const offsetAt = (time: number, timeZone: string) => shownAt(time, timeZone) - time;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric';
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', year: numeric, month: numeric, day: numeric },
      ...{ hour: numeric, minute: numeric, second: numeric },
    });
  clocks.set(timeZone, clock);
  return clock;
}

/** What the clock of a zone shows at a time, in milliseconds since 1970 as if it were in UTC. */
function shownAt(time: number, timeZone: string): number {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(time)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year = 0, month = 0, day, hour, minute, second] = (
    ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
  ).map((part) => parts.get(part));
  return Date.UTC(year, month - 1, day, hour, minute, second) + (time - startOf(time, 1000));
}
