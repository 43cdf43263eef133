/**
 * Sources, a subscriber and watches through the HTTP API, whatever of them is not there yet: the same set-up on
 * every start changes nothing.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiClient, ApiError, createApiClient } from './api-client.ts';
import type { WantedChannel } from './options.ts';
import { confirmChannel } from './reader.ts';
import type { Tocsin } from './runner/tocsin.ts';

export interface SetUp {
  /** Tells subscribers apart: one of each name is made. */
  readonly subscriber: string;
  readonly sources: readonly { url: string; name?: string; intervalSeconds: number }[];
  readonly channels: readonly WantedChannel[];
  readonly watches: readonly { name: string; query: string; frequency?: string }[];
}

interface Named {
  readonly id: string;
  readonly name?: string;
}

interface Page<T> {
  readonly items: readonly T[];
}

interface Discovered {
  readonly feeds: readonly { readonly url: string }[];
}

interface Channel extends WantedChannel {
  readonly id: string;
  readonly state: 'pending' | 'confirmed' | 'gone';
}

/** @throws ApiError where the API refuses a URL, an address or a query */
export async function setUp(tocsin: Tocsin, operator: ApiClient, wanted: SetUp): Promise<void> {
  await Promise.all(wanted.sources.map((source) => addSource(operator, source)));
  if (wanted.channels.length === 0 && wanted.watches.length === 0) return;
  const subscriber = await provideSubscriber(operator, wanted.subscriber);
  for (const channel of wanted.channels) await provideChannel(tocsin, operator, subscriber.id, channel);
  await addWatches(await signIn(tocsin, operator, subscriber), wanted.watches);
}

/**
 * The feed of a site, by the address of a page of it. What cannot be fetched now, or has no feed, is taken as it is:
 * the API says what is wrong with it, or its polls do.
 */
export async function findFeed(operator: ApiClient, url: string): Promise<string> {
  try {
    const { feeds } = await operator.call<Discovered>('POST', '/v1/sources/discover', { url });
    return feeds[0]?.url ?? url;
  } catch (error) {
    if (error instanceof ApiError && error.status === 422) return url;
    throw error;
  }
}

async function addSource(operator: ApiClient, source: object): Promise<void> {
  await operator.call('POST', '/v1/sources', source).catch((error: unknown) => {
    if (!(error instanceof ApiError && error.status === 409)) throw error; // 409: it is polled already
  });
}

async function provideSubscriber(operator: ApiClient, name: string): Promise<Named> {
  const { items } = await operator.call<Page<Named>>('GET', '/v1/subscribers');
  const known = items.find((subscriber) => subscriber.name === name);
  return known ?? operator.call<Named>('POST', '/v1/subscribers', { name });
}

async function provideChannel(
  tocsin: Tocsin,
  operator: ApiClient,
  subscriberId: string,
  wanted: WantedChannel,
): Promise<void> {
  const path = `/v1/subscribers/${subscriberId}/channels`;
  const { items } = await operator.call<Page<Channel>>('GET', path);
  const known = items.find(({ kind, address }) => kind === wanted.kind && address === wanted.address);
  if (known && known.state !== 'pending') return; // whoever left stays away
  const channel = known ?? (await operator.call<Channel>('POST', path, wanted));
  if (channel.state !== 'pending') return;
  await confirmChannel(tocsin.services, channel);
  await operator.call('GET', `${path}/${channel.id}`);
}

async function addWatches(subscriber: ApiClient, watches: SetUp['watches']): Promise<void> {
  const { items } = await subscriber.call<Page<Named>>('GET', '/v1/watches');
  const names = new Set(items.map(({ name }) => name));
  const missing = watches.filter(({ name }) => !names.has(name));
  for (const watch of missing) await subscriber.call('POST', '/v1/watches', watch);
}

/** With a token of the subscriber's, which is made once and kept beside the data. */
async function signIn(tocsin: Tocsin, operator: ApiClient, { id }: Named): Promise<ApiClient> {
  const file = join(tocsin.data, `subscriber-token-${id}`);
  if (!existsSync(file)) {
    const made = await operator.call<{ token: string }>('POST', `/v1/subscribers/${id}/tokens`, {
      name: 'laptop',
    });
    writeFileSync(file, made.token, { mode: 0o600 });
  }
  return createApiClient(tocsin, readFileSync(file, 'utf8').trim());
}
