/**
 * Following a list. Mails and webhooks are subscribed to its topic, and SNS asks each to confirm; whoever asks for an
 * address learns nothing of it. A phone joins as the channel of a subscriber who has confirmed it.
 */
import * as z from 'zod/mini';
import type { List, ListMember } from '../../core/model.ts';
import { inParallel } from '../in-parallel.ts';
import { type NewChannel, subscribable } from './address.ts';
import { readChannel } from './channel-store.ts';
import { makeTopic, subscribe } from './channel-topic.ts';
import { endpoint } from './endpoint.ts';
import { id, pageOf, readText, time } from './fields.ts';
import { countPending } from './limits.ts';
import { putMember, readMembersOf, removeMember } from './list-members.ts';
import { readList } from './list-store.ts';
import { readSubscriptions } from './list-topic.ts';
import { masked } from './masked.ts';
import { ApiProblem, foundOr404 } from './problems.ts';
import { inSameTime, refuseManyRequests, sent } from './sign-in.ts';
import { refusePrivateWebhook } from './webhook-network.ts';

const newMember = z.union([...subscribable, z.strictObject({ channelId: id })]);

/** A phone that follows a list. */
export const membership = z.object({ listId: id, channelId: id, joinedAt: time });

const follower = z.object({
  kind: z.enum(['email', 'sms', 'webhook']),
  /** Enough to tell one from another, too little to write to it. */
  address: z.string(),
  state: z.enum(['pending', 'confirmed', 'gone']),
});

/** SNS's own, which is good for this list only. */
const subscriptionCursor = readText<string>(2_000, (text) => ({
  value: Buffer.from(text, 'base64url').toString(),
}));

/** @throws ApiProblem `invalid-body`, `too-many-requests` */
async function joinByAddress({ id }: List, address: NewChannel, client: string, now: string) {
  await refuseManyRequests(address, client, now);
  await refusePrivateWebhook(address, '/address');
  await inSameTime(async () => {
    await countPending(now);
    // The same topic as ever, made again should it be gone. What its webhooks do not take is not sent again: to everybody
    // else it was.
    if ((await subscribe(await makeTopic(id), address, {})) === undefined) {
      throw refused('/address', 'Amazon SNS does not take this address');
    }
  });
  return sent;
}

/** @throws ApiProblem `forbidden`, `invalid-body`, `limit-reached`, `not-found` */
async function joinByPhone(list: List, subscriberId: string | undefined, channelId: string, now: string) {
  if (subscriberId === undefined) {
    throw new ApiProblem('forbidden', { detail: 'Sign in as the subscriber whose phone it is' });
  }
  const channel = await readChannel(subscriberId, channelId);
  if (!channel) throw refused('/channelId', 'None of your channels has this id');
  if (channel.kind !== 'sms') throw refused('/channelId', 'Mails and webhooks join by their address');
  const member: ListMember = { listId: list.id, subscriberId, channelId, joinedAt: now };
  const why = await putMember(member);
  if (why?.index === 0) throw new ApiProblem(why.itemExists ? 'limit-reached' : 'not-found');
  if (why?.index === 3) throw refused('/channelId', 'This phone is not confirmed');
  return { status: why ? (200 as const) : (201 as const), body: member };
}

function refused(pointer: string, detail: string): ApiProblem {
  return new ApiProblem('invalid-body', { errors: [{ pointer, detail }] });
}

const AT_ONCE = 10;

async function readPhones(listId: string) {
  const shown = await inParallel(await readMembersOf(listId), AT_ONCE, async (phone) => {
    const channel = await readChannel(phone.subscriberId, phone.channelId);
    return channel ? [{ kind: channel.kind, address: channel.address, state: channel.state }] : [];
  });
  return shown.flat();
}

export const listJoiningEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/lists/{listId}/members',
    role: 'visitor',
    summary:
      'Follow a list by mail or webhook, which SNS asks to confirm. As subscriber: by text, with an own phone',
    success: [202, 201, 200],
    body: newMember,
    answer: membership,
    problems: ['not-found', 'forbidden', 'limit-reached', 'too-many-requests', 'conflict'],
    work: async ({ params, body, subscriberId, client, now }) => {
      const list = foundOr404(await readList(params.listId));
      if ('channelId' in body) return joinByPhone(list, subscriberId, body.channelId, now);
      return joinByAddress(list, body, client, now);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/lists/{listId}/members',
    role: 'operator',
    summary: 'Who follows a list, by addresses that are made unreadable; in pages, phones first',
    success: [200],
    query: z.strictObject({ cursor: z.optional(subscriptionCursor) }),
    answer: pageOf(follower),
    problems: ['not-found'],
    work: async ({ params: { listId }, query: { cursor } }) => {
      foundOr404(await readList(listId));
      const phones = cursor === undefined ? await readPhones(listId) : [];
      const { items, next } = await readSubscriptions(listId, cursor);
      const shown = [...phones, ...items].map((one) => ({ ...one, address: masked(one.kind, one.address) }));
      return { body: { items: shown, next: next && Buffer.from(next).toString('base64url') } };
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/lists/{listId}/members/{channelId}',
    role: 'subscriber',
    summary: 'Follow a list by text no more. Mails have a link for it, webhooks SNS’s UnsubscribeURL',
    success: [204],
    problems: ['not-found', 'conflict'],
    work: async ({ params, subscriberId }) => {
      if (!(await removeMember({ ...params, subscriberId }))) throw new ApiProblem('not-found');
      return {};
    },
  }),
];
