/** The flags of `npm start`. */
import { parseArgs } from 'node:util';

export interface Options {
  readonly port: number;
  readonly data: string;
  readonly fresh: boolean;
  readonly samples: boolean;
  readonly help: boolean;
  readonly sources: readonly string[];
  readonly watches: readonly string[];
  readonly channels: readonly WantedChannel[];
}

export interface WantedChannel {
  readonly kind: 'email' | 'sms' | 'webhook';
  readonly address: string;
}

export const help = `Runs Tocsin on this machine: the stack that "cdk deploy" would install, with no AWS account.

  npm start                          with a sample newsroom, watches and a reader
  npm start -- --no-samples          empty
  npm start -- --no-samples --source URL --watch QUERY --email a@example.com

  --source URL      poll this feed, or that of this site, every 30 seconds; may be repeated, as may
  --watch QUERY     what to watch for: 'strike NEAR/8 (port OR dock)'
  --email ADDRESS   \\
  --sms NUMBER       } where alerts go; mails and texts land in the local inbox
  --webhook URL     /
  --port N          where to listen (or PORT; default 4747)
  --data DIR        where everything is kept (default .tocsin)
  --fresh           forget what is kept there
  --no-samples      without the sample newsroom
  --help`;

const flags = {
  port: { type: 'string' },
  data: { type: 'string', default: '.tocsin' },
  fresh: { type: 'boolean', default: false },
  samples: { type: 'boolean', default: true },
  help: { type: 'boolean', default: false },
  source: { type: 'string', multiple: true, default: [] as string[] },
  watch: { type: 'string', multiple: true, default: [] as string[] },
  email: { type: 'string', multiple: true, default: [] as string[] },
  sms: { type: 'string', multiple: true, default: [] as string[] },
  webhook: { type: 'string', multiple: true, default: [] as string[] },
} as const;

/** @throws Error that says what is wrong, and where to read more */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options {
  const { values } = parse(args);
  const channels = (['email', 'sms', 'webhook'] as const).flatMap((kind) =>
    values[kind].map((address) => ({ kind, address })),
  );
  return {
    port: readPort(values.port ?? environment.PORT ?? '4747'),
    data: values.data,
    fresh: values.fresh,
    samples: values.samples,
    help: values.help,
    sources: values.source,
    watches: values.watch,
    channels,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags, allowNegative: true });
  } catch (cause) {
    const message = (cause as Error).message.split('. ')[0];
    throw new Error(`${message}. See npm start -- --help.`, { cause });
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`${text} is no port: it must be a number from 0 to 65535 (0 takes a free one).`);
}
