/** Times as a message shows them. */

/**
 * `Mon, 23 Nov 2026, 17:00 GMT+9`
 *
 * @param timeZone IANA name
 */
export function localTime(time: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return format.format(Date.parse(time));
}
