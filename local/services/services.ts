/**
 * All local services on one port. A signed request names its service and caller; what the caller's policies allow is
 * carried out, the rest refused. `/_local/` is the inbox, everything else the fallback's.
 *
 *     const services = await startServices({ port: 4747, host: '127.0.0.1', dataDir: '.tocsin', … });
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { accountId } from './arn.ts';
import { accessDenied, authorize } from './authorize.ts';
import { dynamoWire } from './dynamo-wire.ts';
import { localRoutes } from './local-routes.ts';
import { openS3 } from './s3.ts';
import { s3Wire } from './s3-wire.ts';
import { ServiceError } from './service-error.ts';
import type { Call, Services, ServicesOptions } from './services-types.ts';
import { openSns } from './sns.ts';
import { snsWire } from './sns-wire.ts';
import { openSqs } from './sqs.ts';
import { sqsWire } from './sqs-wire.ts';
import {
  type Answer,
  bodyOf,
  type Credential,
  credentialOf,
  type WireRequest,
  type WireService,
} from './wire.ts';

type WireServices = Readonly<Record<Call['service'], WireService>>;

/** Listens and opens the files. Throws where the port is taken or a file cannot be read, saying what to do. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const server = createServer();
  const port = await listen(server, options);
  const url = `http://${urlHost(options.host)}:${port}`;
  try {
    return serve(server, url, port, options);
  } catch (error) {
    server.close();
    throw error;
  }
}

function serve(server: Server, url: string, port: number, options: ServicesOptions): Services {
  const { dataDir, now = Date.now } = options;
  const queueUrl = (name: string) => `${url}/${accountId}/${name}`;
  const sqs = openSqs(join(dataDir, 'sqs.sqlite'), { now });
  const sns = openSns(join(dataDir, 'sns.sqlite'), { sqs, baseUrl: () => url, now });
  const s3 = openS3(join(dataDir, 's3.sqlite'), { now });
  const dynamodb = dynamoWire(options.dynamoEndpoint);
  const wires = { sqs: sqsWire(sqs, queueUrl, now), sns: snsWire(sns), s3: s3Wire(s3), dynamodb };
  const finished = answerRequests(server, options, wires, localRoutes(sns, options.host));
  return {
    url,
    port,
    sqs,
    sns,
    s3,
    inbox: sns.inbox,
    queueUrl,
    async close() {
      server.close();
      server.closeAllConnections();
      await finished();
      dynamodb.close();
      await sns.close();
      sqs.close();
      s3.close();
    },
  };
}

/** Answers how to wait for the calls that are being carried out. */
function answerRequests(
  server: Server,
  options: ServicesOptions,
  wires: WireServices,
  routes: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): () => Promise<unknown> {
  const calls = new Set<Promise<void>>();
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (/^\/_local(\/|\?|$)/.test(request.url ?? '')) return routes(request, response);
    const credential = credentialOf(request.headers);
    if (!credential) return options.fallback(request, response);
    const call = answerSigned(request, response, credential, options, wires);
    calls.add(call);
    await call.finally(() => calls.delete(call));
  };
  server.on('request', (request, response) => {
    handle(request, response).catch((error) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  return () => Promise.allSettled(calls);
}

async function answerSigned(
  request: IncomingMessage,
  response: ServerResponse,
  { caller, service }: Credential,
  options: ServicesOptions,
  wires: WireServices,
): Promise<void> {
  if (!isKnown(service, wires)) return send(response, unknownService(service));
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const wireRequest = {
    caller,
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    headers: request.headers,
    body: await bodyOf(request),
    signal: gone.signal,
  };
  send(response, await answer(wires[service], service, options, wireRequest));
}

function isKnown(service: string, wires: WireServices): service is Call['service'] {
  return Object.hasOwn(wires, service);
}

/** Checks and carries out one call; what a service refuses is answered in its own form. */
async function answer(
  wire: WireService,
  service: Call['service'],
  options: ServicesOptions,
  request: WireRequest,
): Promise<Answer> {
  const { caller } = request;
  try {
    const call = wire.read(request);
    authorize(caller, options.policiesOf(caller), call.grants);
    const resources = call.grants.map(({ resource }) => resource);
    const told = { caller, service, action: call.action, resources };
    await options.onCall?.({ ...told, phase: 'before' });
    const answered = await refusing(wire, () => call.carryOut());
    await options.onCall?.({ ...told, phase: 'after', ...(answered.error && { error: answered.error }) });
    return answered;
  } catch (error) {
    if (error instanceof ServiceError && error.code === accessDenied) options.onRefused?.(error.message);
    if (error instanceof ServiceError) return wire.refuse(error);
    console.error(error);
    return wire.refuse(new ServiceError('InternalFailure', 'The local service failed', 500));
  }
}

async function refusing(wire: WireService, work: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ServiceError) return wire.refuse(error);
    throw error;
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

function unknownService(service: string): Answer {
  const body = `There is no local ${service}`;
  return { status: 501, headers: { 'content-type': 'text/plain' }, body };
}

async function listen(server: Server, { port, host }: ServicesOptions): Promise<number> {
  server.keepAliveTimeout = 120_000; // Longer than the clients keep theirs, so that none is reset in use.
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenError(cause, port)));
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function listenError(cause: NodeJS.ErrnoException, port: number): Error {
  if (cause.code !== 'EADDRINUSE') return cause;
  return new Error(
    `Port ${port} is taken. Stop what listens there, or choose another: npm start -- --port ${port + 1}`,
    { cause },
  );
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
