/** Between Node's HTTP server and the HTTP API: reads a request whole, writes a response whole. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { largestPayload } from './http-api.ts';
import type { HttpRequest } from './http-event.ts';
import type { HttpResponse } from './http-response.ts';

export async function readRequest(request: IncomingMessage): Promise<HttpRequest> {
  return {
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    rawHeaders: request.rawHeaders,
    body: await readBody(request),
    sourceIp: (request.socket.remoteAddress ?? '').replace('::ffff:', ''),
  };
}

/** Keeps one byte more than is allowed: enough to see that it is too much. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let kept = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    const part = chunk.subarray(0, largestPayload + 1 - kept);
    chunks.push(part);
    kept += part.length;
  }
  return Buffer.concat(chunks);
}

export function writeResponse(response: ServerResponse, answer: HttpResponse): void {
  const cookies = answer.cookies.length > 0 ? { 'set-cookie': [...answer.cookies] } : {};
  const length = answer.status === 204 ? {} : { 'content-length': answer.body.length };
  response.writeHead(answer.status, { ...answer.headers, ...length, ...cookies }).end(answer.body);
}
