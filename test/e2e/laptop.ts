/**
 * Tocsin as a person runs it on a laptop, driven from outside: its command, its HTTP API and its inbox. Nothing here
 * knows what is inside.
 *
 *     const laptop = await startLaptop({ data });
 *     const reader = await laptop.subscriber([{ kind: 'email', address: 'reader@example.org' }]);
 *     await reader.watch({ name: 'Strikes', query: 'strike' });
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../local/runner/free-port.ts';

export interface InboxMessage {
  readonly id: string;
  readonly at: string;
  readonly protocol: string;
  readonly to: string;
  readonly subject?: string;
  readonly body: string;
}

export interface ChannelInput {
  readonly kind: 'email' | 'sms' | 'webhook';
  readonly address: string;
}

export interface Laptop {
  readonly url: string;
  /** The process's own output, for messages of failed tests. */
  output(): string;
  /** Answers with the parsed body; throws on a status of 400 and above. */
  api<T>(method: string, path: string, body?: unknown, token?: string): Promise<T>;
  inbox(): Promise<InboxMessage[]>;
  /** Mails and texts to an address, oldest first, without the mail that asks for a confirmation. */
  alertsTo(address: string): Promise<InboxMessage[]>;
  /** The alerts of the token's subscriber with their deliveries, newest first. */
  alerts(token: string): Promise<AlertAnswer[]>;
  /** Makes a source and waits until its first poll, which alerts nobody, has succeeded. */
  establishSource(url: string): Promise<string>;
  /** Makes a subscriber, who confirms the mails that ask for it unless told not to. */
  subscriber(channels: readonly ChannelInput[], options?: { confirm: boolean }): Promise<Reader>;
  /** Resolves with the signal or exit code once the process is gone. */
  readonly gone: Promise<NodeJS.Signals | number | null>;
  stop(): Promise<void>;
}

export interface Reader {
  readonly id: string;
  readonly token: string;
  watch(watch: { name: string; query: string; frequency?: string }): Promise<string>;
}

export interface AlertAnswer {
  readonly publishedAt: string;
  readonly seenAt: string;
  readonly matchedAt: string;
  readonly sentAt: string;
  readonly deliveries: readonly { readonly state: string; readonly why?: string }[];
}

export interface LaptopOptions {
  readonly data: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

const start = join(import.meta.dirname, '../../local/start.ts');

/** A test that failed stops nothing itself. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export async function startLaptop({ data, env, args = ['--no-samples'] }: LaptopOptions): Promise<Laptop> {
  const port = await freePort();
  const child = spawn(process.execPath, [start, '--data', data, '--port', String(port), ...args], {
    env: { ...process.env, CI: 'true', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const output = collectOutput(child);
  const gone = once(child, 'exit').then(([code, signal]) => signal ?? code);
  const url = `http://127.0.0.1:${port}`;
  const tokenFile = join(data, 'operator-token');
  await until('the laptop answers', async () => {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`It ended: ${output()}`);
    return existsSync(tokenFile) && (await fetch(`${url}/v1/health`).catch(() => undefined))?.ok;
  });
  const operator = () => readFileSync(tokenFile, 'utf8').trim();
  const api = async <T>(method: string, path: string, body?: unknown, token = operator()) => {
    refuseRefusals(output());
    return callApi<T>(url, method, path, body, token);
  };
  const inbox = async () => {
    refuseRefusals(output());
    return (await callApi<{ messages: InboxMessage[] }>(url, 'GET', '/_local/inbox')).messages;
  };
  return {
    url,
    output,
    api,
    inbox,
    alertsTo: async (address) => {
      const messages = await inbox();
      return messages.filter(({ to, subject }) => to === address && !isConfirmation(subject)).reverse();
    },
    alerts: async (token) => {
      const { items } = await api<{ items: { id: string }[] }>('GET', '/v1/alerts', undefined, token);
      return Promise.all(
        items.map(({ id }) => api<AlertAnswer>('GET', `/v1/alerts/${id}`, undefined, token)),
      );
    },
    establishSource: (feed) => establishSource(api, feed),
    subscriber: (channels, { confirm } = { confirm: true }) =>
      makeSubscriber(api, channels, async (address) => confirm && confirmMail(inbox, address)),
    gone,
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** Waits for an outcome, for ten minutes at most: how long a test may take is up to its own timeout. */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  for (let looks = 0; looks < 6000; looks++) {
    const found = await look();
    if (found) return found;
    await delay(100);
  }
  throw new Error(`Never happened: ${what}`);
}

/** A call that a role does not allow: nothing will come of waiting, and the message names the missing grant. */
function refuseRefusals(output: string): void {
  const refused = /^.*is not allowed to.*$/m.exec(output);
  if (refused) throw new Error(refused[0]);
}

async function establishSource(api: Laptop['api'], url: string): Promise<string> {
  const { id } = await api<{ id: string }>('POST', '/v1/sources', { url, intervalSeconds: 15 });
  await until(`${url} is established`, async () => {
    const { lastSuccessAt } = await api<{ lastSuccessAt?: string }>('GET', `/v1/sources/${id}`);
    return lastSuccessAt !== undefined;
  });
  return id;
}

async function makeSubscriber(
  api: Laptop['api'],
  channels: readonly ChannelInput[],
  confirm: (address: string) => Promise<unknown>,
): Promise<Reader> {
  const { id } = await api<{ id: string }>('POST', '/v1/subscribers', { name: 'Reader', channels });
  for (const { kind, address } of channels) if (kind === 'email') await confirm(address);
  const { token } = await api<{ token: string }>('POST', `/v1/subscribers/${id}/tokens`, { name: 'test' });
  return {
    id,
    token,
    watch: async (watch) => (await api<{ id: string }>('POST', '/v1/watches', watch, token)).id,
  };
}

const isConfirmation = (subject = '') => subject.includes('Subscription Confirmation');

/** Follows the link in the confirmation mail, as its reader does. */
export async function confirmMail(inbox: Laptop['inbox'], address: string): Promise<void> {
  await fetch(await confirmationLink(inbox, address));
}

export function confirmationLink(inbox: Laptop['inbox'], address: string): Promise<string> {
  return until(`a confirmation mail to ${address}`, async () => {
    const mails = await inbox();
    return mails
      .filter(({ to }) => to === address)
      .map(({ body }) => /https?:\/\/\S*confirm\S*/i.exec(body)?.[0])[0];
  });
}

async function callApi<T>(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  token?: string,
): Promise<T> {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

function collectOutput(child: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => chunks.push(String(chunk)));
  return () => chunks.join('');
}
