/**
 * An endpoint is data and one function: the data validates, authorizes and documents, the function does the
 * work. Bodies and query strings reach it parsed; what it answers leaves through the schema of the answer, so
 * that no field goes out that is not documented.
 *
 *     endpoint({
 *       method: 'GET', path: '/v1/sources/{sourceId}', role: 'operator', summary: 'One source',
 *       success: [200], answer: source, problems: ['not-found'],
 *       work: async ({ params }) => ({ body: await findSource(params.sourceId) }),
 *     });
 */
import * as z from 'zod/mini';
import type { Role } from './authentication.ts';
import type { ProblemSlug } from './problems.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** `'/v1/watches/{watchId}'` has the parameter `watchId`. */
type ParameterOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never;

export interface Request<Path extends string, R extends Role, Body, Query> {
  readonly params: { readonly [Name in ParameterOf<Path>]: string };
  /** On whose behalf, for endpoints of subscribers; a visitor may be one. */
  readonly subscriberId: R extends 'subscriber'
    ? string
    : R extends 'visitor'
      ? string | undefined
      : undefined;
  readonly body: Body;
  readonly query: Query;
  readonly isOperator: boolean;
  /** Of the token that it came with. */
  readonly tokenId: string | undefined;
  /** The caller's network, for limits: an IPv4 address or an IPv6 /64. */
  readonly client: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** When the request came, ISO 8601. */
  readonly now: string;
}

/** 202: something was sent, to whom it concerns; the same for addresses that are known and that are not. */
export type Success = 200 | 201 | 202 | 204 | 302;

export const accepted = z.object({ message: z.string() });

export interface Reply<Answer> {
  /** Default: the first of the endpoint's `success`. */
  readonly status?: Success;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of a 202 it is `accepted`. */
  readonly body?: Answer | z.infer<typeof accepted>;
}

export interface Definition<
  Path extends string,
  R extends Role,
  Body extends z.ZodMiniType,
  Query extends z.ZodMiniType,
  Answer extends z.ZodMiniType,
> {
  readonly method: Method;
  readonly path: Path;
  readonly role: R;
  /** A few words for the documentation. */
  readonly summary: string;
  readonly body?: Body;
  readonly query?: Query;
  /** Where a body may be larger than most. */
  readonly mostBodyBytes?: number;
  readonly answer?: Answer;
  /** Of the answer, when it is not JSON but text. The first, unless a reply says another. */
  readonly contentTypes?: readonly [string, ...string[]];
  /** A create that may be sent twice with one `Idempotency-Key`. Never one whose answer is secret: answers are kept. */
  readonly idempotent?: true;
  /** Statuses of what goes well; the first is the usual one. */
  readonly success: readonly [Success, ...Success[]];
  /** Those that only this endpoint knows; what any request may meet is understood. */
  readonly problems: readonly ProblemSlug[];
  work(request: Request<Path, R, z.output<Body>, z.output<Query>>): Promise<Reply<z.input<Answer>>>;
}

/** An endpoint of any types. */
// biome-ignore lint/suspicious/noExplicitAny: the parts fit each other, which `endpoint` has checked
export type Endpoint = Definition<string, Role, any, any, any>;

export function endpoint<
  const Path extends string,
  R extends Role,
  Body extends z.ZodMiniType = z.ZodMiniUndefined,
  Query extends z.ZodMiniType = z.ZodMiniUndefined,
  Answer extends z.ZodMiniType = z.ZodMiniUndefined,
>(definition: Definition<Path, R, Body, Query, Answer>): Endpoint {
  return definition;
}
