/**
 * The whole stack on this machine: synthesizes it, starts what it stands on, and runs it until it is stopped.
 *
 *     const tocsin = await startTocsin({ data: '.tocsin', port: 4747, report: console.log });
 *     await fetch(`${tocsin.url}/v1/health`);
 *     await tocsin.stop();
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { debuglog } from 'node:util';
import type { Services } from '../services/services-types.ts';
import { type Assembly, readAssembly } from './assembly.ts';
import { dataFiles, forgetData } from './data-folder.ts';
import { startDynamo } from './dynamo.ts';
import { provideDynoxide } from './dynoxide.ts';
import { startEventSources } from './event-sources.ts';
import { startExpiry } from './expiry.ts';
import { createFunctions, type Functions } from './functions.ts';
import type { HttpRequest } from './http-event.ts';
import type { HttpResponse } from './http-response.ts';
import { lockData } from './lock.ts';
import { answerRequest, openPort, type Stack } from './one-port.ts';
import { checkRights } from './rights.ts';
import { startSchedules } from './schedules.ts';
import { laptopSettings, type Settings } from './settings.ts';
import { synthesize } from './synth.ts';
import { provideTables } from './tables.ts';

/** Shown with `NODE_DEBUG=tocsin`. */
const debug = debuglog('tocsin');

export interface TocsinOptions {
  /** The folder in which everything is kept from run to run. */
  readonly data: string;
  /** Forgets what is kept. */
  readonly fresh?: boolean;
  /** 0 takes a free one. */
  readonly port: number;
  /** Settings of the stack on top of the laptop's own. */
  readonly settings?: Settings;
  /** A synthesized assembly to run instead of this project's. */
  readonly assembly?: string;
  /** Told what is being done. */
  readonly report?: (message: string) => void;
  /** Told of every error in a function, and of every call that its role does not allow. */
  readonly warn?: (message: string) => void;
  /** Sets up what is to be there before the first run of a schedule. */
  readonly prepare?: (tocsin: Tocsin) => Promise<void>;
}

export interface Tocsin {
  /** `http://127.0.0.1:4747`: the API, AWS and, under `/_local/`, the inbox. */
  readonly url: string;
  readonly data: string;
  readonly assembly: Assembly;
  readonly services: Services;
  /** Answers a request to the API in this process, even before others are let in. */
  answer(request: HttpRequest): Promise<HttpResponse>;
  /** Ends everything that was started; what is at work may finish. */
  stop(): Promise<void>;
}

/** @throws Error that says what to do: another runner on the folder, a taken port, a missing binary, a corrupt file */
export async function startTocsin(options: TocsinOptions): Promise<Tocsin> {
  const started = new AsyncDisposableStack();
  try {
    const tocsin = await start({ ...options, data: resolve(options.data) }, started);
    return tocsin;
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

async function start(options: TocsinOptions, started: AsyncDisposableStack): Promise<Tocsin> {
  const { data, port, report = () => {}, warn = () => {} } = options;
  const files = dataFiles(data);
  started.adopt(lockData(data), (lock) => lock.release());
  if (options.fresh) forgetData(data);
  const [binary, folder] = await Promise.all([
    provideDynoxide(report),
    options.assembly ?? synthesize({ ...laptopSettings, ...options.settings }, report),
  ]);
  report('starting the database and the services');
  const dynamo = started.adopt(await startDynamo(binary, files.dynamo), (running) => running.stop());
  const stack: Stack = { ready: false };
  const portOptions = { port, dataDir: data, dynamoEndpoint: dynamo.endpoint, onRefused: warn };
  const services = started.adopt(await openPort(portOptions, stack), (open) => open.close());
  const assembly = readAssembly(folder, services.url);
  debug('not run here: %s', assembly.ignored.join(', '));
  stack.assembly = assembly;
  checkRights(assembly);
  await provideTables(dynamo.client, assembly.tables);
  provideResources(assembly, services);
  writeFileSync(files.outputs, JSON.stringify({ [assembly.stackName]: assembly.outputs }, undefined, 2));
  stack.functions = started.adopt(
    createFunctions({ specs: assembly.functions, endpoint: services.url, logs: files.logs, warn }),
    (running) => running.stop(),
  );
  const tocsin: Tocsin = {
    url: services.url,
    data,
    assembly,
    services,
    answer: (request) => answerRequest(stack, request),
    stop: () => started.disposeAsync(),
  };
  await options.prepare?.(tocsin);
  startEvents(assembly, services, stack.functions, started);
  started.adopt(startExpiry(dynamo.client, assembly.tables, warn), (running) => running.stop());
  stack.ready = true;
  return tocsin;
}

function startEvents(
  { eventSources, schedules }: Assembly,
  { sqs }: Services,
  { invoke }: Functions,
  started: AsyncDisposableStack,
): void {
  started.adopt(startEventSources(eventSources, sqs, invoke), (running) => running.stop());
  const fire = (arn: string, event: unknown) => invoke(arn.split(':').at(-1)!, event);
  started.adopt(startSchedules(schedules, fire), (running) => running.stop());
}

/** Nobody is working on what the last run had received: its functions ended with it. */
function provideResources(assembly: Assembly, { sqs, sns, s3 }: Services): void {
  for (const { name } of assembly.buckets) s3.createBucket(name);
  for (const { name, attributes } of assembly.queues) sqs.createQueue(name, attributes);
  for (const { name } of assembly.topics) sns.createTopic(name);
  for (const { topicArn, protocol, endpoint } of assembly.subscriptions)
    sns.subscribe({ topicArn, protocol, endpoint });
  sqs.releaseInFlight();
}
