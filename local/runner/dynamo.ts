/** The embedded DynamoDB as a process that lives no longer than this one, even after `kill -9`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { freePort } from './free-port.ts';
import { region } from './names.ts';

export interface Dynamo {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  stop(): Promise<void>;
}

/**
 * The shell holds the other end of our pipe as file 3: it reads the end of it when this process is gone in
 * whatever way, and ends the database then.
 */
export const guard = `exec 3<&0
"$@" </dev/null & pid=$!
{ cat <&3 >/dev/null; kill $pid 2>/dev/null; } &
wait $pid`;

/**
 * @param binary the path of dynoxide
 * @param file its data, kept between runs
 * @throws Error that says what to do where it does not start
 */
export async function startDynamo(binary: string, file: string): Promise<Dynamo> {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    try {
      return await startOn(await freePort(), binary, file);
    } catch (error) {
      if (!/already in use/.test((error as Error).message)) throw error; // somebody was faster: another port
    }
  }
}

async function startOn(port: number, binary: string, file: string): Promise<Dynamo> {
  const serve = [binary, 'serve', '--port', String(port), '--db-path', file];
  const shell = spawn('sh', ['-c', guard, 'sh', ...serve], {
    detached: true, // Ctrl-C is for us: we end it after our functions
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let errors = '';
  shell.stderr.setEncoding('utf8').on('data', (text) => {
    errors = (errors + text).slice(-2000);
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const client = clientOf(endpoint);
  const exited = once(shell, 'exit');
  const failed = exited.then(() => {
    shell.stdin.destroy();
    throw new Error(explain(errors, file));
  });
  failed.catch(() => {});
  await Promise.race([untilReady(client, () => shell.exitCode !== null), failed]);
  return {
    endpoint,
    client,
    async stop() {
      client.destroy();
      shell.stdin.end();
      if (shell.exitCode === null) await exited;
    },
  };
}

function clientOf(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'local' };
  return new DynamoDBClient({ endpoint, region, credentials });
}

async function untilReady(client: DynamoDBClient, ended: () => boolean): Promise<void> {
  while (!ended()) {
    const ready = await client.send(new ListTablesCommand({})).catch(() => undefined);
    if (ready) return;
    await delay(10);
  }
}

function explain(errors: string, file: string): string {
  if (/not a valid SQLite database|malformed|corrupt/i.test(errors))
    return `${file} cannot be read. Start with --fresh to forget all local data.`;
  return `The embedded DynamoDB ended: ${errors.trim() || 'without a word'}`;
}
