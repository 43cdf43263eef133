/**
 * The one port of the runner: signed requests go to the local AWS, `/_local/` is the inbox, and the rest is the
 * stack's: files of its site and its HTTP API, which let nobody in before everything is ready.
 */
import { startServices } from '../services/services.ts';
import type { Services, ServicesOptions } from '../services/services-types.ts';
import type { Assembly } from './assembly.ts';
import { crashDrill } from './crash-drill.ts';
import type { Functions } from './functions.ts';
import { answerHttp } from './http-api.ts';
import type { HttpRequest } from './http-event.ts';
import { gatewayError, type HttpResponse } from './http-response.ts';
import { readRequest, writeResponse } from './http-server.ts';
import { policiesOf } from './rights.ts';
import { answerSite } from './site.ts';

/** What requests are answered with: the stack is read only when its address is known. */
export interface Stack {
  assembly?: Assembly;
  functions?: Functions;
  /** Set once everybody is let in. */
  ready: boolean;
}

export type PortOptions = Pick<ServicesOptions, 'port' | 'dataDir' | 'dynamoEndpoint' | 'onRefused'>;

/** @throws Error that says what to do where the port is taken */
export async function openPort(options: PortOptions, stack: Stack): Promise<Services> {
  try {
    return await startServices({
      ...options,
      ...crashDrillOf(stack),
      host: '127.0.0.1',
      policiesOf: (caller) => stack.assembly && policiesOf(stack.assembly, caller),
      fallback: async (request, response) => {
        const answer = stack.ready ? await answerRequest(stack, await readRequest(request)) : unavailable;
        writeResponse(response, answer);
      },
    });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${options.port} is taken. Choose another with --port.`, { cause: error });
  }
}

const unavailable = gatewayError(503, 'Service Unavailable');

export async function answerRequest(
  { assembly, functions }: Stack,
  request: HttpRequest,
): Promise<HttpResponse> {
  if (!assembly?.api || !functions) return unavailable;
  const file = assembly.site && (await answerSite(assembly.site, request));
  if (file) return file;
  return answerHttp(assembly.api, functions.invoke, request);
}

function crashDrillOf(stack: Stack): Pick<ServicesOptions, 'onCall'> {
  const drill = process.env.TOCSIN_CRASH_AT;
  if (!drill) return {};
  const wordOf = (caller: string) =>
    stack.assembly?.functions.find(({ name }) => name === caller)?.environment.STEP;
  return { onCall: crashDrill(drill, wordOf) };
}
