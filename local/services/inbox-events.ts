/** The inbox as a stream of server-sent events: one `message` for each arrival, its id that of the message. */
import type { ServerResponse } from 'node:http';
import type { Inbox, InboxMessage } from './inbox-store.ts';

const heartbeatMs = 15_000;

/** Begins with what came after the message `after`, where it is given; goes on until the reader leaves. */
export function followInbox(inbox: Inbox, after: string | string[] | null, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = (message: InboxMessage) => {
    response.write(`id: ${message.id}\nevent: message\ndata: ${JSON.stringify(message)}\n\n`);
  };
  response.write(': open\n\n');
  if (typeof after === 'string' && /^\d+$/.test(after)) inbox.list({ after }).reverse().forEach(send);
  const leave = inbox.subscribe(send);
  const heartbeat = setInterval(() => response.write(': alive\n\n'), heartbeatMs);
  response.on('close', () => {
    clearInterval(heartbeat);
    leave();
  });
}
