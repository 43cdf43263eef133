/**
 * Which URLs Tocsin may be told to fetch, decided from the text alone. The URL is read once, by the WHATWG
 * parser that the fetcher uses too, so that `0x7f.1`, `2130706433`, full-width digits or a hidden user name
 * are seen as what would be connected to.
 *
 *     refusePrivateUrl('https://www.koreaherald.com/rss/newsAll');  // returns
 *     refusePrivateUrl('http://0177.1/');                           // throws PrivateUrlError
 *
 * A public name may still resolve to a private address: the fetcher asks `refusePrivateAddress` about the one
 * that it connects to. Not public is everything that may lead into the network Tocsin runs in: loopback,
 * private, link-local with its metadata services, shared, multicast, reserved, and tunnels that carry an IPv4
 * address inside. Source: the IANA special-purpose address registries (RFC 6890), through ipaddr.js.
 */

import ipaddr from 'ipaddr.js';

/** Whether this machine itself may be reached: only when Tocsin is tried out on one machine. */
export type Loopback = 'refuse' | 'allow';

export type Refusal = 'malformed' | 'scheme' | 'credentials' | 'port' | 'host-name' | 'address';

/** A URL or an address that Tocsin does not connect to. The message is fit for the person who typed it. */
export class PrivateUrlError extends Error {
  override readonly name = 'PrivateUrlError';
  readonly reason: Refusal;

  constructor(reason: Refusal, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A source's URL is also a part of keys, and DynamoDB's are limited. */
const LONGEST_URL = 2048;

/** Unprivileged ports on which something other than HTTP listens (Fetch standard, "bad port"). */
const NOT_HTTP = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10080,
]);

/**
 * Top-level names that never lead to a public server: IANA's special-use names (RFC 6761, 7686, 8375, 9476),
 * those that RFC 6762, appendix G, and ICANN set aside for private networks, and what clusters and home
 * routers use without asking.
 */
const LOCAL_NAMES = new Set(
  `alt arpa consul corp docker domain example home internal intra intranet invalid kube lan local localdomain
   localhost mail onion private svc test workgroup`.split(/\s+/),
);

/**
 * @throws PrivateUrlError with the reason; returns when the URL may be fetched as far as its text tells
 */
export function refusePrivateUrl(url: string, { loopback = 'refuse' }: { loopback?: Loopback } = {}): void {
  const { protocol, username, password, port, hostname } = parseUnambiguous(url);
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new PrivateUrlError('scheme', 'Only http and https URLs can be fetched');
  }
  if (username !== '' || password !== '') {
    throw new PrivateUrlError('credentials', 'A URL must not contain a user name or password');
  }
  if (!isHttpPort(port)) {
    throw new PrivateUrlError('port', `Port ${port} is not for HTTP: use 80, 443 or one above 1023`);
  }
  refusePrivateHost(hostname, loopback);
}

/** Refuses what two parsers could read as two hosts: control characters and backslashes. */
function parseUnambiguous(url: string): URL {
  if (url.length > LONGEST_URL) {
    throw new PrivateUrlError('malformed', `A URL has at most ${LONGEST_URL} characters`);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\u0000-\u001f\u007f\\]/.test(url) || !URL.canParse(url)) {
    throw new PrivateUrlError('malformed', 'This is not a complete URL such as https://example.com/feed.xml');
  }
  return new URL(url);
}

function isHttpPort(port: string): boolean {
  const number = Number(port);
  return port === '' || number === 80 || number === 443 || (number >= 1024 && !NOT_HTTP.has(number));
}

function refusePrivateHost(hostname: string, loopback: Loopback): void {
  if (/^[\d.]+$|^\[/.test(hostname)) {
    refusePrivateAddress(hostname.replace(/^\[|\]$/g, ''), loopback);
    return;
  }
  const labels = hostname.replace(/\.$/, '').split('.');
  if (hostname.length > 254 || !labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label))) {
    throw new PrivateUrlError('malformed', `${hostname.slice(0, 80)} is not a host name`);
  }
  const last = labels.at(-1)!;
  if (last === 'localhost' && loopback === 'allow') return;
  if (labels.length === 1 || LOCAL_NAMES.has(last)) {
    throw new PrivateUrlError('host-name', `${hostname} is not a name on the public internet`);
  }
}

/** Global unicast (RFC 4291, section 2.4): IANA has handed out no public IPv6 address outside of it. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** Azure's host agent: an address from the public range that answers only inside, with secrets. */
const AZURE_HOST = '168.63.129.16';

/**
 * @param ip IPv4 or IPv6 in text, as a resolver or a parsed URL gives it, without brackets
 * @throws PrivateUrlError unless the address is public unicast (or loopback, where that is allowed)
 */
export function refusePrivateAddress(ip: string, loopback: Loopback = 'refuse'): void {
  if (!ipaddr.isValid(ip)) throw new PrivateUrlError('malformed', `${ip} is no IP address`);
  const kind = addressClass(ipaddr.parse(ip));
  if (kind === 'public' || (kind === 'loopback' && loopback === 'allow')) return;
  throw new PrivateUrlError('address', `${ip} is not a public address (${kind})`);
}

function addressClass(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  const range = address.range();
  if (range !== 'unicast') return range;
  if (address instanceof ipaddr.IPv6 && !address.match(GLOBAL_UNICAST)) return 'reserved';
  return address.toString() === AZURE_HOST ? 'reserved' : 'public';
}
