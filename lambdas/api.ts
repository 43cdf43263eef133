/**
 * The HTTP API: everything under `/v1`, behind the one integration of the gateway. It authenticates by itself,
 * so that every answer but the gateway's own (413, 429, 503) is ours.
 *
 * A request passes the router, then its endpoint's role, body parser and schemas. Whatever is thrown on the way
 * becomes a problem here; what is our fault is logged with the request's id and shown as nothing but that id.
 */
import middy from '@middy/core';
import httpRouter from '@middy/http-router';
import type {
  Context,
  APIGatewayProxyEventV2 as Event,
  APIGatewayProxyStructuredResultV2 as Result,
} from 'aws-lambda';
import { actionEndpoints } from './api/actions.ts';
import { alertEndpoints } from './api/alerts.ts';
import { channelEndpoints } from './api/channels.ts';
import { docsEndpoints } from './api/docs.ts';
import { explainEndpoints } from './api/explain.ts';
import { toProblem } from './api/faults.ts';
import { feedEndpoints } from './api/feeds.ts';
import { healthEndpoints } from './api/health.ts';
import { listJoiningEndpoints } from './api/list-joining.ts';
import { listEndpoints } from './api/lists.ts';
import { meEndpoints } from './api/me.ts';
import { myChannelEndpoints } from './api/my-channels.ts';
import { myTokenEndpoints } from './api/my-tokens.ts';
import { previewEndpoints } from './api/preview.ts';
import { ApiProblem, renderProblem, statusOf } from './api/problems.ts';
import { queueEndpoints } from './api/queues.ts';
import { toRoute } from './api/route.ts';
import { addSecurityHeaders } from './api/security-headers.ts';
import { sessionEndpoints } from './api/sessions.ts';
import { shortLinkEndpoints } from './api/short-links.ts';
import { smsBudgetEndpoints } from './api/sms-budgets.ts';
import { sourceDiscoveryEndpoints } from './api/source-discovery.ts';
import { sourceListEndpoints } from './api/source-lists.ts';
import { sourceEndpoints } from './api/sources.ts';
import { statisticsEndpoints } from './api/statistics.ts';
import { subscriberEndpoints } from './api/subscribers.ts';
import { tokenEndpoints } from './api/tokens.ts';
import { watchEndpoints } from './api/watches.ts';
import { webhookSecretEndpoints } from './api/webhook-secrets.ts';
import { logger } from './logger.ts';
import { addMetric, publishMetrics } from './metrics.ts';

const resources = [
  ...healthEndpoints,
  ...sourceListEndpoints,
  ...sourceEndpoints,
  ...sourceDiscoveryEndpoints,
  ...queueEndpoints,
  ...statisticsEndpoints,
  ...subscriberEndpoints,
  ...sessionEndpoints,
  ...channelEndpoints,
  ...tokenEndpoints,
  ...meEndpoints,
  ...myChannelEndpoints,
  ...webhookSecretEndpoints,
  ...smsBudgetEndpoints,
  ...myTokenEndpoints,
  ...watchEndpoints,
  ...feedEndpoints,
  ...previewEndpoints,
  ...alertEndpoints,
  ...listEndpoints,
  ...listJoiningEndpoints,
  ...explainEndpoints,
  ...actionEndpoints,
  ...shortLinkEndpoints,
];

export const endpoints = docsEndpoints(resources);

const templates = endpoints.map(({ method, path }) => ({
  method,
  path,
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
}));

function refuseRoute({ path }: { path: string }): never {
  const allow = templates.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
  if (allow.length === 0) throw new ApiProblem('not-found');
  throw new ApiProblem('method-not-allowed', { headers: { allow: allow.join(', ') } });
}

type Answered = middy.Request<Event, Result, Error, Context>;

function answerProblem(request: Answered): void {
  const { error, context } = request;
  const problem = toProblem(error);
  const requestId = context.awsRequestId;
  if (statusOf(problem.slug) >= 500) logger.error('request failed', { requestId, error: error as Error });
  request.response = renderProblem(problem, requestId);
}

/** One line a request, with the route rather than the path: a path may hold anything. */
function logRequest({ event, context, response }: Answered): void {
  const { method, path } = event.requestContext.http;
  const route = templates.find((one) => one.method === method && one.pattern.test(path))?.path;
  const { statusCode = 0 } = response ?? {};
  logger.info('request', { requestId: context.awsRequestId, method, route, status: statusCode });
  const isRefused = statusCode >= 400 && statusCode < 500;
  const isStranger = event.headers.authorization === undefined;
  if (isRefused && isStranger && method === 'POST') addMetric('RequestsRefused');
}

/** Middy runs these from the last to the first: the problem is there before the headers are put on it. */
export const handler = middy<Event, Result, Error, Context>()
  .use(publishMetrics())
  .use({ after: logRequest, onError: logRequest })
  .use({ after: addSecurityHeaders, onError: addSecurityHeaders })
  .onError(answerProblem)
  .handler(httpRouter<Event, Result>({ routes: endpoints.map(toRoute), notFoundResponse: refuseRoute }));
