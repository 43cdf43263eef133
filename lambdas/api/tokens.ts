/** Tokens, by which a subscriber or a program of theirs calls the API. */
import * as z from 'zod/mini';
import { newId } from '../new-id.ts';
import { hashToken } from './authentication.ts';
import { endpoint } from './endpoint.ts';
import { id, name, time } from './fields.ts';
import { ApiProblem } from './problems.ts';
import { newSubscriberToken, putToken } from './token-store.ts';

export const tokenEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/subscribers/{subscriberId}/tokens',
    role: 'operator',
    summary: "Make a token of a subscriber's. It is shown this once",
    success: [201],
    body: z.strictObject({ name }),
    answer: z.object({ id, name: z.string(), token: z.string(), createdAt: time }),
    problems: ['not-found', 'limit-reached'],
    work: async ({ params: { subscriberId }, body, now }) => {
      const token = newSubscriberToken();
      const made = { id: newId(), ...body, scope: 'subscriber' as const, subscriberId, createdAt: now };
      const refused = await putToken(made, hashToken(token));
      if (refused) throw new ApiProblem(refused.itemExists ? 'limit-reached' : 'not-found');
      return { body: { ...made, token } };
    },
  }),
];
