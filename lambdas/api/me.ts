/** The subscriber whose token it is. */
import { readChannels } from './channel-store.ts';
import { endpoint } from './endpoint.ts';
import { foundOr404 } from './problems.ts';
import { readSubscriber } from './subscriber-store.ts';
import { subscriberWithChannels } from './subscribers.ts';

export const meEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/me',
    role: 'subscriber',
    summary: 'The subscriber of the token, with their channels as last known',
    success: [200],
    answer: subscriberWithChannels,
    problems: ['not-found'],
    work: async ({ subscriberId }) => {
      const found = foundOr404(await readSubscriber(subscriberId));
      return { body: { ...found, channels: await readChannels(subscriberId) } };
    },
  }),
];
