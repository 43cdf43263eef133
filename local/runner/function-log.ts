/** What the functions write goes to a file each, as to a log group; of errors the terminal is told. */
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface FunctionLog {
  follow(output: Readable): void;
  close(): void;
}

/** @param warn gets the message of each line whose level is ERROR or above */
export function createFunctionLog(
  folder: string,
  functionName: string,
  warn: (message: string) => void,
): FunctionLog {
  mkdirSync(folder, { recursive: true });
  const file = createWriteStream(join(folder, `${functionName}.log`), { flags: 'a' });
  return {
    follow(output) {
      createInterface({ input: output }).on('line', (line) => {
        if (!file.writableEnded) file.write(`${line}\n`);
        const message = errorIn(line);
        if (message) warn(`${functionName}: ${message}`);
      });
    },
    close: () => void file.end(),
  };
}

/** `poll failed: connect ECONNREFUSED` for a JSON line of level ERROR or CRITICAL. */
function errorIn(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { level, message, error } = JSON.parse(line);
    if (level !== 'ERROR' && level !== 'CRITICAL') return undefined;
    return error?.message ? `${message}: ${error.message}` : String(message);
  } catch {
    return undefined;
  }
}
