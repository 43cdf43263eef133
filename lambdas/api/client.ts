/**
 * Who asks, for limits: an IPv4 address, or the /64 network of an IPv6 address, of which a customer has one or
 * more and a bot as many addresses as it likes.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import ipaddr from 'ipaddr.js';
import { settings } from './settings.ts';

/** What our own CDN sends; anybody else may write what they like into `x-forwarded-for`. */
const SECRET_HEADER = 'x-origin-secret';
/** An IPv4 or IPv6 address, set by `lib/viewer-address.js`. */
const VIEWER_HEADER = 'x-viewer-address';

/** @returns the network in one spelling, such as `198.51.100.7` or `2001:db8:0:1::/64` */
export function clientOf({ headers, requestContext }: APIGatewayProxyEventV2): string {
  const viewer = cameThroughOurCdn(headers) ? headers[VIEWER_HEADER] : undefined;
  return networkOf(viewer ?? requestContext.http.sourceIp);
}

function cameThroughOurCdn(headers: APIGatewayProxyEventV2['headers']): boolean {
  if (settings.originSecret === '') return false;
  return equalsInConstantTime(headers[SECRET_HEADER] ?? '', settings.originSecret);
}

/** Takes as long for any two texts: hashes have one length. */
export function equalsInConstantTime(given: string, secret: string): boolean {
  const [one, other] = [given, secret].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(one!, other!);
}

export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return 'unknown';
  const address = ipaddr.process(ip);
  if (address instanceof ipaddr.IPv4) return address.toString();
  const network = [...address.toByteArray().slice(0, 8), ...new Array(8).fill(0)];
  return `${ipaddr.fromByteArray(network)}/64`;
}
