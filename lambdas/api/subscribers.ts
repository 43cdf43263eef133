/** Subscribers, as operators make, see and remove them. */
import * as z from 'zod/mini';
import { newChannel } from './address.ts';
import { readChannels } from './channel-store.ts';
import { channel } from './channels.ts';
import { endpoint } from './endpoint.ts';
import { eraseSubscriber } from './erasure.ts';
import { id, name, pageOf, pageQuery, readText, time, toCursor } from './fields.ts';
import { readListOwner } from './list-store.ts';
import { makeSubscriber } from './new-subscriber.ts';
import { ApiProblem, foundOr404 } from './problems.ts';
import { signUp } from './sign-in.ts';
import { listSubscribers, readSubscriber } from './subscriber-store.ts';

/** IANA names only: an offset such as `+09:00` knows no summer time. */
export const timeZone = readText<string>(64, (zone) => {
  try {
    if (!/^[A-Za-z]/.test(zone)) throw new RangeError(zone);
    return { value: new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone };
  } catch {
    return { refused: 'Not a time zone such as Asia/Seoul' };
  }
});

const MOST_NEW_CHANNELS = 10;

const newSubscriber = z.strictObject({
  name: z.optional(name),
  timeZone: z._default(timeZone, 'UTC'),
  channels: z._default(z.array(newChannel).check(z.maxLength(MOST_NEW_CHANNELS)), []),
});

export const subscriber = z.object({
  id,
  name: z.optional(z.string()),
  timeZone: z.string(),
  createdAt: time,
});

/** A subscriber with their channels. */
export const subscriberWithChannels = z.extend(subscriber, { channels: z.array(channel) });

export const subscriberEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/subscribers',
    idempotent: true,
    role: 'guest',
    summary:
      'Sign up: one e-mail address or phone number, which gets a message. As operator: make a subscriber, with channels or without',
    success: [202, 201],
    body: newSubscriber,
    answer: subscriberWithChannels,
    problems: ['address-taken', 'too-many-requests'],
    work: async ({ body, isOperator, client, now }) => {
      if (!isOperator) return signUp(body, client, now);
      const created = await makeSubscriber(body, 'vouched', now);
      return { status: 201, headers: { location: `/v1/subscribers/${created.id}` }, body: created };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/subscribers',
    role: 'operator',
    summary: 'All subscribers, oldest first',
    success: [200],
    query: pageQuery,
    answer: pageOf(subscriber),
    problems: [],
    work: async ({ query }) => {
      const { items, next } = await listSubscribers(query);
      return { body: { items: [...items], next: toCursor(next) } };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/subscribers/{subscriberId}',
    role: 'operator',
    summary: 'One subscriber with their channels, as last known',
    success: [200],
    answer: subscriberWithChannels,
    problems: ['not-found'],
    work: async ({ params: { subscriberId } }) => {
      const found = foundOr404(await readSubscriber(subscriberId));
      return { body: { ...found, channels: await readChannels(subscriberId) } };
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/subscribers/{subscriberId}',
    role: 'operator',
    summary: 'Erase a subscriber with everything that is theirs. May be repeated until it answers 404',
    success: [204],
    problems: ['not-found'],
    work: async ({ params: { subscriberId }, now }) => {
      const erased = !(await readListOwner(subscriberId)) && (await eraseSubscriber(subscriberId, now));
      if (!erased) throw new ApiProblem('not-found');
      return {};
    },
  }),
];
