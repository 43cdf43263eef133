/** Subscribers, as operators make, see and remove them. */
import * as z from 'zod/mini';
import type { Subscriber } from '../../core/model.ts';
import { newId } from '../new-id.ts';
import { newChannel } from './address.ts';
import { addressTaken, draftChannel, openChannel } from './channel-life.ts';
import { addressKey, channelPuts, readChannels } from './channel-store.ts';
import { channel } from './channels.ts';
import { endpoint } from './endpoint.ts';
import { eraseSubscriber } from './erasure.ts';
import { id, name, pageOf, pageQuery, readText, time, toCursor } from './fields.ts';
import { ApiProblem, foundOr404 } from './problems.ts';
import { listSubscribers, readSubscriber, subscriberPut } from './subscriber-store.ts';
import { transact } from './transactions.ts';

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

const subscriber = z.object({
  id,
  name: z.optional(z.string()),
  timeZone: z.string(),
  createdAt: time,
});

/** A subscriber with their channels. */
export const subscriberWithChannels = z.extend(subscriber, { channels: z.array(channel) });

/**
 * Writes the subscriber with all channels or nothing, then makes the topics. When SNS fails, all of it is
 * removed again, so that the request can be repeated.
 */
async function createSubscriber({ channels: wanted, ...about }: z.output<typeof newSubscriber>, now: string) {
  const made: Subscriber = { ...about, id: newId(), createdAt: now };
  const drafts = wanted.map((channel) => draftChannel(made.id, channel, now));
  const refused = await transact([subscriberPut(made, drafts.length), ...drafts.flatMap(channelPuts)]);
  if (refused) throw addressTaken(`/channels/${Math.floor((refused.index - 1) / 2)}/address`);
  try {
    const channels = [];
    for (const [place, draft] of drafts.entries()) {
      channels.push(await openChannel(draft, now, `/channels/${place}/address`));
    }
    return { ...made, channels };
  } catch (error) {
    await eraseSubscriber(made.id, now);
    throw error;
  }
}

/** Two spellings of one address would meet each other in one transaction, which DynamoDB refuses as a whole. */
function refuseRepeats({ channels }: z.output<typeof newSubscriber>): void {
  const seen = new Set<string>();
  for (const [place, { kind, address }] of channels.entries()) {
    const { pk } = addressKey(kind, address);
    if (seen.has(pk)) {
      const errors = [{ pointer: `/channels/${place}/address`, detail: 'Given twice' }];
      throw new ApiProblem('invalid-body', { errors });
    }
    seen.add(pk);
  }
}

export const subscriberEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/subscribers',
    role: 'operator',
    summary: 'Make a subscriber, with channels or without',
    success: [201],
    body: newSubscriber,
    answer: subscriberWithChannels,
    problems: ['address-taken'],
    work: async ({ body, now }) => {
      refuseRepeats(body);
      const created = await createSubscriber(body, now);
      return { headers: { location: `/v1/subscribers/${created.id}` }, body: created };
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
      if (!(await eraseSubscriber(subscriberId, now))) throw new ApiProblem('not-found');
      return {};
    },
  }),
];
