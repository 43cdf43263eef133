/** The text of a date is the title, the instant stands beside it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFeedDate } from '../../core/feed/date.ts';

describe('read', () => {
  test.each([
    ['Mon, 23 Nov 2026 08:00:00 GMT', '2026-11-23T08:00:00.000Z'],
    ['Mon, 23 Nov 2026 08:00:00 +0900', '2026-11-22T23:00:00.000Z'],
    ['Mon, 23 Nov 26 08:00 EST', '2026-11-23T13:00:00.000Z'],
    ['23 November 2026 08:00:00 PDT', '2026-11-23T15:00:00.000Z'],
    ['Mon, 23 Nov 2026 08:00:00 Asia/Seoul', '2026-11-22T23:00:00.000Z'],
    ['Mon, 06 Jul 2026 08:00:00 Europe/Paris', '2026-07-06T06:00:00.000Z'],
    ['Mon, 23 Nov 2026 08:00:00 +0100 (CET)', '2026-11-23T07:00:00.000Z'],
    ['Mon Nov 23 08:00:00 2026', '2026-11-23T08:00:00.000Z'],
    ['Mon Nov 23 08:00:00 +0000 2026', '2026-11-23T08:00:00.000Z'],
    ['2026-11-23T08:00:00Z', '2026-11-23T08:00:00.000Z'],
    ['2026-11-23T08:00:00.123+01:00', '2026-11-23T07:00:00.000Z'],
    ['2026-11-23T08:00', '2026-11-23T08:00:00.000Z'],
    ['2026-11-23 08:00:00 KST', '2026-11-22T23:00:00.000Z'],
    ['20261123T080000Z', '2026-11-23T08:00:00.000Z'],
    ['2026-11', '2026-11-01T00:00:00.000Z'],
    ['2026.11.23 오후 3:05', '2026-11-23T15:05:00.000Z'],
    ['2026年11月23日 08:00', '2026-11-23T08:00:00.000Z'],
    ['2026년 11월 23일 08:00', '2026-11-23T08:00:00.000Z'],
    ['mar., 01 déc. 2026 16:11:02 +0000', '2026-12-01T16:11:02.000Z'],
    ['Do, 29 Mär 2026 00:00:00 +0200', '2026-03-28T22:00:00.000Z'],
    ['Lundi, 16. Novembre 2026 - 15:54', '2026-11-16T15:54:00.000Z'],
    ['23 ноября 2026 08:00', '2026-11-23T08:00:00.000Z'],
    ['Monday, November 23, 2026, 11:12 PM EST', '2026-11-24T04:12:00.000Z'],
    ['Jan. 4, 2026, 12:37 p.m.', '2026-01-04T12:37:00.000Z'],
    ['12:05 AM, 4 January 2026', '2026-01-04T00:05:00.000Z'],
    ['11/23/2026 4:20 pm PST', '2026-11-24T00:20:00.000Z'],
    ['23/11/2026', '2026-11-23T00:00:00.000Z'],
    ['Nov. 2026', '2026-11-01T00:00:00.000Z'],
    ['1795420800', '2026-11-23T08:00:00.000Z'],
    [' \n Mon,\n 23 Nov 2026\n 08:00:00 +0000\n', '2026-11-23T08:00:00.000Z'],
  ])('%s', (text, instant) => {
    expect(parseFeedDate(text)).toBe(instant);
  });
});

describe('no date, rather than a guess', () => {
  test.each([
    '',
    'yesterday',
    'Mon, 16 zzz 2026 11:47:32 GMT',
    'Mon, 99 Jun 2026 12:00:00 GMT',
    'Mon, 31 Feb 2026 12:00:00 GMT',
    'Mon, 16 Nov 2026 1:2:3:4 GMT',
    'Mon, 16 Nov 2026 11:47:32 NOWHERE',
    '2026-11-23T25:00:00Z',
    '2026-11-23T10:14:61Z',
    '2026-11-23T11:30:00-06:00Textra',
    '2026-13-01',
    '22013',
    'x'.repeat(101),
  ])('%s', (text) => {
    expect(parseFeedDate(text)).toBeUndefined();
  });
});

test('every time that can be written as RFC 822 or ISO 8601 is read back', () => {
  const times = fc.date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(times, (time) => {
      const seconds = new Date(Math.trunc(time.getTime() / 1000) * 1000).toISOString();
      expect(parseFeedDate(time.toUTCString())).toBe(seconds);
      expect(parseFeedDate(time.toISOString())).toBe(seconds);
    }),
  );
});

test('any text gives a time or undefined', () => {
  const pieces = fc.constantFrom(
    'Mon',
    ',',
    ' ',
    '23',
    'Nov',
    '2026',
    '08:00',
    ':',
    'PM',
    '+0900',
    'GMT',
    '-',
    '/',
    '年',
    '99',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (words) => {
      const time = parseFeedDate(words.join(''));
      if (time !== undefined) expect(new Date(time).toISOString()).toBe(time);
    }),
    { numRuns: 2_000 },
  );
});
