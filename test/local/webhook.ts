/** A webhook on loopback that keeps what it was told and answers as the test says. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyOf } from '../../local/services/wire.ts';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Webhook {
  readonly url: string;
  readonly received: Received[];
  /** Status of the next answers, the last one for all further ones. */
  answers: number[];
  close(): void;
}

export async function startWebhook(): Promise<Webhook> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: (await bodyOf(request)).toString('utf8') });
    const status = webhook.answers.length > 1 ? webhook.answers.shift()! : webhook.answers[0]!;
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const webhook: Webhook = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answers: [200],
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return webhook;
}
