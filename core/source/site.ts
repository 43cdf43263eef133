/**
 * Whose host it is, told by its name alone: feeds and pages of one publisher often come from different hosts.
 *
 *     siteOf('feeds.bbci.co.uk')   // 'bbci.co.uk'
 */

/** Second labels under which a country's publishers register: `co.uk`, `com.au`, `or.kr`. */
const shared = /^(?:co|com|net|org|or|ne|go|gov|gob|ac|edu|re|pe|gr|lg|id|info|nom|press)$/;

/** @param host a host name, or an address, which is a site of its own */
export function siteOf(host: string): string {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  const last = labels.at(-1)!;
  if (/^\d+$/.test(last) || host.includes(':')) return host;
  const isShared = last.length === 2 && shared.test(labels.at(-2) ?? '');
  return labels.slice(isShared ? -3 : -2).join('.');
}
