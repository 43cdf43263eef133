/** What the runner says: lines, and on a terminal a last line that shows what is being done. */
import { styleText } from 'node:util';
import type { InboxMessage } from './services/inbox-store.ts';

export interface Terminal {
  /** Replaces the last progress on a terminal; a line of its own elsewhere. */
  progress(text: string): void;
  line(text: string): void;
  /** Takes away the last progress on a terminal. */
  clear(): void;
}

const clearLine = '\r\u001b[K';

export function createTerminal(stream: NodeJS.WriteStream): Terminal {
  let shown = false;
  function clear(): void {
    if (shown) stream.write(clearLine);
    shown = false;
  }
  return {
    clear,
    progress(text) {
      stream.write(stream.isTTY ? `${clearLine}${text} …` : `${text}\n`);
      shown = stream.isTTY;
    },
    line(text) {
      clear();
      stream.write(`${text}\n`);
    },
  };
}

const names: Record<string, string> = { email: 'e-mail', sms: 'text', http: 'webhook', https: 'webhook' };
const longestText = 90;

/** `08:00:12  e-mail   reader@example.com  Ferry strike at Port Selwyn` */
export function alertLine(message: InboxMessage, stream: NodeJS.WriteStream): string {
  const { at, protocol, to } = message;
  const time = new Date(at).toTimeString().slice(0, 8);
  const text = headline(message);
  const short = text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
  const columns = [(names[protocol] ?? protocol).padEnd(7), to.padEnd(20), short];
  return [styleText('dim', time, { stream }), ...columns].join('  ');
}

/** The first line of what a person reads: a mail's subject is in ASCII only. What a webhook gets is JSON. */
function headline({ protocol, subject, body }: InboxMessage): string {
  const [line = ''] = body.split('\n');
  return protocol.startsWith('http') ? (subject ?? line) : line;
}

/** Requests to confirm are no alerts. */
export function isAlert({ body }: InboxMessage): boolean {
  return !body.startsWith('You have chosen to subscribe to the topic');
}
