/**
 * Times as publishers write them: RFC 822 with its many variants, ISO 8601, and what was typed by hand in a dozen
 * languages. What cannot be read is no time at all, never a guess at one.
 *
 *     parseFeedDate('mar., 01 déc. 2020 16:11:02 +0000')   // '2020-12-01T16:11:02.000Z'
 */
import { foldWord, monthOf } from './month-names.ts';
import { zoneOffsetMinutes } from './time-zone.ts';

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const longest = 100;

/** @returns the time in ISO 8601, UTC, to the second; a time without a zone is taken as UTC */
export function parseFeedDate(text: string): string | undefined {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '' || line.length > longest) return undefined;
  if (/^(\d{10}|\d{13})$/.test(line)) return isoTime(Number(line.padEnd(13, '0')));
  return parseIso(line) ?? parseWords(line);
}

const isoForm =
  /^(\d{4})-?(\d{2}|0\d{2})?-?(\d{1,2})?(?:[T ]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)? ?(Z|[+-]\d{2}:?\d{2}|[+-]\d{2}|[A-Za-z/_]+)?$/i;

/** https://www.w3.org/TR/NOTE-datetime and its relatives: without dashes, a blank for the T, no seconds. */
function parseIso(line: string): string | undefined {
  const parts = isoForm.exec(line);
  if (!parts) return undefined;
  const [, year, month = '1', day = '1', hour = '0', minute = '0', second = '0', zone = 'Z'] = parts;
  if (/^\d{5,7}$/.test(line) || (parts[4] === undefined && /^[+-]\d\d$/.test(zone))) return undefined;
  return instant(
    { year: Number(year), month: Number(month), day: Number(day) },
    [hour, minute, second],
    zone,
  );
}

const clockForm = /(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?![\d:])\s*([ap]\.?m\b\.?)?/i;
const halfDayForm = /(오전|오후|午前|午後|上午|下午)\s*/;
const afternoon = /^p|오후|午後|下午/i;

function parseWords(line: string): string | undefined {
  const clock = clockForm.exec(line);
  const half = halfDayForm.exec(line);
  const outside = (clock ? line.replace(clock[0], ' \0 ') : line).replace(halfDayForm, ' ');
  if (outside.includes(':') && !/[+-]\d\d?:\d\d/.test(outside)) return undefined;
  const [before = '', after = ''] = outside.split('\0');
  const zone = clock ? zoneIn(after) : { name: 'Z', rest: '' };
  const day = dayIn(`${before} ${zone.rest}`);
  if (day === undefined) return undefined;
  return instant(day, clockHours(clock, half?.[1]), zone.name);
}

function clockHours(clock: RegExpExecArray | null, half: string | undefined): string[] {
  const [, hour = '0', minute = '0', second = '0', mark = half] = clock ?? [];
  if (mark === undefined) return [hour, minute, second];
  return [String((Number(hour) % 12) + (afternoon.test(mark) ? 12 : 0)), minute, second];
}

/** What follows the clock begins with the zone, or, as `asctime` has it, is the rest of the day. */
function zoneIn(after: string): { name: string; rest: string } {
  const found = /^\s*\(?([A-Za-z]+[+-]\d{1,2}(?::?\d{2})?|[+-]\d{1,2}:?\d{2}|[A-Za-z][A-Za-z_/]*)\)?/.exec(
    after,
  );
  if (found === null) return { name: 'Z', rest: after };
  const name = found[1] as string;
  if (monthOf(name) !== undefined) return { name: 'Z', rest: after };
  return { name, rest: after.slice(found[0].length).replace(/\([^)]*\)/g, ' ') };
}

const monthInWords = /\p{L}[\p{L}\p{M}]*/gu;

function dayIn(text: string): Day | undefined {
  const words = [...text.matchAll(monthInWords)].map(([word]) => word);
  const numbers = [...text.matchAll(/\d+/g)].map(([digits]) => digits);
  const month = words.map(monthOf).findLast((found) => found !== undefined);
  if (month === undefined) return words.some(isUnknown) ? undefined : numericDay(text, numbers);
  return numbers.length <= 2 ? dayAndYear(numbers, month) : undefined;
}

/** A word that is no weekday, ordinal or unit stands where a month should: `16 zzz 2012`. */
function isUnknown(word: string, i: number): boolean {
  return (
    i > 0 && !/^(st|nd|rd|th|at|de|del|of|of|um|uhr|à|a|년|월|일|年|月|日|\p{L}요일)$/iu.test(foldWord(word))
  );
}

/** `16 … 2020`, `… 16, 2020`, `2020 … 16`, `… 2020`. */
function dayAndYear(numbers: readonly string[], month: number): Day | undefined {
  const [first, second] = numbers;
  if (first === undefined) return undefined;
  if (second === undefined) return first.length === 4 ? { year: Number(first), month, day: 1 } : undefined;
  const [day, year] = first.length === 4 ? [second, first] : [first, second];
  return { year: fullYear(year), month, day: Number(day) };
}

/** `2020.11.16`, `26/06/2020`, `03/30/2020`: with a slash the month comes first where it can. */
function numericDay(text: string, numbers: readonly string[]): Day | undefined {
  if (numbers.length !== 3) return undefined;
  const [a, b, c] = numbers as [string, string, string];
  if (a.length === 4) return { year: Number(a), month: Number(b), day: Number(c) };
  const monthFirst = text.includes('/') && Number(a) <= 12;
  const [month, day] = monthFirst ? [a, b] : [b, a];
  return { year: fullYear(c), month: Number(month), day: Number(day) };
}

/** RFC 2822, 4.3. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 3) return year;
  return digits.length === 3 || year >= 50 ? 1900 + year : 2000 + year;
}

function instant({ year, month, day }: Day, clock: readonly string[], zone: string): string | undefined {
  const [hour = 0, minute = 0, second = 0] = clock.map(Number);
  const local = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59));
  const date = new Date(local);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists && hour !== 24) return undefined;
  if (year < 1000 || month > 12 || hour > 24 || minute > 59 || second > 60) return undefined;
  const offset = zoneOffsetMinutes(zone, local);
  return offset === undefined ? undefined : isoTime(local - offset * 60_000);
}

function isoTime(time: number): string | undefined {
  const seconds = Math.trunc(time / 1000) * 1000;
  return Math.abs(seconds) <= 8.64e15 ? new Date(seconds).toISOString() : undefined;
}
