/**
 * Signing up and in, for people we know nothing of yet. Whoever asks learns nothing about an address: what
 * there is to say is sent to the address, and the answer is the same, after the same time, whether it is known,
 * waits for its confirmation, or is a stranger's.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { PersonalChannel } from '../../core/model.ts';
import { addressOf } from '../address-key.ts';
import type { NewChannel, Reachable } from './address.ts';
import { refreshChannel } from './channel-life.ts';
import { readChannel, readOwner, updateChannel } from './channel-store.ts';
import { redeemCode } from './code-store.ts';
import { limits, refuseMoreThan, refuseWhenManyPending } from './limits.ts';
import { makeSubscriber, type NewSubscriber } from './new-subscriber.ts';
import { ApiProblem } from './problems.ts';
import { sendCode } from './send-code.ts';

/** More than any of the ways takes as a rule. */
const SAME_TIME_MS = 700;

export const sent = {
  status: 202 as const,
  body: { message: 'If this address can be used, a message is on its way to it. Follow what it says.' },
};

/** @throws ApiProblem `invalid-body`, `too-many-requests` */
export async function signUp(wanted: NewSubscriber, client: string, now: string): Promise<typeof sent> {
  const channel = onlyReachable(wanted.channels);
  await refuseManyRequests(channel, client, now);
  await inSameTime(async () => {
    const known = await readKnown(channel);
    if (known) return remind(known, now);
    try {
      const { channels } = await makeSubscriber(wanted, 'by-code', now);
      for (const made of channels) if (made.kind === 'sms') await sendCode(made, now);
    } catch (error) {
      // Somebody else signed up with it at the same moment.
      if (!(error instanceof ApiProblem && error.slug === 'address-taken')) throw error;
    }
  });
  return sent;
}

function onlyReachable([first, ...others]: readonly NewChannel[]): Reachable {
  if (first && first.kind !== 'webhook' && others.length === 0) return first;
  const errors = [{ pointer: '/channels', detail: 'Sign up with one e-mail address or phone number' }];
  throw new ApiProblem('invalid-body', { errors });
}

/** Sends a code, or once more the request to confirm. @throws ApiProblem `too-many-requests` */
export async function askForCode(address: Reachable, client: string, now: string): Promise<typeof sent> {
  await refuseManyRequests(address, client, now);
  await inSameTime(async () => {
    const known = await readKnown(address);
    if (known) await remind(known, now);
  });
  return sent;
}

/** The client first: what it is refused costs the address none of its turns. */
export async function refuseManyRequests(
  { kind, address }: NewChannel,
  client: string,
  now: string,
): Promise<void> {
  const who = `${kind} ${addressOf(kind, address)}`;
  await refuseMoreThan(limits.requestsOfClient, client, now);
  await refuseMoreThan(limits.requestsOfAddress, who, now);
  await refuseMoreThan(limits.requestsOfAddressADay, who, now);
  if (kind !== 'sms') await refuseWhenManyPending(now);
}

async function readKnown({ kind, address }: Reachable): Promise<PersonalChannel | undefined> {
  const owner = await readOwner(kind, address);
  return owner && readChannel(owner.subscriberId, owner.channelId);
}

async function remind(channel: PersonalChannel, now: string): Promise<void> {
  const { state } = await refreshChannel(channel, now, { again: true });
  if (state === 'confirmed' || (state === 'pending' && channel.kind === 'sms')) await sendCode(channel, now);
}

/** The answer is not there before `SAME_TIME_MS`, whatever there was to do. */
export async function inSameTime<T>(work: () => Promise<T>): Promise<T> {
  const [done] = await Promise.all([work(), delay(SAME_TIME_MS)]);
  return done;
}

/**
 * Whoever has the code reads the address: a phone number is confirmed by it.
 *
 * @returns the channel whose code it was
 * @throws ApiProblem `wrong-code`, `too-many-requests`
 */
export async function enterCode(
  { kind, address }: Reachable,
  code: string,
  client: string,
  now: string,
): Promise<PersonalChannel> {
  await refuseMoreThan(limits.guessesOfClient, client, now);
  await refuseMoreThan(limits.guessesAtAddress, `${kind} ${addressOf(kind, address)}`, now);
  const owner = await redeemCode(kind, address, code, now);
  const channel = owner && (await readChannel(owner.subscriberId, owner.channelId));
  const confirmed = channel && (await updateChannel(channel, { state: 'confirmed', checkedAt: now }));
  if (!confirmed) throw wrongCode();
  return confirmed;
}

export function wrongCode(): ApiProblem {
  return new ApiProblem('wrong-code', { errors: [{ pointer: '/code', detail: 'Ask for a new one' }] });
}
