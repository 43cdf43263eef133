/** A subscriber's channels, as operators see and keep them. */
import * as z from 'zod/mini';
import { newChannel } from './address.ts';
import { addChannel, closeChannel, refreshChannel } from './channel-life.ts';
import { readChannel, readChannels } from './channel-store.ts';
import { endpoint } from './endpoint.ts';
import { clock, id, time } from './fields.ts';
import { foundOr404 } from './problems.ts';
import { readSubscriber } from './subscriber-store.ts';
import { forgetChannel } from './watch-channels.ts';

export const quietHours = z.strictObject({ from: clock, to: clock });

export const channel = z.object({
  id,
  kind: z.enum(['email', 'sms', 'webhook']),
  address: z.string(),
  state: z.enum(['pending', 'confirmed', 'gone']),
  /** On the subscriber's clock; what is due then waits for their end, unless it is urgent. */
  quietHours: z.optional(quietHours),
  /** It did not answer for long, several times: nothing is sent to it until then. */
  disabledUntil: z.optional(time),
  /** When the state was last read from SNS. */
  checkedAt: z.optional(time),
  createdAt: time,
});

export const channelEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/subscribers/{subscriberId}/channels',
    idempotent: true,
    role: 'operator',
    summary:
      'Add a channel. With an address the subscriber has already: finish it, or ask for confirmation again',
    success: [201, 200],
    body: newChannel,
    answer: channel,
    problems: ['not-found', 'address-taken', 'limit-reached'],
    work: async ({ params: { subscriberId }, body, now }) => {
      const { channel, created } = await addChannel(subscriberId, body, 'vouched', now);
      const location = `/v1/subscribers/${subscriberId}/channels/${channel.id}`;
      return created ? { headers: { location }, body: channel } : { status: 200, body: channel };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/subscribers/{subscriberId}/channels',
    role: 'operator',
    summary: 'All channels of a subscriber, as last known',
    success: [200],
    answer: z.object({ items: z.array(channel) }),
    problems: ['not-found'],
    work: async ({ params: { subscriberId } }) => {
      foundOr404(await readSubscriber(subscriberId));
      return { body: { items: await readChannels(subscriberId) } };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/subscribers/{subscriberId}/channels/{channelId}',
    role: 'operator',
    summary: 'One channel, with its state read from SNS now',
    success: [200],
    answer: channel,
    problems: ['not-found'],
    work: async ({ params, now }) => {
      const found = foundOr404(await readChannel(params.subscriberId, params.channelId));
      return { body: await refreshChannel(found, now, { again: false }) };
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/subscribers/{subscriberId}/channels/{channelId}',
    role: 'operator',
    summary: 'Remove a channel. A watch that named no other goes to all that are left',
    success: [204],
    problems: ['not-found'],
    work: async ({ params: { subscriberId, channelId }, now }) => {
      const found = foundOr404(await readChannel(subscriberId, channelId));
      await forgetChannel(subscriberId, channelId, now);
      await closeChannel(found);
      return {};
    },
  }),
];
