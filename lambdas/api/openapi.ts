/**
 * The API as an OpenAPI 3.1 document, made from the endpoints themselves: the schemas that validate requests and
 * let answers out are the ones that it shows.
 *
 * https://spec.openapis.org/oas/v3.1.1.html
 */
import * as z from 'zod/mini';
import { accepted, type Endpoint } from './endpoint.ts';
import { type ProblemSlug, problem, problemSlugs, statusOf, titleOf } from './problems.ts';

type Json = Record<string, unknown>;

/** What a request may meet: what its endpoint names, and what any may. */
export function problemsOf({ role, body, path, problems, idempotent }: Endpoint): ProblemSlug[] {
  const met: ProblemSlug[] = ['invalid-parameters', 'internal', 'unavailable', ...problems];
  if (role !== 'anyone') met.push('unauthenticated');
  if (role === 'guest' || role === 'operator' || role === 'subscriber') met.push('forbidden');
  if (body) met.push('malformed-json', 'body-too-large', 'not-json', 'invalid-body');
  if (path.includes('{')) met.push('not-found');
  if (idempotent) met.push('key-reused', 'conflict');
  return problemSlugs.filter((slug) => met.includes(slug));
}

function toSchema(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}

function json(schema: Json, ...types: string[]) {
  const named = types.length > 0 ? types : ['application/json'];
  return { content: Object.fromEntries(named.map((type) => [type, { schema }])) };
}

const inHeader = (name: string, description: string) => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string' },
});

function parametersOf({ path, query, idempotent, problems }: Endpoint): Json[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const inPath = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const { properties = {}, required = [] } = query ? toSchema(query, 'input') : {};
  const inQuery = Object.entries(properties as Json).map(([name, schema]) => ({
    name,
    in: 'query',
    required: (required as string[]).includes(name),
    schema,
  }));
  return [
    ...inPath,
    ...inQuery,
    ...(idempotent ? [inHeader('Idempotency-Key', 'Sent again with it, the request makes nothing new')] : []),
    ...(problems.includes('version-mismatch')
      ? [inHeader('If-Match', 'The ETag that was read: change nothing else')]
      : []),
  ];
}

const descriptions: Readonly<Record<number, string>> = {
  200: 'Done',
  201: 'Made',
  202: 'Sent, if there was anything to send',
  204: 'Done; nothing more to say',
  302: 'It is elsewhere',
};

function responsesOf(described: Endpoint): Json {
  const { answer, contentTypes, success } = described;
  const good = (status: number) => {
    const schema = status === 202 ? accepted : answer;
    return {
      description: descriptions[status],
      ...(schema && json(toSchema(schema, 'output'), ...(contentTypes ?? []))),
    };
  };
  const bad = Object.groupBy(problemsOf(described), statusOf);
  const refused = Object.entries(bad).map(([status, slugs = []]) => [
    status,
    {
      description: slugs.map((slug) => `\`${slug}\`: ${titleOf(slug)}`).join('. '),
      ...json({ $ref: '#/components/schemas/Problem' }, 'application/problem+json'),
    },
  ]);
  return {
    ...Object.fromEntries(success.map((status) => [status, good(status)])),
    ...Object.fromEntries(refused),
  };
}

/** `GET /v1/sources/{sourceId}` is `getSourcesSourceId`. */
function operationId({ method, path }: Endpoint): string {
  const words = path.split(/\W+/).slice(2).filter(Boolean);
  return method.toLowerCase() + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
}

const securityOf = {
  anyone: [],
  visitor: [{}, { operator: [] }, { subscriber: [] }],
  known: [{ operator: [] }, { subscriber: [] }],
  guest: [{}, { operator: [] }],
  operator: [{ operator: [] }],
  subscriber: [{ subscriber: [] }],
};

function operationOf(described: Endpoint): Json {
  const { role, summary, body } = described;
  return {
    operationId: operationId(described),
    summary,
    security: securityOf[role],
    parameters: parametersOf(described),
    ...(body && { requestBody: { required: true, ...json(toSchema(body, 'input')) } }),
    responses: responsesOf(described),
  };
}

export function describeApi(endpoints: readonly Endpoint[]): Json {
  const paths: Record<string, Json> = {};
  for (const described of endpoints) {
    paths[described.path] ??= {};
    paths[described.path]![described.method.toLowerCase()] = operationOf(described);
  }
  const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description });
  return {
    openapi: '3.1.1',
    info: { title: 'Tocsin', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      securitySchemes: {
        operator: bearer('A token that begins with tocsin_op_'),
        subscriber: bearer('A token that begins with tocsin_sub_'),
      },
      schemas: { Problem: toSchema(problem, 'output') },
    },
  };
}
