/**
 * A publisher on loopback that answers as a test says and keeps what it was asked.
 *
 *     const publisher = await startFeedServer();
 *     publisher.answer = () => ({ body: rss([{ id: '1' }]) });
 */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface FeedServer {
  readonly url: string;
  readonly requests: { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  answer(request: IncomingMessage): Answer;
  stop(): void;
}

export async function startFeedServer(): Promise<FeedServer> {
  const server = createServer((request, response) => {
    feedServer.requests.push({ path: request.url!, headers: request.headers });
    const { status = 200, headers = {}, body = '' } = feedServer.answer(request);
    response.sendDate = false;
    response.writeHead(status, headers).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const feedServer: FeedServer = {
    url: `http://127.0.0.1:${port}`,
    requests: [],
    answer: () => ({ status: 404 }),
    stop: () => void server.close(),
  };
  return feedServer;
}

export interface Item {
  readonly id: string;
  readonly title?: string;
  readonly url?: string;
  readonly text?: string;
  /** ISO 8601. */
  readonly at?: string;
}

export function rss(items: readonly Item[], head = ''): string {
  const link = '<link>https://example.com/</link>';
  return `<rss version="2.0"><channel><title>T</title>${link}${head}${items.map(element).join('')}</channel></rss>`;
}

function element({ id, title, url, text, at }: Item): string {
  const parts = [
    `<guid isPermaLink="false">${id}</guid>`,
    `<title>${title ?? `Story ${id}`}</title>`,
    `<link>${url ?? `https://example.com/${id}`}</link>`,
    text && `<description>${text}</description>`,
    at && `<pubDate>${new Date(at).toUTCString()}</pubDate>`,
  ];
  return `<item>${parts.filter(Boolean).join('')}</item>`;
}
