/** Our clock agrees with Temporal, whose polyfill is larger and slower, in every zone and across every change. */
import fc from 'fast-check';
import * as Instant from 'temporal-polyfill/fns/Instant';
import * as PlainTime from 'temporal-polyfill/fns/PlainTime';
import * as Zoned from 'temporal-polyfill/fns/ZonedDateTime';
import { expect, test } from 'vitest';
import { dayOf, nextHour, nextTime, type Weekday } from '../../core/delivery/local-clock.ts';

const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const clock = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const time = fc
  .date({
    min: new Date('2005-01-01'),
    max: new Date('2040-01-01'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString());
const weekday = fc.option(fc.integer({ min: 1, max: 7 }) as fc.Arbitrary<Weekday>, { nil: undefined });

const local = (at: string, timeZone: string) => Instant.toZonedDateTimeISO(Instant.fromString(at), timeZone);
const shown = (at: string, timeZone: string) => Zoned.toString(local(at, timeZone));

test('the next time of a clock', () => {
  fc.assert(
    fc.property(clock, zone, time, weekday, (wanted, timeZone, after, day) => {
      const from = local(after, timeZone);
      const candidates = Array.from({ length: 30 }, (_, days) =>
        Zoned.withPlainTime(Zoned.addDays(from, days), PlainTime.fromString(wanted)),
      );
      const first = candidates.find(
        (one) =>
          (day === undefined || Zoned.dayOfWeek(one) === day) && one.epochMilliseconds > Date.parse(after),
      );
      expect(nextTime(wanted, timeZone, after, day)).toBe(new Date(first!.epochMilliseconds).toISOString());
    }),
    { numRuns: 500 },
  );
});

test('the date', () => {
  fc.assert(
    fc.property(time, zone, (at, timeZone) => {
      expect(dayOf(at, timeZone)).toBe(shown(at, timeZone).slice(0, 10));
    }),
    { numRuns: 500 },
  );
});

test('the next full hour comes within an hour', () => {
  fc.assert(
    fc.property(time, zone, (at, timeZone) => {
      const next = nextHour(timeZone, at);
      expect(Date.parse(next) - Date.parse(at)).toBeGreaterThan(0);
      expect(Date.parse(next) - Date.parse(at)).toBeLessThanOrEqual(3_600_000);
      // Clocks that change by half an hour meanwhile show something else.
      const inAnHour = new Date(Date.parse(at) + 3_600_000).toISOString();
      const [before, after] = [at, inAnHour].map((each) => Zoned.offset(local(each, timeZone)));
      if (before === after) expect(shown(next, timeZone)).toMatch(/T\d\d:00:00/);
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
