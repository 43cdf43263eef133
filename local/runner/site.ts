/** Serves the deployed files as CloudFront and S3 do; what goes to the API is left to the caller. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { BehaviorSpec, SiteSpec } from './cloudfront.ts';
import { decodePath, type HttpRequest, splitTarget } from './http-event.ts';
import type { HttpResponse } from './http-response.ts';

/** @returns nothing for a path that is the API's */
export async function answerSite(
  { folder, behaviors }: SiteSpec,
  { method, target }: HttpRequest,
): Promise<HttpResponse | undefined> {
  const { path } = splitTarget(target);
  const behavior = behaviors.find(({ pattern }) => fits(pattern, path))!;
  if (behavior.to === 'api') return undefined;
  if (method !== 'GET' && method !== 'HEAD') return refuse(behavior, 403);
  const file = join(folder, normalize(`/${decodePath(rewrite(behavior, path))}`));
  const body = await readFile(file).catch(() => undefined);
  if (!body) return refuse(behavior, 404);
  const headers = { ...behavior.headers, 'content-type': typeOf(file) };
  return { status: 200, headers, cookies: [], body };
}

function fits(pattern: string, path: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${source}$`).test(path);
}

/** What the behavior's CloudFront function makes of the path. */
function rewrite({ onRequest }: BehaviorSpec, uri: string): string {
  if (onRequest === undefined) return uri;
  const event = { version: '1.0', request: { method: 'GET', uri, headers: {} } };
  return runInNewContext(`${onRequest}; handler(event)`, { event }, { timeout: 100 }).uri;
}

function refuse({ headers }: BehaviorSpec, status: number): HttpResponse {
  return {
    status,
    headers: { ...headers, 'content-type': 'text/plain' },
    cookies: [],
    body: Buffer.alloc(0),
  };
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const typeOf = (file: string) => types[extname(file)] ?? 'application/octet-stream';
