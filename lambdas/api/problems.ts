/**
 * Every way in which the API says no: one table. A problem is thrown where it is found and rendered in one
 * place, as `application/problem+json` (RFC 9457). The anchors are headings of `docs/api.md`.
 *
 *     throw new ApiProblem('address-taken', { errors: [{ pointer: '/address', detail: 'Another subscriber has it' }] });
 */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';

const table = {
  'malformed-json': [400, 'The body is not a JSON object'],
  'invalid-parameters': [400, 'The query string is not valid'],
  unauthenticated: [401, 'A valid token is needed'],
  forbidden: [403, 'This token may not do that'],
  'not-found': [404, 'There is nothing here'],
  'site-not-polled': [404, 'No source of that site is polled'],
  'article-not-seen': [404, 'No article of that address was read'],
  'method-not-allowed': [405, 'This resource does not do that'],
  'address-taken': [409, 'The address belongs to another subscriber'],
  'source-exists': [409, 'There is a source with this URL'],
  'last-channel': [409, 'It is the last channel that reaches you'],
  'limit-reached': [409, 'There are as many as there may be'],
  'nothing-dead': [409, 'The queue has no dead letters'],
  'redrive-running': [409, 'Its dead letters are being driven again'],
  conflict: [409, 'It is being changed by somebody else'],
  'version-mismatch': [412, 'It has changed since it was read'],
  'body-too-large': [413, 'The body is too large'],
  'not-json': [415, 'The body must be JSON'],
  'invalid-body': [422, 'The body is not valid'],
  'invalid-query': [422, 'The query cannot be read'],
  'key-reused': [422, 'The Idempotency-Key was used for another request'],
  'wrong-code': [422, 'The code is wrong, used or too old'],
  'too-many-requests': [429, 'Too many requests of this kind'],
  internal: [500, 'Something went wrong on our side'],
  unavailable: [503, 'Busy, please try again'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemSlug = keyof typeof table;

export const problemSlugs = Object.keys(table) as ProblemSlug[];

/** One fault of a request. */
const problemError = z.object({
  /** JSON pointer into the body (RFC 6901). */
  pointer: z.optional(z.string()),
  /** Name of the parameter in the query string. */
  parameter: z.optional(z.string()),
  /** Name of the header. */
  header: z.optional(z.string()),
  detail: z.string(),
  /** For queries: UTF-16 code units, half-open. */
  position: z.optional(z.object({ start: z.number(), end: z.number() })),
  /** For queries: what to write instead. */
  hint: z.optional(z.string()),
});
export type ProblemError = z.infer<typeof problemError>;

/** What is rendered below. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.optional(z.string()),
  errors: z.optional(z.array(problemError)),
  requestId: z.optional(z.string()),
});

export interface ProblemOptions {
  readonly detail?: string;
  readonly errors?: readonly ProblemError[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly slug: ProblemSlug;
  readonly options: ProblemOptions;

  constructor(slug: ProblemSlug, options: ProblemOptions = {}) {
    super(options.detail ?? table[slug][1], { cause: options.cause });
    this.slug = slug;
    this.options = options;
  }
}

/** @throws ApiProblem `not-found` when there is nothing */
export function foundOr404<T>(found: T | undefined): T {
  if (found === undefined) throw new ApiProblem('not-found');
  return found;
}

export function statusOf(slug: ProblemSlug): number {
  return table[slug][0];
}

export function titleOf(slug: ProblemSlug): string {
  return table[slug][1];
}

/** Relative on purpose (RFC 9457, section 3.1.1): an installation knows no public address of its own. */
function typeOf(slug: ProblemSlug): string {
  return `/v1/docs#${slug}`;
}

/** @param requestId stands in answers to faults of ours, so that the operator finds the log */
export function renderProblem(
  { slug, options }: ApiProblem,
  requestId: string,
): APIGatewayProxyStructuredResultV2 {
  const [status, title] = table[slug];
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(status === 503 && { 'retry-after': '1' }),
      ...options.headers,
    },
    body: JSON.stringify({
      type: typeOf(slug),
      title,
      status,
      detail: options.detail,
      errors: options.errors,
      requestId: status >= 500 ? requestId : undefined,
    }),
  };
}
