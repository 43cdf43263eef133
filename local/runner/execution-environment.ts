/**
 * A process that runs one function, one invocation at a time, with the environment, memory and time that Lambda
 * would give it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { FunctionError } from './function-error.ts';
import type { Answer, FunctionFailure } from './messages.ts';
import { region } from './names.ts';
import type { FunctionSpec } from './resources.ts';

export interface ExecutionEnvironment {
  /** False once the process has ended: an environment is not used again after a crash or a timeout. */
  readonly alive: boolean;
  readonly pid: number | undefined;
  readonly output: readonly Readable[];
  /**
   * The handler's answer, as JSON; undefined where it returned nothing.
   * @throws FunctionError with Lambda's own error types
   */
  invoke(event: unknown): Promise<string | undefined>;
  stop(): void;
}

/** @param endpoint where AWS is on this machine */
export function startExecutionEnvironment(spec: FunctionSpec, endpoint: string): ExecutionEnvironment {
  const child = fork(join(import.meta.dirname, 'child.ts'), {
    cwd: spec.folder,
    detached: true, // Ctrl-C is for the runner, which lets its functions finish
    env: environmentOf(spec, endpoint),
    execArgv: [`--max-old-space-size=${spec.memoryMb}`, '--enable-source-maps'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  child.on('error', () => {});
  const ready = nextAnswer(child);
  ready.catch(() => {});
  return {
    get alive() {
      return child.exitCode === null && child.signalCode === null && child.connected;
    },
    pid: child.pid,
    output: [child.stdout!, child.stderr!],
    async invoke(event) {
      const started = await ready;
      if (started.type === 'failed') throw end(child, started.failure);
      return invoke(child, spec, event);
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

function environmentOf(spec: FunctionSpec, endpoint: string): NodeJS.ProcessEnv {
  const { PATH, NODE_EXTRA_CA_CERTS } = process.env;
  return {
    PATH,
    ...(NODE_EXTRA_CA_CERTS ? { NODE_EXTRA_CA_CERTS } : {}),
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: spec.name,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: spec.folder,
    _HANDLER: spec.handler,
    ...spec.environment,
  };
}

async function invoke(child: ChildProcess, spec: FunctionSpec, event: unknown): Promise<string | undefined> {
  const requestId = randomUUID();
  const timeoutMs = spec.timeoutSeconds * 1000;
  const answered = nextAnswer(child, requestId);
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeout.reject(timedOut(child, requestId, spec)), timeoutMs);
  try {
    const deadline = Date.now() + timeoutMs;
    child.send({ requestId, event, functionArn: spec.arn, deadline }, () => {});
    const answer = await Promise.race([answered, timeout.promise]);
    if (answer.type === 'failed') throw new FunctionError(answer.failure);
    return answer.type === 'done' ? answer.payload : undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** @throws (as a rejection) FunctionError `Runtime.ExitError` where the process ends instead */
function nextAnswer(child: ChildProcess, requestId = 'init'): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const exited = (code: number | null, signal: string | null) => {
    const status = signal ? `signal: ${signal}` : `exit status ${code}`;
    const errorMessage = `RequestId: ${requestId} Error: Runtime exited with error: ${status}`;
    reject(new FunctionError({ errorType: 'Runtime.ExitError', errorMessage }));
  };
  child.once('exit', exited);
  child.once('message', (answer) => {
    child.off('exit', exited);
    resolve(answer as Answer);
  });
  return promise;
}

function timedOut(child: ChildProcess, requestId: string, { timeoutSeconds }: FunctionSpec): FunctionError {
  return end(child, {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  });
}

function end(child: ChildProcess, failure: FunctionFailure): FunctionError {
  child.kill('SIGKILL');
  return new FunctionError(failure);
}
