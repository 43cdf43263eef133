/** A subscriber's own tokens: those they signed in with, and personal ones for programs. */
import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { id, name, time } from './fields.ts';
import { ApiProblem, foundOr404 } from './problems.ts';
import { readTokens, removeToken } from './token-store.ts';
import { makeToken, newToken } from './tokens.ts';

export const tokenAnswer = z.object({
  id,
  name: z.string(),
  use: z.enum(['session', 'personal']),
  createdAt: time,
  /** To the hour. */
  lastUsedAt: z.optional(time),
});

export const myTokenEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/me/tokens',
    role: 'subscriber',
    summary: 'All tokens with their last use, and which of them asks',
    success: [200],
    answer: z.object({ items: z.array(z.extend(tokenAnswer, { current: z.boolean() })) }),
    problems: [],
    work: async ({ subscriberId, tokenId }) => {
      const tokens = await readTokens(subscriberId);
      const items = tokens.map((token) => ({
        ...token,
        use: token.use ?? 'personal',
        current: token.id === tokenId,
      }));
      return { body: { items } };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/v1/me/tokens',
    role: 'subscriber',
    summary: 'Make a token for a program. It is shown this once',
    success: [201],
    body: z.strictObject({ name }),
    answer: newToken,
    problems: ['not-found', 'limit-reached', 'conflict'],
    work: async ({ subscriberId, body, now }) => {
      const made = await makeToken(subscriberId, body.name, 'personal', now);
      return { headers: { location: `/v1/me/tokens/${made.id}` }, body: made };
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/me/tokens/{tokenId}',
    role: 'subscriber',
    summary: 'Revoke a token; the one that asks is signed out',
    success: [204],
    problems: ['not-found', 'conflict'],
    work: async ({ subscriberId, params }) => {
      const tokens = await readTokens(subscriberId);
      const found = foundOr404(tokens.find(({ id }) => id === params.tokenId));
      if (!(await removeToken(subscriberId, found))) throw new ApiProblem('not-found');
      return {};
    },
  }),
];
