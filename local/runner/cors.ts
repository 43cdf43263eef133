/**
 * CORS as an HTTP API answers it itself: preflights never reach the function, and the function's own CORS headers
 * are replaced. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
import type { CorsSpec } from './api-resources.ts';
import type { HttpResponse } from './http-response.ts';

type Headers = Readonly<Record<string, string>>;

/** The answer to a preflight, undefined for any other request. */
export function preflight(cors: CorsSpec, method: string, headers: Headers): HttpResponse | undefined {
  if (method !== 'OPTIONS' || !headers.origin || !headers['access-control-request-method']) return undefined;
  return { status: 204, headers: allowed(cors, headers.origin, true), cookies: [], body: Buffer.alloc(0) };
}

export function withCors(cors: CorsSpec, origin: string | undefined, response: HttpResponse): HttpResponse {
  const own = Object.entries(response.headers).filter(([name]) => !name.startsWith('access-control-'));
  const headers = { ...Object.fromEntries(own), ...(origin ? allowed(cors, origin, false) : {}) };
  return { ...response, headers };
}

function allowed(cors: CorsSpec, origin: string, isPreflight: boolean): Headers {
  const allowedOrigin = (cors.AllowOrigins ?? []).find((pattern) => covers(pattern, origin));
  if (!allowedOrigin) return {};
  const list = (name: string, values: readonly string[] | undefined) =>
    values?.length ? { [name]: values.join(',') } : {};
  return {
    'access-control-allow-origin': allowedOrigin === '*' ? '*' : origin,
    ...(cors.AllowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
    ...list('access-control-expose-headers', cors.ExposeHeaders),
    ...(isPreflight
      ? {
          ...list('access-control-allow-methods', cors.AllowMethods),
          ...list('access-control-allow-headers', cors.AllowHeaders),
          ...(cors.MaxAge === undefined ? {} : { 'access-control-max-age': String(cors.MaxAge) }),
        }
      : {}),
  };
}

/** `*`, `https://*` or the origin itself. */
function covers(pattern: string, origin: string): boolean {
  return pattern.endsWith('*') ? origin.startsWith(pattern.slice(0, -1)) : pattern === origin;
}
