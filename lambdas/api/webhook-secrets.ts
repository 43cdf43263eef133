/** What the owner of a webhook verifies our messages with. It is derived, so it can be shown again. */
import * as z from 'zod/mini';
import { webhookSecret } from '../delivery/webhook-signature.ts';
import { readChannel } from './channel-store.ts';
import { endpoint } from './endpoint.ts';
import { foundOr404 } from './problems.ts';

export const webhookSecretEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/me/channels/{channelId}/secret',
    role: 'subscriber',
    summary: 'The secret that a webhook verifies its messages with (docs/webhooks.md)',
    success: [200],
    answer: z.object({ secret: z.string() }),
    problems: ['not-found'],
    work: async ({ subscriberId, params }) => {
      const found = foundOr404(await readChannel(subscriberId, params.channelId));
      const { id } = foundOr404(found.kind === 'webhook' ? found : undefined);
      return { body: { secret: await webhookSecret(id) } };
    },
  }),
];
