/** Turns an endpoint into a route of middy's router: events become requests, replies become results. */
import middy from '@middy/core';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import type { Route } from '@middy/http-router';
import type {
  APIGatewayProxyEventV2 as Event,
  APIGatewayProxyStructuredResultV2 as Result,
} from 'aws-lambda';
import * as z from 'zod/mini';
import { type AuthenticatedContext, authentication } from './authentication.ts';
import { accepted, type Endpoint, type Reply } from './endpoint.ts';
import { onceByKey } from './idempotency.ts';
import { ApiProblem, type ProblemError } from './problems.ts';

/** Every body the schemas accept is smaller: 4,096 characters of a query, three bytes each, and little more. */
const MOST_BODY_BYTES = 65_536;

export function toRoute(endpoint: Endpoint): Route<Event, Result> {
  const handler = middy<Event, Result>()
    .use(authentication(endpoint.role))
    .use(endpoint.body ? [{ before: refuseLargeBody(endpoint) }, httpJsonBodyParser()] : [])
    .handler((event, context) => answer(endpoint, event, context as AuthenticatedContext));
  return { method: endpoint.method, path: endpoint.path, handler };
}

async function answer(endpoint: Endpoint, event: Event, context: AuthenticatedContext): Promise<Result> {
  const { caller, now } = context;
  const key = endpoint.idempotent && event.headers['idempotency-key'];
  const make = () => work(endpoint, event, context);
  const who = caller.subscriberId ?? caller.tokenId;
  if (!key || !who) return make();
  const { method, path } = event.requestContext.http;
  const content = JSON.stringify([method, path, event.body]);
  return onceByKey({ caller: who, key, content, now }, make);
}

async function work(endpoint: Endpoint, event: Event, context: AuthenticatedContext): Promise<Result> {
  const reply = await endpoint.work({
    params: readParams(event.pathParameters),
    subscriberId: context.caller.subscriberId,
    isOperator: context.caller.isOperator,
    tokenId: context.caller.tokenId,
    client: context.client,
    body: endpoint.body && readBody(endpoint.body, event.body),
    query: readQuery(endpoint.query ?? noParameters, event.queryStringParameters),
    headers: event.headers,
    now: context.now,
  });
  return toResult(endpoint, reply);
}

const noParameters = z.strictObject({});

function refuseLargeBody({ mostBodyBytes = MOST_BODY_BYTES }: Endpoint) {
  return ({ event }: { event: Event }): void => {
    if (Buffer.byteLength(event.body ?? '') <= mostBodyBytes) return;
    throw new ApiProblem('body-too-large', { detail: `A body has at most ${mostBodyBytes} bytes` });
  };
}

/** An id of ours, or what is signed and so longer. */
const parameter = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,256}$/));

/** What cannot be an id of ours names nothing. */
function readParams(params: Event['pathParameters']): Record<string, string> {
  const read = z.record(z.string(), parameter).safeParse(params ?? {});
  if (!read.success) throw new ApiProblem('not-found');
  return read.data;
}

function readBody<T>(schema: z.ZodMiniType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw new ApiProblem('invalid-body', {
    errors: faultsOf(read.error, (path) => ({ pointer: toPointer(path) })),
  });
}

function readQuery<T>(schema: z.ZodMiniType<T>, parameters: Event['queryStringParameters']): T {
  const read = schema.safeParse(parameters ?? {});
  if (read.success) return read.data;
  throw new ApiProblem('invalid-parameters', {
    errors: faultsOf(read.error, (path) => ({ parameter: path.join('.') })),
  });
}

/** More would help nobody, and a body can have thousands. */
const MOST_FAULTS = 20;

/** Unknown fields get an entry each, at their own place. Of several forms the one counts that was missed by least. */
function faultsOf(
  error: z.core.$ZodError,
  at: (path: readonly PropertyKey[]) => Pick<ProblemError, 'pointer' | 'parameter'>,
): ProblemError[] {
  const faults = error.issues
    .flatMap(nearestForm)
    .flatMap((issue): ProblemError[] =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ ...at([...issue.path, key]), detail: 'Unknown field' }))
        : [{ ...at(issue.path), detail: issue.message }],
    );
  return faults.slice(0, MOST_FAULTS);
}

type Issue = z.core.$ZodIssue;

function nearestForm(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const missedBy = (form: readonly Issue[]) =>
    form.reduce((sum, one) => sum + (one.code === 'unrecognized_keys' ? one.keys.length : 1), 0);
  const [nearest] = issue.errors.toSorted((a, b) => missedBy(a) - missedBy(b));
  return nearest ?? [issue];
}

/** RFC 6901; the empty pointer is the body itself. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function toResult(
  { answer, contentTypes, success }: Endpoint,
  { status: statusCode = success[0], headers, body }: Reply<unknown>,
): Result {
  const common = { 'cache-control': 'no-store', ...headers };
  const schema = statusCode === 202 ? accepted : answer;
  if (body === undefined || !schema) return { statusCode, headers: common };
  const shown = schema.parse(body);
  return contentTypes
    ? { statusCode, headers: { 'content-type': `${contentTypes[0]}; charset=utf-8`, ...common }, body: shown }
    : {
        statusCode,
        headers: { 'content-type': 'application/json', ...common },
        body: JSON.stringify(shown),
      };
}
