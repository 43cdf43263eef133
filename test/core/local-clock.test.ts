/** Times of a clock, across the days when clocks change: a table, and what Intl shows at them in every zone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, nextTime, type Weekday } from '../../core/delivery/local-clock.ts';

const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const clock = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const time = fc
  .date({ min: new Date('2005-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** `2026-11-25, 08:00` as a clock of that zone shows it. */
const shown = (at: number, timeZone: string) =>
  new Date(at).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });

test('the clock shows it then, unless a change of clocks skips it that day', () => {
  fc.assert(
    fc.property(clock, zone, time, (wanted, timeZone, after) => {
      const next = Date.parse(nextTime(wanted, timeZone, after));
      expect(next).toBeGreaterThan(Date.parse(after));
      const [day, at] = shown(next, timeZone).split(' ');
      if (at === wanted) return;
      const minutes = Array.from({ length: 26 * 60 }, (_, n) => next + (n - 13 * 60) * 60_000);
      expect(minutes.map((minute) => shown(minute, timeZone))).not.toContain(`${day} ${wanted}`);
    }),
    { numRuns: 500 },
  );
});

test('the weekday is the one asked for, and the date the one shown', () => {
  const names = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  const weekday = fc.integer({ min: 1, max: 7 }) as fc.Arbitrary<Weekday>;
  fc.assert(
    fc.property(clock, zone, time, weekday, (wanted, timeZone, after, day) => {
      const next = nextTime(wanted, timeZone, after, day);
      expect(new Date(next).toLocaleString('en-US', { timeZone, weekday: 'short' })).toBe(names[day]);
      expect(dayOf(next, timeZone)).toBe(shown(Date.parse(next), timeZone).slice(0, 10));
    }),
    { numRuns: 500 },
  );
});

// biome-ignore format: a table
test.each([
  ['02:30', 'Europe/Berlin', '2026-03-28T20:00:00.000Z', '2026-03-29T01:30:00.000Z', 'skipped: the same distance later'],
  ['02:30', 'Europe/Berlin', '2026-10-24T20:00:00.000Z', '2026-10-25T00:30:00.000Z', 'twice: the first'],
  ['08:00', 'Pacific/Apia', '2011-12-30T00:00:00.000Z', '2011-12-30T18:00:00.000Z', 'a day that is not'],
  ['02:00', 'Australia/Lord_Howe', '2026-10-03T12:00:00.000Z', '2026-10-03T15:30:00.000Z', 'half an hour'],
  ['12:00', 'Asia/Kathmandu', '2026-11-25T00:00:00.000Z', '2026-11-25T06:15:00.000Z', 'quarters'],
])('%s in %s after %s is %s: %s', (wanted, timeZone, after, next) => {
  expect(nextTime(wanted, timeZone, after)).toBe(next);
});

test('a zone that nobody knows is an error', () => {
  expect(() => nextTime('08:00', 'Mars/Olympus', '2026-11-25T00:00:00.000Z')).toThrow(RangeError);
});
