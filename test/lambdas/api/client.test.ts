/**
 * The whole journey by a client that is not ours and knows nothing but the OpenAPI document: it makes its methods
 * from the names of the operations.
 */
import { AxiosError, type AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import { type OpenAPIClient, OpenAPIClientAxios } from 'openapi-client-axios';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { variable } from '../../../core/environment.ts';
import { index } from '../../../core/indexes.ts';
import { keys } from '../../../lambdas/keys.ts';
import { type Api, startApi } from './harness.ts';

let api: Api;
let client: OpenAPIClient;
let token: string | undefined;

beforeAll(async () => {
  api = await startApi({ signUp: 'open' });
  const { body: definition } = await api.call('GET', '/v1/openapi.json');
  const described = new OpenAPIClientAxios({
    definition,
    axiosConfigDefaults: { adapter, baseURL: 'http://api', validateStatus: () => true },
  });
  client = await described.init();
});
afterAll(() => api.stop());

/** In the place of the network: requests go to the handler. */
async function adapter(config: InternalAxiosRequestConfig) {
  if (!config.url) throw new AxiosError('No URL');
  const { pathname, searchParams } = new URL(config.url, config.baseURL);
  const query = { ...Object.fromEntries(searchParams), ...config.params };
  const { status, headers, body } = await api.call(config.method!.toUpperCase(), pathname, {
    token,
    query,
    ...(config.data !== undefined && { body: config.data as string }),
    headers: { ...(config.headers.toJSON() as Record<string, string>), 'content-type': 'application/json' },
  });
  return { status, statusText: '', headers: headers as unknown as AxiosHeaders, data: body, config };
}

/** Calls an operation by its name; anything but success fails the test. */
async function call(operation: string, parameters: unknown = null, body?: unknown) {
  const { status, data } = await client[operation]!(parameters as never, body);
  expect([operation, status, data]).toEqual([
    operation,
    expect.toSatisfy((code: number) => code < 300),
    data,
  ]);
  return data;
}

const seenAt = '2099-11-23T08:00:00.000Z';
const article = {
  id: 'a1',
  storyId: 'a1',
  url: 'https://example.com/1',
  title: 'A ferry strike',
  sourceId: 's1',
};

/** What `match` and `deliver` write. */
async function deliverAlert(subscriberId: string, watchId: string, channelId: string): Promise<void> {
  const named = { watchId, version: 1, name: 'Ferries', query: 'ferry', matchedAt: seenAt };
  const { urlKeyOf } = await import('../../../lambdas/article/article-url.ts');
  const found = { [index.articlesUrl.pk]: urlKeyOf(article.url) };
  await api.put(variable.articlesTable, {
    ...article,
    ...found,
    ...keys.article('a1'),
    seenAt,
    silent: false,
  });
  await api.put(variable.alertsTable, {
    ...{ ...keys.alert(subscriberId, 'a1'), storyId: 'a1', article, watches: [named], seenAt },
    ...{ [index.alertsTimeline.pk]: `SUBSCRIBER#${subscriberId}`, [index.alertsTimeline.sk]: seenAt },
  });
  const sent = { channelId, state: 'sent', sentAt: seenAt };
  await api.put(variable.alertsTable, { ...keys.delivery(subscriberId, 'a1', channelId), ...sent });
}

test('sign up, confirm, code, token, watch, preview, alert, explain, feed, pause, leave', async () => {
  const ana = { kind: 'email', address: 'ana@example.com' };
  await call('postSubscribers', null, { name: 'Ana', channels: [ana] });
  const topic = [...api.sns.topics].find(([, endpoint]) => endpoint === 'email ana@example.com')![0];
  const link = `https://sns.us-east-1.amazonaws.com/confirmation.html?TopicArn=${topic}&Token=sound`;
  await call('postChannelsConfirm', null, { link });

  await call('postSessions', null, ana);
  const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(api.sns.published.at(-1)!.text)![0];
  ({ token } = await call('postSessionsVerify', null, { ...ana, code }));
  const me = await call('getMe');
  expect(me).toMatchObject({ name: 'Ana', channels: [{ state: 'confirmed' }] });

  const preview = await call('postWatchesPreview', null, { query: 'ferry' });
  expect(preview).toMatchObject({ reading: 'ferry', matched: 0 });
  const watch = await call('postWatches', null, { name: 'Ferries', query: 'ferry' });

  await deliverAlert(me.id, watch.id, me.channels[0].id);
  const { items } = await call('getAlerts', { watch: watch.id });
  expect(items).toMatchObject([{ id: 'a1', article: { title: 'A ferry strike' } }]);
  const alert = await call('getAlertsAlertId', { alertId: 'a1' });
  expect(alert.deliveries).toMatchObject([{ channelId: me.channels[0].id, state: 'sent' }]);
  const explained = await call('getExplain', { article: alert.article.id, watch: watch.id });
  expect(explained).toMatchObject({ outcome: 'alerted', matched: true });
  const pasted = { url: 'http://www.example.com/1?utm_source=mail', watch: watch.id };
  expect(await call('getExplain', pasted)).toEqual(explained);
  expect((await call('getAlerts', { search: 'FERRY strik' })).items).toHaveLength(1);
  const feed = await call('postWatchesWatchIdFeed', { watchId: watch.id });
  const secret = feed.atom.split('/').at(-1);
  expect(await call('getFeedsSecret', { secret, format: 'json' })).toMatchObject({
    items: [{ title: 'A ferry strike' }],
  });

  const paused = await call('patchWatchesWatchId', { watchId: watch.id }, { paused: true });
  expect(paused).toMatchObject({ paused: true, version: 2 });
  const taken = await call('getMeExport');
  expect(taken).toMatchObject({
    watches: [{ id: watch.id }],
    alerts: [{ storyId: 'a1' }, { state: 'sent' }],
  });
  const { remains } = await call('deleteMe');
  expect(remains).toHaveLength(3);
  expect((await client.getMe!()).status).toBe(401);
});
