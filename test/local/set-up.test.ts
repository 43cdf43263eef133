import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, createApiClient } from '../../local/api-client.ts';
import { provideOperatorToken } from '../../local/operator-token.ts';
import { startTocsin, type Tocsin } from '../../local/runner/tocsin.ts';
import { findFeed, type SetUp, setUp } from '../../local/set-up.ts';
import { type FeedServer, rss, startFeedServer } from '../feed-server.ts';

const wanted: SetUp = {
  subscriber: 'You',
  sources: [{ url: 'http://127.0.0.1:49151/feed.xml', intervalSeconds: 30 }],
  channels: [
    { kind: 'email', address: 'you@example.com' },
    { kind: 'sms', address: '+12025550100' },
    { kind: 'webhook', address: 'http://127.0.0.1:49151/hook' },
  ],
  watches: [{ name: 'Ferries', query: 'ferry' }],
};

let data: string;
let tocsin: Tocsin;
let operator: ApiClient;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'tocsin-set-up-'));
  tocsin = await startTocsin({ data, port: 0 });
  operator = createApiClient(tocsin, await provideOperatorToken(tocsin));
});
afterAll(async () => {
  await tocsin?.stop();
  rmSync(data, { recursive: true });
});

interface Item {
  readonly id: string;
  readonly name: string;
  readonly url?: string;
  readonly kind?: string;
  readonly state?: string;
}

const list = async (path: string) => (await operator.call<{ items: Item[] }>('GET', path)).items;

test('the same set-up twice is as once, and every channel is confirmed', async () => {
  await setUp(tocsin, operator, wanted);
  await setUp(tocsin, operator, wanted);
  expect(await list('/v1/sources')).toMatchObject([
    { url: 'http://127.0.0.1:49151/feed.xml', intervalSeconds: 30 },
  ]);
  const subscribers = await list('/v1/subscribers');
  expect(subscribers).toMatchObject([{ name: 'You' }]);
  const channels = await list(`/v1/subscribers/${subscribers[0]!.id}/channels`);
  expect(channels.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
    'email confirmed',
    'sms confirmed',
    'webhook confirmed',
  ]);
});

describe('the feed of a site', () => {
  let site: FeedServer;
  beforeAll(async () => {
    site = await startFeedServer();
    const link = '<link rel="alternate" type="application/rss+xml" href="/rss">';
    const pages: Record<string, string> = {
      '/': `<!doctype html>${link}`,
      '/rss': rss([]),
      '/none': '<html>',
    };
    site.answer = ({ url }) => (url! in pages ? { body: pages[url!]! } : { status: 404 });
  });
  afterAll(() => site.stop());

  test.each([
    ['/', '/rss'],
    ['/rss', '/rss'],
    ['/none', '/rss'],
  ])('%s is %s', async (page, feed) => {
    expect(await findFeed(operator, site.url + page)).toBe(site.url + feed);
  });

  test('that cannot be fetched is its address', async () => {
    expect(await findFeed(operator, 'http://127.0.0.1:1/')).toBe('http://127.0.0.1:1/');
  });
});

test('the token is kept, readable by its owner only', async () => {
  const token = await provideOperatorToken(tocsin);
  expect(await provideOperatorToken(tocsin)).toBe(token);
  expect(statSync(join(data, 'operator-token')).mode & 0o777).toBe(0o600);
});

test.each<[string, Partial<SetUp>, RegExp]>([
  ['a source', { sources: [{ url: 'ftp://a/feed', intervalSeconds: 30 }] }, /POST \/v1\/sources: .*http/],
  ['an address', { channels: [{ kind: 'email', address: 'nobody' }] }, /channels: .*mail/],
  ['a number', { channels: [{ kind: 'sms', address: '12' }] }, /channels: .*number/],
  ['a query', { watches: [{ name: 'a', query: '(ferry' }] }, /POST \/v1\/watches: .*\(/],
])('%s that the API refuses is named', async (_, change, message) => {
  await expect(setUp(tocsin, operator, { ...wanted, ...change })).rejects.toThrow(message);
});
