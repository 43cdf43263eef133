/** What every service makes of a signed request, so that one server can check, carry out and answer it. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { ServiceError } from './service-error.ts';

/** Something a caller needs to be allowed: `sqs:SendMessage` on an ARN. */
export interface Grant {
  readonly action: string;
  /** ARN, `*` or a phone number. */
  readonly resource: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Error code, where the service refused. */
  readonly error?: string;
}

export interface WireRequest {
  readonly caller: string;
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Fires when the client went away. */
  readonly signal: AbortSignal;
}

export interface WireCall {
  readonly action: string;
  readonly grants: readonly Grant[];
  carryOut(): Answer | Promise<Answer>;
}

export interface WireService {
  /** Reads the request. Throws ServiceError where it is none of the service's operations. */
  read(request: WireRequest): WireCall;
  /** The service's own form of an error. */
  refuse(error: ServiceError): Answer;
}

export interface Credential {
  /** Access key. */
  readonly caller: string;
  readonly service: string;
}

/** Who calls which service, by the signature's credential scope; undefined where the request is not signed. */
export function credentialOf(headers: IncomingHttpHeaders): Credential | undefined {
  const scope = /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/\d{8}\/[^/,\s]+\/([^/,\s]+)\/aws4_request\b/.exec(
    headers.authorization ?? '',
  );
  return scope ? { caller: scope[1]!, service: scope[2]! } : undefined;
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
