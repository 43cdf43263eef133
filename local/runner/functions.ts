/**
 * The functions of the stack: each runs in as many execution environments as it has invocations at a time, up to a
 * limit; more wait their turn. An environment that crashed or timed out is replaced.
 *
 *     const functions = createFunctions({ specs, endpoint, logs: '.tocsin/logs', warn: console.error });
 *     const answer = await functions.invoke('Tocsin-Poll', event);
 */
import { type ExecutionEnvironment, startExecutionEnvironment } from './execution-environment.ts';
import { createFunctionLog } from './function-log.ts';
import type { FunctionSpec } from './resources.ts';

export interface Functions {
  /**
   * @returns what the handler returned
   * @throws FunctionError where it threw, timed out or crashed
   */
  invoke(name: string, event: unknown): Promise<unknown>;
  /** Ends every process; invocations in flight fail. */
  stop(): void;
}

export interface FunctionsOptions {
  readonly specs: readonly FunctionSpec[];
  /** Where AWS is on this machine. */
  readonly endpoint: string;
  /** The folder of the log files, one a function. */
  readonly logs: string;
  /** Told of every invocation that failed, and of every line that a function logged as an error. */
  readonly warn: (message: string) => void;
}

/** How many invocations of one function run at once. */
export const concurrencyLimit = 4;

/** A second environment that had nothing to do for so long is ended; one stays warm. */
const idleMs = 60_000;

interface Idle {
  readonly environment: ExecutionEnvironment;
  readonly since: number;
}

export function createFunctions(options: FunctionsOptions): Functions {
  const pools = new Map(options.specs.map((spec) => [spec.name, createPool(spec, options)]));
  const poolOf = (name: string) => {
    const pool = pools.get(name);
    if (!pool) throw new Error(`Function not found: ${name}`);
    return pool;
  };
  return {
    async invoke(name, event) {
      const payload = await poolOf(name).invoke(event);
      return payload === undefined ? undefined : JSON.parse(payload);
    },
    stop: () => {
      for (const pool of pools.values()) pool.stop();
    },
  };
}

function createPool(spec: FunctionSpec, { endpoint, logs, warn }: FunctionsOptions) {
  const log = createFunctionLog(logs, spec.name, warn);
  const all = new Set<ExecutionEnvironment>();
  /** The one that worked last is at the end, and is taken first. */
  const idle: Idle[] = [];
  const waiting: (() => void)[] = [];
  let running = 0;
  let stopped = false;

  function start(): ExecutionEnvironment {
    const environment = startExecutionEnvironment(spec, endpoint);
    all.add(environment);
    for (const stream of environment.output) log.follow(stream);
    return environment;
  }

  function takeIdle(): ExecutionEnvironment {
    const last = idle.pop();
    if (!last) return start();
    if (last.environment.alive) return last.environment;
    all.delete(last.environment);
    return takeIdle();
  }

  function release(environment: ExecutionEnvironment): void {
    if (environment.alive) idle.push({ environment, since: Date.now() });
    else all.delete(environment);
    endIdle();
    const next = waiting.shift();
    if (next) next();
    else running--;
  }

  function endIdle(): void {
    while (idle.length > 1 && idle[0]!.since < Date.now() - idleMs) {
      const { environment } = idle.shift()!;
      all.delete(environment);
      environment.stop();
    }
  }

  /** A place among the running; whoever waits takes over the place that `release` would free. */
  async function takeTurn(): Promise<void> {
    if (running < concurrencyLimit) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  return {
    async invoke(event: unknown): Promise<string | undefined> {
      await takeTurn();
      const environment = takeIdle();
      try {
        return await environment.invoke(event);
      } catch (error) {
        if (!stopped) warn(`${spec.name}: ${(error as Error).message}`);
        throw error;
      } finally {
        release(environment);
      }
    },
    stop() {
      stopped = true;
      for (const environment of all) environment.stop();
      log.close();
    },
  };
}
