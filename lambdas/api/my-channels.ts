/** A subscriber's own channels. An address that is somebody else's looks like one that nobody has confirmed. */
import * as z from 'zod/mini';
import type { PersonalChannel } from '../../core/model.ts';
import { addressKey, addressOf } from '../address-key.ts';
import { type NewChannel, newChannel } from './address.ts';
import { addChannel, closeChannel, draftChannel, refreshChannel } from './channel-life.ts';
import {
  isDecoy,
  putDecoy,
  readChannel,
  readChannels,
  readOwner,
  setQuietHours,
  updateChannel,
  type VersionedChannel,
} from './channel-store.ts';
import { channel, quietHours } from './channels.ts';
import { code, redeemCode } from './code-store.ts';
import { endpoint } from './endpoint.ts';
import { changeAtVersion, toEtag } from './etag.ts';
import { limits, refuseMoreThan, refuseWhenManyPending } from './limits.ts';
import { ApiProblem, foundOr404 } from './problems.ts';
import { sendCode } from './send-code.ts';
import { inSameTime, wrongCode } from './sign-in.ts';
import { versionOf } from './versioned-update.ts';
import { forgetChannel } from './watch-channels.ts';

/** Adds it, or shows one that looks as if it waited for its confirmation. */
async function addOwnChannel(subscriberId: string, wanted: NewChannel, now: string) {
  const decoy = await findDecoy(subscriberId, wanted);
  if (decoy) {
    if (await readOwner(wanted.kind, wanted.address)) {
      return { channel: await refreshChannel(decoy, now, { again: true }), created: false };
    }
    await closeChannel(decoy);
  }
  try {
    const { channel, created } = await addChannel(subscriberId, wanted, 'by-code', now, decoy?.id);
    if (channel.kind === 'sms' && channel.state === 'pending') await sendCode(channel, now);
    return { channel, created: created && !decoy };
  } catch (error) {
    if (!(error instanceof ApiProblem && error.slug === 'address-taken')) throw error;
    return { channel: await addDecoy(subscriberId, wanted, now), created: true };
  }
}

async function findDecoy(subscriberId: string, wanted: NewChannel): Promise<PersonalChannel | undefined> {
  const { pk } = addressKey(wanted.kind, wanted.address);
  const channels = await readChannels(subscriberId);
  return channels.find((one) => isDecoy(one) && addressKey(one.kind, one.address).pk === pk);
}

async function addDecoy(subscriberId: string, wanted: NewChannel, now: string): Promise<PersonalChannel> {
  const draft = draftChannel(subscriberId, wanted, 'by-code', now);
  const decoy = draft.kind === 'sms' ? draft : { ...draft, checkedAt: now };
  const refused = await putDecoy(decoy);
  if (refused) throw new ApiProblem(refused.itemExists ? 'limit-reached' : 'not-found');
  return decoy;
}

/** @throws ApiProblem `last-channel` when no other would reach the subscriber */
async function refuseLast(subscriberId: string, { id, state }: PersonalChannel): Promise<void> {
  if (state !== 'confirmed') return;
  const others = (await readChannels(subscriberId)).filter((other) => other.id !== id);
  if (others.some((other) => other.state === 'confirmed')) return;
  const detail =
    'Without it no alert reaches you, and no code to sign in with. Add another first, or repeat with `?last=true`';
  throw new ApiProblem('last-channel', { detail });
}

const tagged = (found: VersionedChannel) => ({
  headers: { etag: toEtag(versionOf(found)) },
  body: found,
});

export const myChannelEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/me/channels',
    idempotent: true,
    role: 'subscriber',
    summary: 'Add a channel; a phone is sent a code, an e-mail address or webhook a request to confirm',
    success: [201, 200],
    body: newChannel,
    answer: channel,
    problems: ['not-found', 'limit-reached', 'too-many-requests', 'conflict'],
    work: async ({ subscriberId, body, now }) => {
      await refuseMoreThan(limits.channelsOfSubscriber, subscriberId, now);
      await refuseMoreThan(
        limits.requestsOfAddress,
        `${body.kind} ${addressOf(body.kind, body.address)}`,
        now,
      );
      if (body.kind !== 'sms') await refuseWhenManyPending(now);
      const { channel, created } = await inSameTime(() => addOwnChannel(subscriberId, body, now));
      const headers = { location: `/v1/me/channels/${channel.id}` };
      return created ? { headers, body: channel } : { status: 200, body: channel };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/me/channels',
    role: 'subscriber',
    summary: 'All channels, as last known',
    success: [200],
    answer: z.object({ items: z.array(channel) }),
    problems: [],
    work: async ({ subscriberId }) => ({ body: { items: await readChannels(subscriberId) } }),
  }),
  endpoint({
    method: 'GET',
    path: '/v1/me/channels/{channelId}',
    role: 'subscriber',
    summary: 'One channel, with its state read from SNS now',
    success: [200],
    answer: channel,
    problems: ['not-found'],
    work: async ({ subscriberId, params, now }) => {
      const found = foundOr404(await readChannel(subscriberId, params.channelId));
      return tagged(await refreshChannel(found, now, { again: false }));
    },
  }),
  endpoint({
    method: 'PATCH',
    path: '/v1/me/channels/{channelId}',
    role: 'subscriber',
    summary: 'Set the hours in which a channel is quiet; `null` for none',
    success: [200],
    body: z.strictObject({ quietHours: z.nullable(quietHours) }),
    answer: channel,
    problems: ['not-found', 'version-mismatch', 'conflict'],
    work: async ({ subscriberId, params, body, headers }) => {
      const changed = await changeAtVersion(
        headers['if-match'],
        () => readChannel(subscriberId, params.channelId),
        (before) => setQuietHours(before, body.quietHours ?? undefined),
      );
      return tagged(foundOr404(changed));
    },
  }),
  endpoint({
    method: 'POST',
    path: '/v1/me/channels/{channelId}/confirm',
    role: 'subscriber',
    summary: 'Confirm a phone by the code that it was sent',
    success: [200],
    body: z.strictObject({ code }),
    answer: channel,
    problems: ['not-found', 'wrong-code', 'too-many-requests'],
    work: async ({ subscriberId, params, body, now }) => {
      const found = foundOr404(await readChannel(subscriberId, params.channelId));
      await refuseMoreThan(limits.guessesOfClient, subscriberId, now);
      const owner = isDecoy(found) ? undefined : await redeemCode(found.kind, found.address, body.code, now);
      if (owner?.channelId !== found.id) throw wrongCode();
      return { body: foundOr404(await updateChannel(found, { state: 'confirmed', checkedAt: now })) };
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/me/channels/{channelId}',
    role: 'subscriber',
    summary: 'Remove a channel. A watch that named no other goes to all that are left',
    success: [204],
    query: z.strictObject({
      /** Yes, although it is the last that is confirmed. */
      last: z.optional(z.literal('true')),
    }),
    problems: ['not-found', 'last-channel', 'conflict'],
    work: async ({ subscriberId, params: { channelId }, query, now }) => {
      const found = foundOr404(await readChannel(subscriberId, channelId));
      if (!query.last) await refuseLast(subscriberId, found);
      await forgetChannel(subscriberId, channelId, now);
      await closeChannel(found);
      return {};
    },
  }),
];
