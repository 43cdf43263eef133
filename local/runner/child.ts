/**
 * One execution environment: loads the bundle that `_HANDLER` and `LAMBDA_TASK_ROOT` name and runs it, one
 * invocation at a time, as they come over IPC. It ends when the runner is gone.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Answer, FunctionFailure, Invocation } from './messages.ts';

type Handler = (event: unknown, context: object) => unknown;

process.on('disconnect', () => process.exit(0));

function answer(message: Answer): void {
  process.send?.(message);
}

async function loadHandler(): Promise<Handler> {
  const [file = '', name = ''] = (process.env._HANDLER ?? '').split('.');
  const stem = join(process.env.LAMBDA_TASK_ROOT ?? '.', file);
  const path = ['.mjs', '.js', '.cjs'].map((extension) => stem + extension).find(existsSync);
  if (!path) throw new Error(`Cannot find module '${stem}'`);
  const handler = (await import(pathToFileURL(path).href))[name];
  if (typeof handler !== 'function') throw new Error(`${process.env._HANDLER} is undefined or not exported`);
  return handler;
}

function contextOf({ requestId, functionArn, deadline }: Invocation): object {
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: false,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: functionArn,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function failureOf(error: unknown): FunctionFailure {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { errorType: name, errorMessage: message, trace: stack?.split('\n') ?? [] };
}

async function run(handler: Handler, invocation: Invocation): Promise<void> {
  try {
    const result = await handler(invocation.event, contextOf(invocation));
    const payload = JSON.stringify(result);
    answer({ type: 'done', ...(payload === undefined ? {} : { payload }) });
  } catch (error) {
    answer({ type: 'failed', failure: failureOf(error) });
  }
}

try {
  const handler = await loadHandler();
  process.on('message', (invocation: Invocation) => void run(handler, invocation));
  answer({ type: 'ready' });
} catch (error) {
  answer({ type: 'failed', failure: failureOf(error) });
}
