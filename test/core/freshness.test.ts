import { describe, expect, test } from 'vitest';
import { freshSeconds, type Headers, retryAfterSeconds } from '../../core/source/freshness.ts';

const now = new Date('2024-10-28T06:30:00Z');
const date = 'Mon, 28 Oct 2024 06:00:00 GMT';

const fresh: readonly [Headers, number][] = [
  [{}, 0],
  [{ 'cache-control': 'max-age=3600' }, 3600],
  [{ 'cache-control': 'public, max-age="60"' }, 60],
  [{ 'cache-control': 'Public,Max-Age=60, must-revalidate' }, 60],
  [{ 'cache-control': 's-maxage=600' }, 0],
  [{ 'cache-control': 's-maxage=600, max-age=30' }, 30],
  [{ 'cache-control': 'max-age=600', age: '500' }, 100],
  [{ 'cache-control': 'max-age=600', age: '700' }, 0],
  [{ 'cache-control': 'max-age=600', age: 'old' }, 600],
  [{ 'cache-control': 'max-age=600', age: '5 s' }, 600],
  [{ 'cache-control': 'max-age=600', age: '-5' }, 600],
  [{ 'cache-control': 'no-cache, max-age=600' }, 0],
  [{ 'cache-control': 'no-store' }, 0],
  [{ 'cache-control': 'max-age=-1' }, 0],
  [{ expires: 'Mon, 28 Oct 2024 07:00:00 GMT', date }, 3600],
  [{ expires: 'Mon, 28 Oct 2024 07:00:00 GMT' }, 1800],
  [{ expires: '0', date }, 0],
  [{ expires: 'never' }, 0],
  [{ expires: 'Mon, 28 Oct 2024 07:00:00 GMT', date, 'cache-control': 'max-age=60' }, 60],
];

describe('an answer is fresh for', () => {
  test.each(fresh)('%j: %i s', (headers, seconds) => expect(freshSeconds(headers, now)).toBe(seconds));
});

const retry: readonly [Headers, number | undefined][] = [
  [{}, undefined],
  [{ 'retry-after': '7200' }, 7200],
  [{ 'retry-after': ' 10 ' }, 10],
  [{ 'retry-after': 'Mon, 28 Oct 2024 12:00:00 GMT' }, 5.5 * 3600],
  [{ 'retry-after': 'Mon, 28 Oct 2024 12:00:00 GMT', date }, 6 * 3600],
  [{ 'retry-after': 'Mon, 28 Oct 2024 12:00:00 GMT', date: 'Mon, 28 Oct 2024 11:00:00 GMT' }, 5.5 * 3600],
  [{ 'retry-after': 'Sun, 27 Oct 2024 12:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '120s' }, undefined],
  [{ 'retry-after': 'Mon, 28 Oct 2024 12:00:00 +0000' }, 5.5 * 3600],
];

describe('a publisher asks to wait', () => {
  test.each(retry)('%j: %s s', (headers, seconds) => expect(retryAfterSeconds(headers, now)).toBe(seconds));
});
