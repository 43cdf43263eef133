/**
 * A sample newsroom on loopback: feeds in several formats and languages that publish a new article every few seconds,
 * so that a first run of Tocsin shows alerts at once and offline. It answers conditional requests as a good publisher does.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { articlesAt, feeds, type NewsroomFeed } from './articles.ts';
import { articlePage, feedDocument } from './documents.ts';

export interface Newsroom {
  readonly url: string;
  readonly feeds: readonly { readonly name: string; readonly url: string }[];
  close(): Promise<void>;
}

/**
 * Starts the newsroom on `port` of 127.0.0.1, or on a free one; one article every `everySeconds`, the feeds taking
 * turns. The articles follow from the clock: after a restart it goes on as if it had never stopped.
 */
export async function startNewsroom({
  everySeconds,
  port = 0,
  now = Date.now,
}: {
  everySeconds: number;
  port?: number;
  now?: () => number;
}) {
  const server = createServer((request, response) => answer(request, response, now(), everySeconds * 1000));
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    feeds: feeds.map((feed) => ({ name: feed.name, url: url + feed.path })),
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  } satisfies Newsroom;
}

function answer(request: IncomingMessage, response: ServerResponse, now: number, everyMs: number): void {
  const path = new URL(request.url ?? '/', 'http://newsroom').pathname;
  const feed = feeds.find((candidate) => path.startsWith(`/${candidate.id}/`));
  const number = Number(path.split('/articles/')[1]);
  if (feed && path === feed.path) sendFeed(feed, request, response, now, everyMs);
  else if (feed && Number.isInteger(number)) sendPage(feed, number, response, now, everyMs);
  else response.writeHead(404).end('Not found');
}

function sendFeed(
  feed: NewsroomFeed,
  request: IncomingMessage,
  response: ServerResponse,
  now: number,
  everyMs: number,
): void {
  const articles = articlesAt(feed, now, everyMs);
  const document = feedDocument(feed, articles, `http://${request.headers.host}`);
  const headers = {
    'content-type': document.contentType,
    etag: `"${createHash('sha256').update(document.text).digest('hex').slice(0, 16)}"`,
    'last-modified': articles[0]!.publishedAt.toUTCString(),
  };
  const unchanged = request.headers['if-none-match'] === headers.etag;
  response.writeHead(unchanged ? 304 : 200, headers).end(unchanged ? undefined : document.text);
}

function sendPage(
  feed: NewsroomFeed,
  number: number,
  response: ServerResponse,
  now: number,
  everyMs: number,
): void {
  const article = articlesAt(feed, now, everyMs).find((candidate) => candidate.number === number);
  if (!article) response.writeHead(404).end('This article has left the newsroom');
  else
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(articlePage(feed, article));
}
