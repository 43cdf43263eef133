import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { earliestSlot, quietUntil, slotOf } from '../../core/delivery/quiet-hours.ts';

const night = { from: '22:00', to: '07:00' };
const siesta = { from: '13:00', to: '15:00' };
const early = { from: '01:30', to: '02:30' };
const skipped = { from: '02:15', to: '03:00' };
const none = { from: '08:00', to: '08:00' };

test.each<readonly [typeof night, string, string, string | undefined]>([
  [night, 'UTC', '2026-11-23T21:59:59.999Z', undefined],
  [night, 'UTC', '2026-11-23T22:00:00.000Z', '2026-11-24T07:00:00.000Z'],
  [night, 'UTC', '2026-11-24T06:59:59.999Z', '2026-11-24T07:00:00.000Z'],
  [night, 'UTC', '2026-11-24T07:00:00.000Z', undefined],
  [night, 'Asia/Seoul', '2026-11-23T13:00:00.000Z', '2026-11-23T22:00:00.000Z'],
  [siesta, 'Asia/Kolkata', '2026-11-23T07:30:00.000Z', '2026-11-23T09:30:00.000Z'],
  [siesta, 'Asia/Kolkata', '2026-11-23T09:30:00.000Z', undefined],
  // Clocks go forward in the night: it ends an hour sooner. And back: an hour later.
  [night, 'Europe/Berlin', '2026-03-28T21:00:00.000Z', '2026-03-29T05:00:00.000Z'],
  [night, 'Europe/Berlin', '2026-10-24T20:00:00.000Z', '2026-10-25T06:00:00.000Z'],
  [night, 'America/New_York', '2026-03-08T03:00:00.000Z', '2026-03-08T11:00:00.000Z'],
  [night, 'America/New_York', '2026-11-01T02:00:00.000Z', '2026-11-01T12:00:00.000Z'],
  [night, 'Australia/Lord_Howe', '2026-04-04T12:00:00.000Z', '2026-04-04T20:30:00.000Z'],
  // 02:30 does not exist on 29 March in Berlin: half an hour after the change. On 25 October the first one counts.
  [early, 'Europe/Berlin', '2026-03-29T00:30:00.000Z', '2026-03-29T01:30:00.000Z'],
  [early, 'Europe/Berlin', '2026-10-25T00:00:00.000Z', '2026-10-25T00:30:00.000Z'],
  [early, 'Europe/Berlin', '2026-10-25T01:00:00.000Z', undefined],
  // 02:15 does not exist either and is 03:15, after their end: there are none that day, nor all the day before.
  [skipped, 'Europe/Berlin', '2026-03-28T12:00:00.000Z', undefined],
  [skipped, 'Europe/Berlin', '2026-03-29T01:20:00.000Z', undefined],
  [skipped, 'Europe/Berlin', '2026-03-30T00:30:00.000Z', '2026-03-30T01:00:00.000Z'],
  [none, 'UTC', '2026-11-23T12:00:00.000Z', undefined],
])('%j in %s at %s: until %s', (hours, zone, now, until) => {
  expect(quietUntil(hours, zone, now)).toBe(until);
});

test('a channel without quiet hours is never quiet', () => {
  expect(quietUntil(undefined, 'UTC', '2026-11-23T22:00:00.000Z')).toBeUndefined();
});

describe('a watch that matches at 22:30 in Seoul', () => {
  const at = '2026-11-23T13:30:00.000Z';
  const eleven = '2026-11-23T14:00:00.000Z';
  const seven = '2026-11-23T22:00:00.000Z';
  const eight = '2026-11-23T23:00:00.000Z';
  const loud = {};
  const quiet = { quietHours: night };

  test.each([
    [{ frequency: 'instant' }, loud, undefined],
    [{ frequency: 'instant' }, quiet, seven],
    [{ frequency: 'instant', urgent: true }, quiet, undefined],
    [{ frequency: 'hourly' }, loud, eleven],
    [{ frequency: 'hourly' }, quiet, seven],
    [{ frequency: 'hourly', urgent: true }, quiet, eleven],
    [{ frequency: 'daily' }, quiet, eight],
    [{ frequency: 'instant', snoozedUntil: eight }, loud, eight],
    [{ frequency: 'instant', snoozedUntil: eight, urgent: true }, quiet, eight],
    [{ frequency: 'instant', snoozedUntil: eleven }, quiet, seven],
    [{ frequency: 'instant', snoozedUntil: at }, loud, undefined],
    [{ frequency: 'hourly', snoozedUntil: eight }, loud, eight],
    [{ frequency: 'daily', snoozedUntil: eleven }, loud, eight],
    [{ frequency: 'daily', digestTime: '06:00' }, quiet, seven],
  ] as const)('%j on a channel with %j tells at %s', (watch, channel, slot) => {
    expect(slotOf(watch, channel, 'Asia/Seoul', at)).toBe(slot);
  });

  test('tells with the earliest of several', () => {
    const [daily, instant] = [{ frequency: 'daily' }, { frequency: 'instant' }] as const;
    expect(earliestSlot([daily, instant], quiet, 'Asia/Seoul', at)).toBe(seven);
    expect(earliestSlot([daily, instant], loud, 'Asia/Seoul', at)).toBeUndefined();
    expect(earliestSlot([daily], loud, 'Asia/Seoul', at)).toBe(eight);
  });
});

test('quiet hours end in the future, within a day, and are over then', () => {
  const times = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  const clock = fc.nat(1_439).map((n) => {
    const [hours, minutes] = [Math.floor(n / 60), n % 60].map((part) => String(part).padStart(2, '0'));
    return `${hours}:${minutes}`;
  });
  const zones = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
  );
  fc.assert(
    fc.property(times, clock, clock, zones, (time, from, to, zone) => {
      fc.pre(from !== to);
      const now = time.toISOString();
      const until = quietUntil({ from, to }, zone, now);
      if (until === undefined) return;
      const hours = (Date.parse(until) - time.getTime()) / 3_600_000;
      expect(hours).toBeGreaterThan(0);
      expect(hours).toBeLessThanOrEqual(25);
      expect(quietUntil({ from, to }, zone, until)).toBeUndefined();
    }),
  );
});
