/**
 * Who calls, and on whose behalf. A token says its scope; every subscriber's resource is read under the
 * `subscriberId` that comes from here and from nowhere else, so another's id leads to nothing: 404.
 */
import { createHash } from 'node:crypto';
import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { clientOf } from './client.ts';
import { ApiProblem } from './problems.ts';
import { settings } from './settings.ts';
import { readToken, touchToken } from './token-store.ts';

/**
 * Who may use an endpoint. `anyone` needs no token, and none is looked at; `visitor` may have one, by which there is more
 * to see or do; `known` needs one, whichever; `guest` is an operator, or nobody known where sign-up is open.
 */
export type Role = 'anyone' | 'visitor' | 'known' | 'guest' | 'operator' | 'subscriber';

/** What the scope of a token has to be, where it matters. */
const scopeFor: Partial<Record<Role, 'operator' | 'subscriber'>> = {
  guest: 'operator',
  operator: 'operator',
  subscriber: 'subscriber',
};

/** Whom the request acts for: a subscriber where the endpoint belongs to one. */
export interface Caller {
  readonly subscriberId?: string;
  readonly isOperator: boolean;
  readonly tokenId?: string;
}

export interface AuthenticatedContext extends Context {
  readonly caller: Caller;
  /** Whose network it came from, for limits. */
  readonly client: string;
  /** When the request came, ISO 8601. */
  readonly now: string;
}

/** A middleware that makes the context an `AuthenticatedContext`. */
export function authentication(role: Role): middy.MiddlewareObj<APIGatewayProxyEventV2> {
  return {
    before: async ({ event, context }) => {
      const now = new Date().toISOString();
      const caller = await authenticate(role, event.headers.authorization, now);
      const client = clientOf(event);
      Object.assign(context, { caller, client, now } satisfies Omit<AuthenticatedContext, keyof Context>);
    },
  };
}

/**
 * @throws ApiProblem `unauthenticated` without a known token, `forbidden` when its scope is another
 */
async function authenticate(role: Role, authorization: string | undefined, now: string): Promise<Caller> {
  const needsNone = role === 'visitor' || (role === 'guest' && settings.signUp === 'open');
  if (role === 'anyone' || (needsNone && !authorization)) return { isOperator: false };
  const scope = scopeFor[role];
  const sha256 = hashToken(bearerToken(authorization));
  const token = await readToken(sha256);
  if (!token) throw unauthenticated('invalid_token', 'The token is unknown or was revoked');
  if (scope && token.scope !== scope) {
    throw new ApiProblem('forbidden', { detail: `Only for ${scope} tokens` });
  }
  await touchToken(sha256, token, now);
  return { subscriberId: token.subscriberId, isOperator: token.scope === 'operator', tokenId: token.id };
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function bearerToken(authorization: string | undefined): string {
  if (!authorization) throw unauthenticated(undefined, 'Send `Authorization: Bearer <token>`');
  const token = /^Bearer +(tocsin_(?:op|sub)_[A-Za-z0-9_-]{16,128})$/i.exec(authorization)?.[1];
  if (!token) throw unauthenticated('invalid_token', 'This is no token of Tocsin');
  return token;
}

/** RFC 6750, section 3: the error code only where a token was sent. */
function unauthenticated(error: 'invalid_token' | undefined, detail: string): ApiProblem {
  const challenge = error ? `Bearer realm="tocsin", error="${error}"` : 'Bearer realm="tocsin"';
  return new ApiProblem('unauthenticated', { detail, headers: { 'www-authenticate': challenge } });
}
