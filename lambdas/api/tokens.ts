/** Tokens, by which a subscriber or a program of theirs calls the API. */
import * as z from 'zod/mini';
import { newId } from '../new-id.ts';
import { hashToken } from './authentication.ts';
import { endpoint } from './endpoint.ts';
import { id, name, time } from './fields.ts';
import { ApiProblem } from './problems.ts';
import { newSubscriberToken, putToken, removeOldestSession, type Token } from './token-store.ts';

/** With the token itself, which is shown once. */
export const newToken = z.object({ id, name: z.string(), token: z.string(), createdAt: time });
type NewToken = z.infer<typeof newToken>;

/**
 * @param use of a `session` by signing in, `personal` for a program
 * @throws ApiProblem `limit-reached`, `not-found`
 */
export async function makeToken(
  subscriberId: string,
  name: string,
  use: Token['use'],
  now: string,
): Promise<NewToken> {
  const token = newSubscriberToken();
  const made = { id: newId(), name, use, scope: 'subscriber' as const, subscriberId, createdAt: now };
  const refused = await putToken(made, hashToken(token));
  if (refused) throw new ApiProblem(refused.itemExists ? 'limit-reached' : 'not-found');
  return { ...made, token };
}

/** Who signs in once too often is signed out where they were longest ago, rather than kept out. */
export async function makeSessionToken(subscriberId: string, name: string, now: string): Promise<NewToken> {
  try {
    return await makeToken(subscriberId, name, 'session', now);
  } catch (error) {
    const full = error instanceof ApiProblem && error.slug === 'limit-reached';
    if (!full || !(await removeOldestSession(subscriberId))) throw error;
    return makeToken(subscriberId, name, 'session', now);
  }
}

export const tokenEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/subscribers/{subscriberId}/tokens',
    role: 'operator',
    summary: "Make a token of a subscriber's. It is shown this once",
    success: [201],
    body: z.strictObject({ name }),
    answer: newToken,
    problems: ['not-found', 'limit-reached'],
    work: async ({ params: { subscriberId }, body, now }) => ({
      body: await makeToken(subscriberId, body.name, 'personal', now),
    }),
  }),
];
