/** What the reader of a mail does without signing in, and where the link of a text leads. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { keys } from '../../../lambdas/keys.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
let links: typeof import('../../../lambdas/delivery/action-link.ts');
beforeAll(async () => {
  api = await startApi();
  links = await import('../../../lambdas/delivery/action-link.ts');
});
afterAll(() => api.stop());

let count = 0;

/** Somebody with a channel, a watch, and an alert of a story with a hostile title. */
async function reader() {
  const channels = [{ kind: 'email', address: `reader${count++}@example.com` }];
  const { id: subscriberId, token, subscriber } = await api.newSubscriber({ channels });
  const channelId = subscriber.channels[0].id;
  const watch = { name: 'Ferries & <b>', query: 'ferry', channelIds: [channelId] };
  const watchId = (await api.call('POST', '/v1/watches', { token, body: watch })).body.id;
  const matchedAt = '2026-11-23T08:00:00.000Z';
  await api.put(variable.alertsTable, {
    ...keys.alert(subscriberId, 'story'),
    id: 'story',
    storyId: 'story',
    subscriberId,
    article: {
      id: 'a',
      url: 'https://example.com/?a="b"',
      title: '<script>alert(1)</script>',
      sourceId: 's',
    },
    watches: [{ watchId, version: 1, name: watch.name, query: watch.query, matchedAt }],
    seenAt: matchedAt,
    matchedAt,
  });
  const signed = await links.signAction({ subscriberId, channelId, storyId: 'story', endsAt: soon() });
  const watchOf = async () => (await api.call('GET', `/v1/watches/${watchId}`, { token })).body;
  const channelsOf = async () => (await api.call('GET', '/v1/me/channels', { token })).body.items;
  return { path: `/a/${signed}`, subscriberId, channelId, watchId, watchOf, channelsOf };
}

const soon = () => new Date(Date.now() + 60_000).toISOString();

test('the page says why, and has buttons; looking changes nothing', async () => {
  const { path, watchId, watchOf, channelsOf } = await reader();
  const { status, headers, body } = await api.call('GET', path);
  expect({ status, type: headers['content-type'] }).toEqual({
    status: 200,
    type: 'text/html; charset=utf-8',
  });
  expect(headers['Content-Security-Policy']).toMatch(/default-src 'none'.*form-action 'self'/);
  expect(body).toContain('&lt;script&gt;');
  expect(body).toContain('Ferries &amp; &lt;b&gt;');
  expect(body).not.toContain('<script');
  expect(body).toContain(`<form method="post" action="${path}/watches/${watchId}/mute">`);
  expect(await watchOf()).toMatchObject({ paused: false });
  expect(await channelsOf()).toHaveLength(1);
});

test('a watch is muted', async () => {
  const { path, watchId, watchOf } = await reader();
  const { status, body } = await api.call('POST', `${path}/watches/${watchId}/mute`);
  expect(status).toBe(200);
  expect(body).toContain('is muted');
  expect(await watchOf()).toMatchObject({ paused: true, version: 2 });
  expect((await api.call('POST', `${path}/watches/${watchId}/mute`)).status).toBe(200);
  expect((await api.call('GET', path)).body).toContain('Muted.');
});

test('a watch is snoozed for a day or a week, and woken', async () => {
  const { path, subscriberId, watchId, watchOf } = await reader();
  const own = `${path}/watches/${watchId}`;
  for (const [span, days] of [
    ['day', 1],
    ['week', 7],
  ] as const) {
    const earliest = Date.now() + days * 86_400_000;
    expect((await api.call('POST', `${own}/snooze/${span}`)).body).toContain(`snoozed for a ${span}`);
    expect(Date.parse((await watchOf()).snoozedUntil)).toBeGreaterThanOrEqual(earliest);
  }
  expect((await api.call('POST', `${own}/snooze/year`)).status).toBe(404);
  const { body } = await api.call('GET', path);
  expect(body).toContain(`Snoozed until ${(await watchOf()).snoozedUntil}`);
  api.sqs.sent.splice(0);
  expect((await api.call('POST', `${own}/wake`)).body).toContain('tells again');
  expect((await watchOf()).snoozedUntil).toBeUndefined();
  expect(api.sqs.sent).toEqual([{ kind: 'awake', subscriberId, watchId }]);
  expect((await api.call('GET', path)).body).toContain(`action="${own}/snooze/week"`);
});

test('a watch of somebody else is not', async () => {
  const [one, other] = [await reader(), await reader()];
  expect((await api.call('POST', `${one.path}/watches/${other.watchId}/mute`)).status).toBe(404);
  expect(await other.watchOf()).toMatchObject({ paused: false });
});

test('a channel is unsubscribed, once or twice', async () => {
  const { path, channelsOf } = await reader();
  for (let n = 0; n < 2; n++) expect((await api.call('POST', `${path}/unsubscribe`)).status).toBe(200);
  expect(await channelsOf()).toEqual([]);
  expect((await api.call('GET', path)).body).toContain('Nothing is sent here any more.');
});

test('of a digest the page has the watches of the channel', async () => {
  const { subscriberId, channelId, watchId } = await reader();
  const signed = await links.signAction({ subscriberId, channelId, endsAt: soon() });
  expect((await api.call('GET', `/a/${signed}`)).body).toContain(`/watches/${watchId}/mute`);
});

test('a link that has ended, or was changed, leads nowhere', async () => {
  const { subscriberId, channelId, path } = await reader();
  const ended = await links.signAction({ subscriberId, channelId, endsAt: '2026-01-01T00:00:00.000Z' });
  expect((await api.call('GET', `/a/${ended}`)).status).toBe(404);
  const changed = `${path.slice(0, 8)}${path[8] === 'A' ? 'B' : 'A'}${path.slice(9)}`;
  expect((await api.call('POST', `${changed}/unsubscribe`)).status).toBe(404);
  for (const junk of ['a', 'a'.repeat(22), 'a'.repeat(200)]) {
    expect((await api.call('GET', `/a/${junk}`)).status).toBe(404);
  }
});

test('the link of a text leads to its article while its alert lasts', async () => {
  const url = 'https://example.com/long/article';
  await api.put(variable.alertsTable, { ...keys.shortLink('code1'), url, endsAt: soon() });
  await api.put(variable.alertsTable, {
    ...keys.shortLink('code2'),
    url,
    endsAt: '2026-01-01T00:00:00.000Z',
  });
  expect(await api.call('GET', '/s/code1')).toMatchObject({ status: 302, headers: { location: url } });
  expect((await api.call('GET', '/s/code2')).status).toBe(404);
});
