/**
 * A channel from its making to its end. State first: the channel is written as `pending`, then its topic is
 * made, then the topic is noted. A crash between these is repaired by whoever looks next: reading the channel,
 * or making it again with the same address, finishes the work.
 */
import type { PersonalChannel } from '../../core/model.ts';
import { readChannelState, readSubscriptionState } from '../delivery/channel-state.ts';
import { newId } from '../new-id.ts';
import { countryOf, type NewChannel } from './address.ts';
import {
  isDecoy,
  putChannel,
  readChannel,
  readOwner,
  removeChannel,
  updateChannel,
} from './channel-store.ts';
import { closeTopic, openTopic } from './channel-topic.ts';
import { forgetCode } from './code-store.ts';
import { countPending } from './limits.ts';
import { leaveLists } from './list-members.ts';
import { ApiProblem, foundOr404 } from './problems.ts';
import { settings } from './settings.ts';
import { refusePrivateWebhook } from './webhook-network.ts';

/** Who says that a phone number may be texted: the operator vouches for it, anybody else enters a code first. */
export type Consent = 'vouched' | 'by-code';

/** @returns the channel as it is before its topic is made; a phone number needs none */
export function draftChannel(
  subscriberId: string,
  { kind, address }: NewChannel,
  consent: Consent,
  now: string,
  id = newId(),
): PersonalChannel {
  const made = { id, subscriberId, kind, address, createdAt: now };
  if (kind !== 'sms') return { ...made, state: 'pending' };
  const state = consent === 'vouched' ? 'confirmed' : 'pending';
  return { ...made, country: countryOf(address), state };
}

/**
 * Adds a channel, or finishes and returns the one the subscriber has with this address already.
 *
 * @throws ApiProblem `not-found`, `limit-reached`, `address-taken`, `invalid-body`
 */
export async function addChannel(
  subscriberId: string,
  wanted: NewChannel,
  consent: Consent,
  now: string,
  id?: string,
): Promise<{ channel: PersonalChannel; created: boolean }> {
  await refusePrivateWebhook(wanted, '/address');
  const draft = draftChannel(subscriberId, wanted, consent, now, id);
  const refused = await putChannel(draft);
  if (!refused) return { channel: await openChannel(draft, now), created: true };
  const owned = await findOwned(subscriberId, wanted);
  if (owned) return { channel: await refreshChannel(owned, now, { again: true }), created: false };
  if (refused.index === 2) throw addressTaken('/address');
  throw new ApiProblem(refused.itemExists ? 'limit-reached' : 'not-found');
}

async function findOwned(subscriberId: string, wanted: NewChannel): Promise<PersonalChannel | undefined> {
  const owner = await readOwner(wanted.kind, wanted.address);
  if (owner?.subscriberId !== subscriberId) return undefined;
  return readChannel(subscriberId, owner.channelId);
}

export function addressTaken(pointer: string): ApiProblem {
  return new ApiProblem('address-taken', {
    errors: [{ pointer, detail: 'Another subscriber has this address' }],
  });
}

/**
 * Makes the topic and subscribes the address; SNS then asks its reader to confirm.
 *
 * @param pointer where the address stands in the body of the request
 * @throws ApiProblem `invalid-body` when SNS does not take the address; the channel is then removed
 */
export async function openChannel(
  channel: PersonalChannel,
  now: string,
  pointer = '/address',
): Promise<PersonalChannel> {
  if (channel.kind === 'sms') return channel;
  await countPending(now);
  const topic = await openTopic(channel);
  if (!topic) {
    await closeChannel(channel);
    throw new ApiProblem('invalid-body', {
      errors: [{ pointer, detail: 'Amazon SNS does not take this address' }],
    });
  }
  const state = await readSubscriptionState({ ...channel, ...topic });
  const opened = await updateChannel(channel, { ...topic, state, checkedAt: now });
  if (!opened) await closeTopic({ ...channel, ...topic }); // removed meanwhile: nobody would find the topic
  return foundOr404(opened);
}

/**
 * Reads the channel's state from SNS and notes it.
 *
 * @param again subscribes the address again unless it is confirmed, which sends the confirmation once more
 */
export async function refreshChannel(
  channel: PersonalChannel,
  now: string,
  { again }: { again: boolean },
): Promise<PersonalChannel> {
  if (isDecoy(channel)) return refreshDecoy(channel, now);
  if (channel.kind === 'sms') return refreshPhone(channel, now);
  if (!channel.subscriptionArn) return openChannel(channel, now);
  const state = await readSubscriptionState(channel);
  if (again && state !== 'confirmed') return openChannel(channel, now);
  return foundOr404(await updateChannel(channel, { state, checkedAt: now }));
}

/** What SNS does with a subscription that nobody confirms: it is gone after 48 hours. A phone just waits. */
const PENDING_MS = 48 * 3_600_000;

async function refreshDecoy(channel: PersonalChannel, now: string): Promise<PersonalChannel> {
  const expired = channel.kind !== 'sms' && Date.parse(now) - Date.parse(channel.createdAt) > PENDING_MS;
  const change = { state: expired ? ('gone' as const) : ('pending' as const), checkedAt: now };
  return foundOr404(await updateChannel(channel, change));
}

/** Nothing may be asked about numbers where texts are off. */
async function refreshPhone(channel: PersonalChannel, now: string): Promise<PersonalChannel> {
  if (settings.smsCountries.size === 0) return channel;
  const state = await readChannelState(channel);
  return foundOr404(await updateChannel(channel, { state, checkedAt: now }));
}

/** The topic first: without its channel nobody would find it any more. */
export async function closeChannel(channel: PersonalChannel): Promise<void> {
  await closeOutside(channel);
  await removeChannel(channel);
}

/** What a channel has outside of its own item and its address. */
export async function closeOutside(channel: PersonalChannel): Promise<void> {
  if (isDecoy(channel)) return;
  if (channel.kind === 'sms') await leaveLists(channel.subscriberId, channel.id);
  else await closeTopic(channel);
  await forgetCode(channel);
}
