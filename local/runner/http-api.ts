/** The stack's HTTP API: from a request to the function of its route and back, with API Gateway's own answers. */
import type { ApiSpec } from './api-resources.ts';
import { preflight, withCors } from './cors.ts';
import { type HttpRequest, httpEvent, joinHeaders, splitTarget } from './http-event.ts';
import { gatewayError, type HttpResponse, httpResponse } from './http-response.ts';
import { findRoute } from './routes.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const largestPayload = 10 * 1024 * 1024;
const integrationTimeoutMs = 30_000;

type Invoke = (functionName: string, event: object) => Promise<unknown>;

/** Answers every request; what goes wrong in the function is a 500 that tells nothing. */
export async function answerHttp(api: ApiSpec, invoke: Invoke, request: HttpRequest): Promise<HttpResponse> {
  const headers = joinHeaders(request.rawHeaders);
  const answered = api.cors && preflight(api.cors, request.method, headers);
  if (answered) return answered;
  const response = await answerRoute(api, invoke, request);
  return api.cors ? withCors(api.cors, headers.origin, response) : response;
}

async function answerRoute(api: ApiSpec, invoke: Invoke, request: HttpRequest): Promise<HttpResponse> {
  if (request.body.length > largestPayload) return gatewayError(413, 'Request Entity Too Large');
  const found = findRoute(api.routes, request.method, splitTarget(request.target).path);
  if (!found) return gatewayError(404, 'Not Found');
  const { route, pathParameters } = found;
  const event = httpEvent(request, { key: route.key, pathParameters }, api.id, Date.now());
  const answer = invoke(route.functionName, event).then(httpResponse, () =>
    gatewayError(500, 'Internal Server Error'),
  );
  return withinTimeout(answer);
}

async function withinTimeout(answer: Promise<HttpResponse>): Promise<HttpResponse> {
  const timeout = Promise.withResolvers<HttpResponse>();
  const timer = setTimeout(
    () => timeout.resolve(gatewayError(503, 'Service Unavailable')),
    integrationTimeoutMs,
  );
  return Promise.race([answer, timeout.promise]).finally(() => clearTimeout(timer));
}
