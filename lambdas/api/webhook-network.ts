/**
 * Where a webhook's name leads when it is registered: its text may be public and its address private. SNS connects to
 * it later, from a network that is not ours, so a name that nobody knows yet is taken: it cannot be confirmed.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { PrivateUrlError } from '../../core/public-url.ts';
import { FetchError } from '../fetch/fetch-error.ts';
import { bareHost, publicAddresses, publicNetwork } from '../fetch/public-request.ts';
import type { NewChannel } from './address.ts';
import { ApiProblem } from './problems.ts';
import { settings } from './settings.ts';

/** A resolver that is silent for so long keeps nobody waiting. */
const RESOLVE_MS = 2_000;

/**
 * @param pointer where the address stands in the body of the request
 * @throws ApiProblem `invalid-body` when one of the addresses of its name is not public
 */
export async function refusePrivateWebhook({ kind, address }: NewChannel, pointer: string): Promise<void> {
  if (kind !== 'webhook') return;
  const silence = new AbortController();
  const { signal } = silence;
  const resolved = publicAddresses(bareHost(new URL(address).hostname), {
    network: publicNetwork,
    loopback: settings.loopback,
  });
  try {
    await Promise.race([resolved, delay(RESOLVE_MS, undefined, { signal })]);
  } catch (error) {
    if (error instanceof FetchError) return;
    if (!(error instanceof PrivateUrlError)) throw error;
    throw new ApiProblem('invalid-body', { errors: [{ pointer, detail: error.message }] });
  } finally {
    silence.abort();
  }
}
