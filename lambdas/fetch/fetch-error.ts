/** Why a URL could not be fetched. Answers of the server, 404 and 500 included, are values, not errors. */

import { PrivateUrlError } from '../../core/public-url.ts';

export type FetchFault =
  | 'private-address'
  | 'dns'
  | 'connection'
  | 'tls'
  | 'timeout'
  | 'too-many-redirects'
  | 'too-large'
  | 'bad-encoding';

export class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly reason: FetchFault;

  constructor(reason: FetchFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** Gives an error of Node's network stack its reason; the original is the cause. */
export function toFetchError(error: unknown): FetchError {
  if (error instanceof FetchError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new FetchError(faultOf(error), message, { cause: error });
}

/** Node tells network errors apart by `code`, and aborted requests by `name`. */
function faultOf(error: unknown): FetchFault {
  if (error instanceof PrivateUrlError) return 'private-address';
  const { name, code = '' } = error as { name?: string; code?: string };
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ETIMEDOUT') return 'timeout';
  if (code === 'HPE_HEADER_OVERFLOW') return 'too-large';
  if (/CERT|^ERR_SSL|^ERR_TLS|^UNABLE_TO_|^EPROTO$/.test(code)) return 'tls';
  return 'connection';
}
