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
    [' 2026-11-23T08:00:00,5Z ', '2026-11-23T08:00:00.000Z'],
    ['2026-11-23T08:00:00+09', '2026-11-22T23:00:00.000Z'],
    ['20261123T0800Z', '2026-11-23T08:00:00.000Z'],
    ['2026-11-23T24:00:00Z', '2026-11-24T00:00:00.000Z'],
    ['2026-11', '2026-11-01T00:00:00.000Z'],
    ['23 Nov 2026 08:00:00 +09:00', '2026-11-22T23:00:00.000Z'],
    ['Mon, 23 Nov 2026 08:00:00 GMT+0900', '2026-11-22T23:00:00.000Z'],
    ['Mon, 23 Nov 2026 08:00:00 GMT+9', '2026-11-22T23:00:00.000Z'],
    ['Mon, 23 Nov 2026 08:00:00 GMT+9:00', '2026-11-22T23:00:00.000Z'],
    ['Mon, 23 Nov 2026 08:00:00 (KST)', '2026-11-22T23:00:00.000Z'],
    ['08:00 Nov 23, 2026', '2026-11-23T08:00:00.000Z'],
    ['2026.11.23 오전12:05', '2026-11-23T00:05:00.000Z'],
    ['2026년 11월 23일 월요일 08:00', '2026-11-23T08:00:00.000Z'],
    ['23 de noviembre de 2026', '2026-11-23T00:00:00.000Z'],
    ['segunda-feira, 23 de novembro de 2026 - 08:00', '2026-11-23T08:00:00.000Z'],
    ['23 d’abril de 2026', '2026-04-23T00:00:00.000Z'],
    ['23 tháng 11, 2026', '2026-11-23T00:00:00.000Z'],
    ['16th of November 2026', '2026-11-16T00:00:00.000Z'],
    ['06 Sep 98 08:00 GMT', '1998-09-06T08:00:00.000Z'],
    ['06 Sep 126 08:00 GMT', '2026-09-06T08:00:00.000Z'],
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
    '2026-11-23T10:60:00Z',
    '2026-11-23-05',
    '0001-01-01T00:00:00Z',
    '23 Nov',
    `Mon, 23 Nov 2026 08:00:00 GMT (${'x'.repeat(80)})`,
    '22013',
    'x'.repeat(101),
  ])('%s', (text) => {
    expect(parseFeedDate(text)).toBeUndefined();
  });
});

describe('noon in a zone is in UTC', () => {
  test.each([
    ['UT Z WET GMT', '12:00'],
    ['CET MEZ BST WEST', '11:00'],
    ['EET CEST MESZ SAST', '10:00'],
    ['MSK TRT EEST', '09:00'],
    ['IST +0530 UTC+5:30', '06:30'],
    ['WIB ICT +0700', '05:00'],
    ['HKT SGT AWST', '04:00'],
    ['KST JST Asia/Tokyo', '03:00'],
    ['AEST -1400', '02:00'],
    ['NST -03:30', '15:30'],
    ['NDT', '14:30'],
    ['BRT ART ADT', '15:00'],
    ['AST EDT', '16:00'],
    ['EST ET CDT America/New_York', '17:00'],
    ['CST CT MDT', '18:00'],
    ['MST MT PDT', '19:00'],
    ['PST PT AKDT', '20:00'],
    ['AKST', '21:00'],
    ['HST', '22:00'],
  ])('%s: %s', (zones, clock) => {
    for (const zone of zones.split(' '))
      expect(parseFeedDate(`23 Nov 2026 12:00 ${zone}`)?.slice(11, 16), zone).toBe(clock);
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
