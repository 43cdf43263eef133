import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { starterSources } from '../../../core/source/starter-sources.ts';
import { type FeedServer, rss, startFeedServer } from '../../feed-server.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
let site: FeedServer;
beforeAll(async () => {
  api = await startApi({ loopback: 'allow' });
  site = await startFeedServer();
});
afterAll(() => {
  site.stop();
  api.stop();
});

const discover = (url: string) =>
  api.call('POST', '/v1/sources/discover', { token: api.operator, body: { url } });

describe('discovery', () => {
  test('names the feeds of a home page', async () => {
    const link = '<link rel="alternate" type="application/rss+xml" title="News" href="/rss">';
    site.answer = ({ url }) => ({ body: url === '/rss' ? rss([]) : `<!doctype html>${link}` });
    expect(await discover(site.url)).toMatchObject({
      status: 200,
      body: { feeds: [{ url: `${site.url}/rss`, title: 'News' }] },
    });
  });

  test.each(['http://10.0.0.1/', 'ftp://example.com/', 'http://127.0.0.1:1/'])(
    '%s is refused',
    async (url) => {
      expect(await discover(url)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/url' }] } });
    },
  );

  test('is for operators', async () => {
    const { token } = await api.newSubscriber();
    const answer = await api.call('POST', '/v1/sources/discover', { token, body: { url: site.url } });
    expect(answer.status).toBe(403);
  });
});

test('starters are listed, and are no source by that name', async () => {
  const { status, body } = await api.call('GET', '/v1/sources/starters', { token: api.operator });
  expect(status).toBe(200);
  expect(body.items).toEqual(starterSources);
});
