/**
 * Where a webhook's name leads when it is registered: its text may be public and its address private. SNS connects to
 * it later, from a network that is not ours, so a name that nobody knows yet is taken: it cannot be confirmed.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { PrivateUrlError, refusePrivateAddress } from '../../core/public-url.ts';
import { publicNetwork } from '../public-request.ts';
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
  try {
    for (const ip of await addressesOf(new URL(address).hostname))
      refusePrivateAddress(ip, settings.loopback);
  } catch (error) {
    if (!(error instanceof PrivateUrlError)) throw error;
    throw new ApiProblem('invalid-body', { errors: [{ pointer, detail: error.message }] });
  }
}

async function addressesOf(hostname: string): Promise<readonly string[]> {
  const late = new AbortController();
  const nothing = delay(RESOLVE_MS, [], { signal: late.signal }).catch(() => []);
  const resolved = publicNetwork.resolve(hostname.replace(/^\[|\]$/g, '')).catch(() => []);
  return Promise.race([resolved, nothing]).finally(() => late.abort());
}
