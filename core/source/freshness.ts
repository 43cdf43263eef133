/**
 * How long a publisher asks to wait before the next poll, read from the headers of its answer. Header names are
 * lower-case; what cannot be read counts as absent.
 *
 *     freshSeconds({ 'cache-control': 'max-age=600', age: '60' }, now)   // 540
 */

export type Headers = Readonly<Record<string, string>>;

/** Seconds for which the answer stays fresh (RFC 9111, sections 4.2 and 5.2.2); 0 when it does not say. */
export function freshSeconds(headers: Headers, now: Date): number {
  const control = headers['cache-control'] ?? '';
  if (/\bno-(?:cache|store)\b/i.test(control)) return 0;
  const maxAge = /(?:^|[\s,])max-age="?(\d+)/i.exec(control)?.[1];
  const seconds =
    maxAge === undefined ? secondsUntil(headers.expires, headers.date, now) : Number(maxAge) - age(headers);
  return Math.max(0, seconds ?? 0);
}

function age(headers: Headers): number {
  return /^\d+$/.test(headers.age ?? '') ? Number(headers.age) : 0;
}

/**
 * Retry-After in seconds, as a number or as a date (RFC 9110, section 10.2.3). A date counts by the server's clock
 * or by ours, whichever waits longer.
 */
export function retryAfterSeconds(headers: Headers, now: Date): number | undefined {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  const waits = [secondsUntil(value, undefined, now), secondsUntil(value, headers.date, now)];
  const known = waits.filter((seconds) => seconds !== undefined);
  return known.length > 0 ? Math.max(0, ...known) : undefined;
}

function secondsUntil(date: string | undefined, from: string | undefined, now: Date): number | undefined {
  const end = Date.parse(date ?? '');
  const start = Date.parse(from ?? '');
  if (Number.isNaN(end)) return undefined;
  return Math.ceil((end - (Number.isNaN(start) ? now.getTime() : start)) / 1000);
}

/** A publisher's quiet hours hold a poll back for so long at most: news does not wait for the morning. */
const mostSkippedHours = 3;

/**
 * The time itself, or the next full hour that is not among those in which a publisher asks not to be polled.
 *
 * @param skipHours of the day, UTC (RSS 2.0, skipHours)
 */
export function afterSkipHours(time: Date, skipHours: readonly number[] = []): Date {
  let later = time;
  for (let n = 0; n < mostSkippedHours && skipHours.includes(later.getUTCHours()); n++) {
    later = new Date((Math.floor(later.getTime() / 3_600_000) + 1) * 3_600_000);
  }
  return later;
}
