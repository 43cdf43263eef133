import { afterAll, beforeAll, expect, test } from 'vitest';
import { discoverFeeds } from '../../lambdas/fetch/discover-feeds.ts';
import { type Answer, type FeedServer, rss, startFeedServer } from '../feed-server.ts';

const settings = { userAgent: 'Tocsin/1.0', loopback: 'allow' } as const;
const feed: Answer = { body: rss([]) };
const html = (body: string): Answer => ({
  headers: { 'content-type': 'text/html' },
  body: `<!doctype html>${body}`,
});
const link = (href: string, title = '') =>
  `<link rel="alternate" type="application/rss+xml" title="${title}" href="${href}">`;

let site: FeedServer;
beforeAll(async () => {
  site = await startFeedServer();
});
afterAll(() => site.stop());

const cases: [name: string, pages: Record<string, Answer>, found: object[]][] = [
  ['a feed is its own', { '/': feed }, [{ url: '/' }]],
  [
    'a moved feed is where it is now',
    { '/': { status: 301, headers: { location: '/rss' } }, '/rss': feed },
    [{ url: '/rss' }],
  ],
  [
    'those named that are there',
    { '/': html(link('/a', 'All') + link('/b') + link('/c')), '/a': feed, '/c': html('x') },
    [{ url: '/a', title: 'All' }],
  ],
  [
    'a common place, when none is named',
    { '/': html('Welcome'), '/rss.xml': feed, '/atom.xml': feed },
    [{ url: '/rss.xml' }],
  ],
  ['none', { '/': html('Welcome') }, []],
];

test.each(cases)('%s', async (_, pages, found) => {
  site.answer = ({ url }) => pages[url!] ?? { status: 404 };
  const feeds = await discoverFeeds(`${site.url}/`, settings);
  expect(feeds).toEqual(found.map((each) => ({ ...each, url: site.url + (each as { url: string }).url })));
});

test('no private address is reached, named or not', async () => {
  site.answer = ({ url }) => (url === '/' ? html(link('http://10.0.0.1/feed')) : { status: 404 });
  expect(await discoverFeeds(`${site.url}/`, settings)).toEqual([]);
  await expect(discoverFeeds('http://169.254.169.254/', settings)).rejects.toThrow(
    /private|public|link-local/i,
  );
});

test('it ends when a person has waited long enough', async () => {
  site.requests.length = 0;
  site.answer = () => html(Array.from({ length: 20 }, (_, n) => link(`/${n}`)).join(''));
  let time = 0;
  await discoverFeeds(`${site.url}/`, settings, () => (time += 4_000));
  expect(site.requests.length).toBeLessThanOrEqual(4);
});
