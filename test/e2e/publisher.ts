/**
 * A publisher on loopback whose feeds a test changes while they are polled, with conditional requests as a good
 * publisher answers them.
 *
 *     const publisher = await startPublisher();
 *     publisher.publish('/news.xml', rss([entry(1, 'Harbour strike begins')]));
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Publisher {
  readonly url: string;
  /** What `path` answers from now on. */
  publish(path: string, document: string, contentType?: string): void;
  /** How often `path` was asked for. */
  polls(path: string): number;
  close(): Promise<void>;
}

export async function startPublisher(): Promise<Publisher> {
  const documents = new Map<string, { body: string; contentType: string; etag: string }>();
  const polls = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    polls.set(path, (polls.get(path) ?? 0) + 1);
    const document = documents.get(path);
    if (!document) return response.writeHead(404).end();
    const headers = { 'content-type': document.contentType, etag: document.etag };
    if (request.headers['if-none-match'] === document.etag) return response.writeHead(304, headers).end();
    return response.writeHead(200, headers).end(document.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publish(path, body, contentType = 'application/rss+xml; charset=utf-8') {
      documents.set(path, { body, contentType, etag: `"${sha256(body)}"` });
    },
    polls: (path) => polls.get(path) ?? 0,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly at: Date;
}

export function entry(id: string, title: string, summary = '', at = new Date()): Entry {
  return { id, title, summary, at };
}

export function rss(entries: readonly Entry[]): string {
  const items = entries.map(
    ({ id, title, summary, at }) =>
      `<item><title>${title}</title><link>http://news.example/${id}</link><guid isPermaLink="false">${id}</guid>
<description>${summary}</description><pubDate>${at.toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>The Sample Gazette</title><link>http://news.example/</link>
<description>Invented news</description>
${items.join('\n')}
</channel></rss>
`;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);
