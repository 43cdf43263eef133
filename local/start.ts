/** `npm start`: Tocsin on this machine. See docs/laptop.md. */
import { resolve } from 'node:path';
import { styleText } from 'node:util';
import { type ApiClient, createApiClient } from './api-client.ts';
import type { Newsroom } from './newsroom/newsroom.ts';
import { provideOperatorToken } from './operator-token.ts';
import { help, type Options, readOptions } from './options.ts';
import { startTocsin, type Tocsin } from './runner/tocsin.ts';
import { openNewsroom, sampleSetUp } from './samples.ts';
import { findFeed, type SetUp, setUp } from './set-up.ts';
import { alertLine, createTerminal, isAlert } from './terminal.ts';

const terminal = createTerminal(process.stdout);
/** On a laptop nobody waits for minutes. */
const ownIntervalSeconds = 30;

async function ownSetUp(operator: ApiClient, { sources, watches, channels }: Options): Promise<SetUp> {
  const urls = await Promise.all(sources.map((url) => findFeed(operator, url)));
  return {
    subscriber: 'You',
    sources: urls.map((url) => ({ url, intervalSeconds: ownIntervalSeconds })),
    channels,
    watches: watches.map((query) => ({ name: query.slice(0, 100), query })),
  };
}

async function prepare(tocsin: Tocsin, options: Options, newsroom: Newsroom | undefined): Promise<string> {
  tocsin.services.inbox.subscribe((message) => {
    if (isAlert(message)) terminal.line(alertLine(message, process.stdout));
  });
  const token = await provideOperatorToken(tocsin);
  const operator = createApiClient(tocsin, token);
  terminal.progress('setting up sources, watches and channels');
  if (newsroom) await setUp(tocsin, operator, sampleSetUp(newsroom));
  await setUp(tocsin, operator, await ownSetUp(operator, options));
  return token;
}

function welcome({ url, data }: Tocsin, token: string, newsroom: Newsroom | undefined): string {
  return [
    '',
    `Tocsin is running. Ctrl-C stops it; its data is kept in ${data}.`,
    '',
    `  dashboard ${url}`,
    `  inbox     ${url}/_local/`,
    `  API       ${url}/v1`,
    `  token     ${token}`,
    ...(newsroom ? [`  newsroom  ${newsroom.url}`] : []),
    '',
    'Alerts, as they go out:',
  ].join('\n');
}

async function run(options: Options): Promise<void> {
  const started = new AsyncDisposableStack();
  stopOnSignals(started);
  const data = resolve(options.data);
  let token = '';
  let newsroom: Newsroom | undefined;
  const tocsin = await startTocsin({
    ...options,
    data,
    report: terminal.progress,
    warn: (message) => terminal.line(styleText('red', message, { stream: process.stdout })),
    prepare: async (prepared) => {
      if (options.samples) newsroom = started.adopt(await openNewsroom(data), (open) => open.close());
      token = await prepare(prepared, options, newsroom);
    },
  });
  started.adopt(tocsin, (running) => running.stop());
  terminal.line(welcome(tocsin, token, newsroom));
}

/** The second signal does not wait. */
function stopOnSignals(started: AsyncDisposableStack): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, async () => {
      if (stopping) process.exit(1);
      stopping = true;
      terminal.line('Stopping.');
      await started.disposeAsync();
      process.exit(0);
    });
}

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) terminal.line(help);
  else await run(options);
} catch (error) {
  terminal.clear();
  console.error((error as Error).message);
  process.exit(1);
}
