/**
 * The one HTTP client for what publishers serve, feeds and article pages alike. It reaches public addresses
 * only, on every redirect, and takes neither more time nor more bytes than its limits.
 *
 *     const { status, headers, body } = await fetchUrl('https://example.com/feed', {
 *       userAgent: 'Tocsin/1.0 (+https://example.org/contact)',
 *       headers: { accept: 'application/rss+xml', 'if-none-match': '"1"' },
 *     });
 */

import type { IncomingMessage } from 'node:http';
import type { Loopback } from '../../core/public-url.ts';
import { FetchError, toFetchError } from './fetch-error.ts';
import { type Network, publicNetwork, requestPublicUrl } from './public-request.ts';
import { ACCEPTED_ENCODINGS, readBody } from './response-body.ts';

export interface FetchLimits {
  /** Milliseconds for everything, redirects and body included. */
  readonly totalMs: number;
  /** Milliseconds from asking for the name's address to the last header, for each redirect anew. */
  readonly firstByteMs: number;
  /** Bytes of the decoded body, and bytes on the wire. */
  readonly bytes: number;
  readonly redirects: number;
}

export interface FetchOptions {
  /** Tells publishers who asks, and whom to write to. */
  readonly userAgent: string;
  /** Lower-case names. Another host than the first sees of them only what it may accept. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly limits?: Partial<FetchLimits>;
  /** `allow` lets loopback addresses through, nothing else; default `refuse`. */
  readonly loopback?: Loopback;
  readonly network?: Network;
}

export interface Redirect {
  /** 301, 302, 303, 307 or 308. */
  readonly status: number;
  /** Where it led to, absolute. */
  readonly url: string;
}

export interface Fetched {
  /** Whatever the server said: 304, 4xx and 5xx are answers, not errors. */
  readonly status: number;
  /** Where the answer came from, after the redirects. */
  readonly url: string;
  /** Lower-case names; repeated ones are joined by commas. Without Set-Cookie: Tocsin keeps no cookies. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly redirects: readonly Redirect[];
}

export const DEFAULT_LIMITS: FetchLimits = {
  totalMs: 20_000,
  firstByteMs: 10_000,
  bytes: 10 * 1024 * 1024,
  redirects: 5,
};

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * GETs a URL and follows its redirects.
 *
 * @throws FetchError with the reason, for all that is no answer of a public server
 */
export async function fetchUrl(url: string, options: FetchOptions): Promise<Fetched> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const signal = AbortSignal.timeout(limits.totalMs);
  try {
    return await unlessAborted(follow(url, options, limits, signal), signal);
  } catch (error) {
    throw toFetchError(error);
  }
}

async function follow(start: string, options: FetchOptions, limits: FetchLimits, signal: AbortSignal) {
  const redirects: Redirect[] = [];
  let url = start;
  let headers = requestHeaders(options);
  for (;;) {
    const response = await firstBytes(url, { ...options, headers }, limits, signal);
    const next = redirectTarget(response, url);
    if (next === undefined) return await toFetched(response, url, redirects, limits);
    response.destroy();
    if (redirects.length === limits.redirects) {
      throw new FetchError('too-many-redirects', `More than ${limits.redirects} redirects`);
    }
    redirects.push({ status: response.statusCode!, url: next });
    if (new URL(next).hostname !== new URL(url).hostname) headers = publicHeaders(headers);
    url = next;
  }
}

async function firstBytes(
  url: string,
  { headers = {}, loopback = 'refuse', network = publicNetwork }: FetchOptions,
  limits: FetchLimits,
  total: AbortSignal,
): Promise<IncomingMessage> {
  const late = new AbortController();
  const timer = setTimeout(
    () => late.abort(new FetchError('timeout', `No answer within ${limits.firstByteMs} ms`)),
    limits.firstByteMs,
  );
  const signal = AbortSignal.any([total, late.signal]);
  try {
    return await unlessAborted(requestPublicUrl(url, { headers, loopback, network, signal }), signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Rejects with the signal's own reason: Node's resolver cannot be aborted, and its sockets hide the reason. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort));
}

function requestHeaders({ userAgent, headers }: FetchOptions): Record<string, string> {
  return { accept: '*/*', ...headers, 'accept-encoding': ACCEPTED_ENCODINGS, 'user-agent': userAgent };
}

/** Validators and credentials belong to the host that gave them. */
function publicHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith('accept') || name === 'user-agent'),
  );
}

function redirectTarget({ statusCode, headers }: IncomingMessage, url: string): string | undefined {
  if (!REDIRECTS.has(statusCode!) || headers.location === undefined) return undefined;
  const target = URL.parse(headers.location, url);
  if (!target) throw new FetchError('connection', 'Redirected to what is no URL');
  target.hash = '';
  return target.href;
}

async function toFetched(
  response: IncomingMessage,
  url: string,
  redirects: readonly Redirect[],
  limits: FetchLimits,
): Promise<Fetched> {
  const { 'set-cookie': _, ...headers } = response.headers;
  const body = await readBody(response, limits.bytes);
  return { status: response.statusCode!, url, headers: headers as Record<string, string>, body, redirects };
}
