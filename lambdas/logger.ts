/**
 * The logger of a function: JSON lines with a constant message and its data in fields. What a person could be
 * found by (an address, a phone number, a token) is never a field.
 *
 *     logger.warn('code not sent', { reason: 'budget of the month', channelId });
 */

import { everyFunction } from '../core/environment.ts';

/** Those of Lambda; nothing of ours is fatal. */
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
type Level = 'debug' | 'info' | 'warn' | 'error';

/** An `error` is shown as its name, message, stack and cause, and nothing else that the SDK puts into one. */
type Fields = Readonly<Record<string, unknown>>;

export type Log = Readonly<Record<Level, (message: string, fields?: Fields) => void>>;

/** Lambda tells it, where another was chosen in the settings of the function. */
const chosen = process.env.AWS_LAMBDA_LOG_LEVEL?.toLowerCase() ?? 'info';
const lowest = (levels as readonly string[]).indexOf(chosen);

export const logger: Log = createLog({});

/** @param always stands in each of its lines */
export function createLog(always: Fields): Log {
  const at =
    (level: Level) =>
    (message: string, fields: Fields = {}) => {
      if (levels.indexOf(level) >= lowest) writeLine(toLine(level, message, { ...always, ...fields }));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** Past the console, which Lambda has replaced by one that puts each text into a JSON object of its own. */
export function writeLine(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function toLine(level: Level, message: string, { error, ...fields }: Fields): object {
  return {
    level: level.toUpperCase(),
    message,
    timestamp: new Date().toISOString(),
    service: process.env[everyFunction.step],
    ...fields,
    error: error === undefined ? undefined : toShown(error),
  };
}

function toShown(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  return { name, message, stack, cause: cause === undefined ? undefined : toShown(cause) };
}
