import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestSlot, type Schedule } from '../../core/delivery/digest-slot.ts';

const slots: readonly [frequency: 'hourly' | 'daily', zone: string, after: string, slot: string][] = [
  ['hourly', 'UTC', '2026-11-23T08:00:00.000Z', '2026-11-23T09:00:00.000Z'],
  ['hourly', 'UTC', '2026-11-23T08:59:59.999Z', '2026-11-23T09:00:00.000Z'],
  ['hourly', 'Asia/Seoul', '2026-11-23T08:30:00.000Z', '2026-11-23T09:00:00.000Z'],
  ['hourly', 'Asia/Kolkata', '2026-11-23T08:31:00.000Z', '2026-11-23T09:30:00.000Z'],
  ['hourly', 'Asia/Kathmandu', '2026-11-23T08:00:00.000Z', '2026-11-23T08:15:00.000Z'],
  // Lord Howe's clocks go back by half an hour, 02:00 to 01:30 (15:00Z), so that 01:30 to 02:00 comes twice.
  ['hourly', 'Australia/Lord_Howe', '2026-04-04T14:40:00.000Z', '2026-04-04T15:30:00.000Z'],
  ['daily', 'UTC', '2026-11-23T07:59:59.999Z', '2026-11-23T08:00:00.000Z'],
  ['daily', 'UTC', '2026-11-23T08:00:00.000Z', '2026-11-24T08:00:00.000Z'],
  ['daily', 'Asia/Seoul', '2026-11-23T08:00:00.000Z', '2026-11-23T23:00:00.000Z'],
  ['daily', 'America/New_York', '2026-03-07T14:00:00.000Z', '2026-03-08T12:00:00.000Z'],
  ['daily', 'America/New_York', '2026-10-31T13:00:00.000Z', '2026-11-01T13:00:00.000Z'],
  ['daily', 'Europe/Berlin', '2026-03-28T08:00:00.000Z', '2026-03-29T06:00:00.000Z'],
  ['daily', 'Europe/Berlin', '2026-10-24T07:00:00.000Z', '2026-10-25T07:00:00.000Z'],
  ['daily', 'Australia/Lord_Howe', '2026-10-02T22:00:00.000Z', '2026-10-03T21:00:00.000Z'],
  // Samoa skipped the whole of 30 December 2011.
  ['daily', 'Pacific/Apia', '2011-12-29T18:30:00.000Z', '2011-12-30T18:00:00.000Z'],
];

test.each(slots)('%s in %s after %s: %s', (frequency, zone, after, slot) => {
  expect(digestSlot({ frequency }, zone, after)).toBe(slot);
});

test('a zone that is none is an error', () => {
  expect(() => digestSlot({ frequency: 'daily' }, 'Mars/Olympus', '2026-11-23T08:00:00.000Z')).toThrow(
    RangeError,
  );
});

type Wanted = Omit<Schedule, 'frequency'>;
const wantedSlots: readonly [given: Wanted, zone: string, after: string, slot: string][] = [
  // Monday at eight, unless something else is wanted. 23 November 2026 is a Monday.
  [{}, 'UTC', '2026-11-23T07:59:59.999Z', '2026-11-23T08:00:00.000Z'],
  [{}, 'UTC', '2026-11-23T08:00:00.000Z', '2026-11-30T08:00:00.000Z'],
  [{ digestDay: 7, digestTime: '18:30' }, 'UTC', '2026-11-23T08:00:00.000Z', '2026-11-29T18:30:00.000Z'],
  [
    { digestDay: 1, digestTime: '00:00' },
    'Asia/Seoul',
    '2026-11-22T14:59:59.999Z',
    '2026-11-22T15:00:00.000Z',
  ],
  [{ digestDay: 2 }, 'America/New_York', '2026-11-23T08:00:00.000Z', '2026-11-24T13:00:00.000Z'],
  // Berlin's clocks skip 02:00 to 03:00 on Sunday, 29 March 2026, and repeat it on 25 October.
  [
    { digestDay: 7, digestTime: '02:30' },
    'Europe/Berlin',
    '2026-03-28T12:00:00.000Z',
    '2026-03-29T01:30:00.000Z',
  ],
  [
    { digestDay: 7, digestTime: '02:30' },
    'Europe/Berlin',
    '2026-10-24T12:00:00.000Z',
    '2026-10-25T00:30:00.000Z',
  ],
  // Between the first half past two and the second, the time of that Sunday is over.
  [
    { digestDay: 7, digestTime: '02:30' },
    'Europe/Berlin',
    '2026-10-25T01:00:00.000Z',
    '2026-11-01T01:30:00.000Z',
  ],
  // New York, 8 March and 1 November 2026.
  [
    { digestDay: 7, digestTime: '02:15' },
    'America/New_York',
    '2026-03-07T12:00:00.000Z',
    '2026-03-08T07:15:00.000Z',
  ],
  [
    { digestDay: 7, digestTime: '01:15' },
    'America/New_York',
    '2026-10-31T12:00:00.000Z',
    '2026-11-01T05:15:00.000Z',
  ],
  // Samoa had no Friday, 30 December 2011.
  [{ digestDay: 5 }, 'Pacific/Apia', '2011-12-29T00:00:00.000Z', '2012-01-05T18:00:00.000Z'],
  [{ digestDay: 5 }, 'Pacific/Apia', '2011-12-30T00:00:00.000Z', '2012-01-05T18:00:00.000Z'],
];

test.each(wantedSlots)('weekly %j in %s after %s: %s', (given, zone, after, slot) => {
  expect(digestSlot({ frequency: 'weekly', ...given }, zone, after)).toBe(slot);
});

test('daily at a time of day', () => {
  const at = { frequency: 'daily', digestTime: '18:30' } as const;
  expect(digestSlot(at, 'Asia/Kolkata', '2026-11-23T12:59:00.000Z')).toBe('2026-11-23T13:00:00.000Z');
});

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Apia',
];

test('a slot is in the future, not far, and at its time on the local clock', () => {
  const times = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  const frequencies = fc.constantFrom('hourly' as const, 'daily' as const);
  fc.assert(
    fc.property(times, frequencies, fc.constantFrom(...zones), (time, frequency, zone) => {
      const slot = Date.parse(digestSlot({ frequency }, zone, time.toISOString())!);
      expect(slot).toBeGreaterThan(time.getTime());
      expect(slot - time.getTime()).toBeLessThanOrEqual((frequency === 'daily' ? 25 : 1.5) * 3_600_000);
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'medium' }).format(slot);
      expect(clock).toMatch(frequency === 'daily' ? /^08:00:00$/ : /:00:00$/);
    }),
  );
});
