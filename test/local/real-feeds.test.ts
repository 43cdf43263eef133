/** Feeds as publishers served them, over loopback, polled by the whole stack: one new entry each, and its alert. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { createApiClient } from '../../local/api-client.ts';
import { provideOperatorToken } from '../../local/operator-token.ts';
import { startTocsin } from '../../local/runner/tocsin.ts';
import { setUp } from '../../local/set-up.ts';
import { isAlert } from '../../local/terminal.ts';
import { corpus, readJsonl } from '../corpus.ts';

interface FeedCase {
  readonly id: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A query for the newest entry of each, which is held back at first, and the title by which its alert is known. */
const newest: Readonly<Record<string, { query: string; title: string }>> = {
  'rssparser/heise': { query: 'wildfly lang:de OR wildfly', title: 'Red Hat gibt WildFly 10 frei' },
  'rssparser/feedburner': {
    query: '"java client library" NEAR/4 require',
    title: 'will soon require Java 7+',
  },
  'rssparser/reddit': { query: 'title:improvises', title: 'The water is too deep, so he improvises' },
  'miniflux/testdata/rdf_UTF8.xml': { query: 'oled*', title: 'Vorsichtsmaßnahmen gegen Einbrennen' },
  'miniflux/testdata/urdu_UTF8.xml': { query: 'انڈیا پاکستان', title: 'امریکی عسکری امداد' },
  'feedjira/google_alerts_atom.xml': {
    query: '"automotive slack"',
    title: 'Prediction of Automotive Slack Market',
  },
};

/** These match many entries that were there before, and none of the new ones. */
const oldNews = ['scrum', 'fortnite', '"spring boot"', 'adwords v201605'];

const feeds = readJsonl<FeedCase>('feeds/cases.jsonl').filter(({ id }) => id in newest);
const data = mkdtempSync(join(tmpdir(), 'tocsin-real-'));
const cleanUp = new AsyncDisposableStack();
afterAll(async () => {
  await cleanUp.disposeAsync();
  rmSync(data, { recursive: true });
});

describe.skipIf(!corpus)('captured feeds', () => {
  test('of each the new entry is alerted once, and nothing that was there before', async () => {
    const publisher = await startPublisher();
    const { services, operator, refused } = await startPolling(feeds.map(({ id }) => publisher.url(id)));
    const unless = <T>(outcome: Promise<T>) => Promise.race([outcome, refused]);
    await unless(
      vi.waitFor(async () => expect(await establishedSources(operator)).toBe(feeds.length), patience),
    );
    publisher.publishNewest();
    const mails = () => services.inbox.list().filter(isAlert);
    const text = () =>
      mails()
        .map(({ body }) => body)
        .join('\n'); // what comes at once is one message and one digest
    const allTold = () => {
      for (const { title } of Object.values(newest)) expect(text()).toContain(title);
    };
    await unless(vi.waitFor(allTold, patience));
    expect(text().match(/^ *matched by/gim)).toHaveLength(feeds.length);
  }, 600_000);
});

/** The next minute's dispatch, and for a digest the minute after. */
const patience = { timeout: 250_000, interval: 250 };

/** `refused` rejects with the first error of a function or grant that is missing, naming it. */
async function startPolling(urls: readonly string[]) {
  const queries = [...Object.values(newest).map(({ query }) => query), ...oldNews];
  const wanted = {
    subscriber: 'You',
    sources: urls.map((url) => ({ url, intervalSeconds: 15 })),
    channels: [{ kind: 'email' as const, address: 'you@example.com' }],
    watches: queries.map((query) => ({ name: query, query })),
  };
  const refused = Promise.withResolvers<never>();
  refused.promise.catch(() => {});
  const tocsin = await startTocsin({
    data,
    port: 0,
    warn: (message) => refused.reject(new Error(message)),
    prepare: async (prepared) => {
      const token = await provideOperatorToken(prepared);
      await setUp(prepared, createApiClient(prepared, token), wanted);
    },
  });
  cleanUp.defer(tocsin.stop);
  return {
    refused: refused.promise,
    services: tocsin.services,
    operator: createApiClient(tocsin, await provideOperatorToken(tocsin)),
  };
}

async function establishedSources(operator: ReturnType<typeof createApiClient>): Promise<number> {
  const { items } = await operator.call<{ items: { lastSuccessAt?: string }[] }>('GET', '/v1/sources');
  return items.filter(({ lastSuccessAt }) => lastSuccessAt !== undefined).length;
}

/** Serves each feed without its newest entry until `publishNewest`, and then with it, dated now. */
async function startPublisher() {
  let complete = false;
  const server = createServer((request, response) => {
    const feed = feeds.find(({ id }) => `/${id}` === request.url);
    if (!feed) return response.writeHead(404).end();
    const hasty = feed.body.replace(/<ttl>\d+<\/ttl>/, ''); // it is honoured: a quarter of an hour for one of them
    const body = complete ? dateNewest(hasty, new Date()) : hasty.replace(firstEntry, '');
    return response.writeHead(200, { 'content-type': 'text/xml', ...feed.headers }).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  cleanUp.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: (id: string) => `http://127.0.0.1:${port}/${id}`,
    publishNewest: () => {
      complete = true;
    },
  };
}

const firstEntry = /<(item|entry)[ >].*?<\/\1>/s;

/** Entries of years ago are old news and alert nobody: the newest says that it is of now. */
function dateNewest(body: string, now: Date): string {
  return body.replace(firstEntry, (entry) =>
    entry
      .replace(/<pubDate>.*?<\/pubDate>/s, `<pubDate>${now.toUTCString()}</pubDate>`)
      .replace(/<(published|updated)>.*?<\/\1>/gs, `<$1>${now.toISOString()}</$1>`),
  );
}
