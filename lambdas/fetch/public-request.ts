/**
 * One GET request that can reach nothing but the public internet. The name is resolved once, every address is
 * checked, and the connection goes to one of those very addresses: an answer that changes between check and
 * connection (DNS rebinding) has no effect.
 */

import { lookup } from 'node:dns/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Loopback, refusePrivateAddress, refusePrivateUrl } from '../../core/public-url.ts';
import { FetchError } from './fetch-error.ts';

/** The machine's network; tests bring their own names and servers. */
export interface Network {
  /** Every address of a name, IPv4 and IPv6. */
  resolve(hostname: string): Promise<readonly string[]>;
  /** Opens the connection in the place of node:net and node:tls; must connect to what `lookup` answers. */
  connect?(options: { hostname: string; port: number; lookup: LookupFunction }): Duplex;
}

export const publicNetwork: Network = {
  resolve: async (hostname) => (await lookup(hostname, { all: true })).map(({ address }) => address),
};

export interface PublicRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly loopback: Loopback;
  readonly network: Network;
  readonly signal: AbortSignal;
}

/** Room for the policies and cookies that big publishers send; four times Node's default. */
const MAX_HEADER_BYTES = 65_536;

/**
 * @returns the response as soon as its headers are there; the caller reads or destroys the body
 * @throws PrivateUrlError, FetchError `dns`, or what Node throws when the connection fails or is aborted
 */
export async function requestPublicUrl(url: string, request: PublicRequest): Promise<IncomingMessage> {
  refusePrivateUrl(url, request);
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const host = bareHost(hostname);
  const addresses = await publicAddresses(host, request);
  request.signal.throwIfAborted();
  const connect = request.network.connect?.bind(request.network);
  return send({
    protocol,
    hostname: host,
    port: port || undefined,
    path: pathname + search,
    headers: request.headers,
    signal: request.signal,
    lookup: pinned(addresses),
    maxHeaderSize: MAX_HEADER_BYTES,
    ...(connect
      ? { createConnection: connect as http.RequestOptions['createConnection'] }
      : { agent: false }),
  });
}

/** The host of a URL as resolvers take it: without the brackets of IPv6 and the root's dot. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\.?\]?$/g, '');
}

/**
 * @param host a name or an address, as `bareHost` gives it
 * @returns every address of the name; all are public
 * @throws PrivateUrlError, FetchError `dns`
 */
export async function publicAddresses(
  host: string,
  { network, loopback }: Pick<PublicRequest, 'network' | 'loopback'>,
): Promise<readonly string[]> {
  if (isIP(host)) return [host];
  const addresses = await network.resolve(host).catch((cause: Error) => {
    throw new FetchError('dns', `${host} does not resolve: ${cause.message}`, { cause });
  });
  if (addresses.length === 0) throw new FetchError('dns', `${host} has no address`);
  for (const address of addresses) refusePrivateAddress(address, loopback);
  return addresses;
}

/** A resolver that knows the checked addresses only. */
function pinned(addresses: readonly string[]): LookupFunction {
  const answers = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, { all }, callback) =>
    all ? callback(null, answers) : callback(null, answers[0]!.address, answers[0]!.family);
}

function send(options: http.RequestOptions): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const { request } = options.protocol === 'https:' ? https : http;
  request(options).on('response', resolve).on('error', reject).end();
  return promise;
}
