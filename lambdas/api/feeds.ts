/** A watch as an Atom or JSON feed, at an address that is the only key to it. */
import * as z from 'zod/mini';
import { toAtom, toJsonFeed } from '../../core/message/watch-feed.ts';
import { listAlertsOfWatch } from './alert-store.ts';
import { hashToken } from './authentication.ts';
import { endpoint } from './endpoint.ts';
import { putFeed, readFeedOwner, removeFeed } from './feed-store.ts';
import { ApiProblem, foundOr404 } from './problems.ts';
import { newSecret } from './token-store.ts';
import { readWatch } from './watch-store.ts';

const MOST_ENTRIES = 30;

const types = { atom: 'application/atom+xml', json: 'application/feed+json' } as const;

/** How long a reader, or what stands before it, need not ask again. */
const CACHING = 'private, max-age=300';

async function readFeed(secret: string, format: keyof typeof types) {
  const { subscriberId, watchId } = foundOr404(await readFeedOwner(hashToken(secret)));
  const watch = foundOr404(await readWatch(subscriberId, watchId));
  const { items } = await listAlertsOfWatch(subscriberId, watchId, { limit: MOST_ENTRIES });
  const feed = {
    title: watch.name,
    id: `urn:tocsin:watch:${watchId}`,
    createdAt: watch.createdAt,
    alerts: items,
  };
  const headers = { 'content-type': `${types[format]}; charset=utf-8`, 'cache-control': CACHING };
  return { headers, body: format === 'json' ? toJsonFeed(feed) : toAtom(feed) };
}

export const feedEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/watches/{watchId}/feed',
    role: 'subscriber',
    summary: 'Give a watch a secret feed address, in the place of the one it has. It is shown this once',
    success: [201],
    answer: z.object({ atom: z.string(), json: z.string() }),
    problems: ['not-found', 'conflict'],
    work: async ({ subscriberId, params: { watchId } }) => {
      const secret = newSecret();
      if (!(await putFeed({ subscriberId, watchId }, hashToken(secret)))) throw new ApiProblem('not-found');
      const atom = `/v1/feeds/${secret}`;
      return { body: { atom, json: `${atom}?format=json` } };
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/watches/{watchId}/feed',
    role: 'subscriber',
    summary: 'Take the feed address back: it leads nowhere then',
    success: [204],
    problems: ['not-found'],
    work: async ({ subscriberId, params: { watchId } }) => {
      if (!(await removeFeed({ subscriberId, watchId }))) throw new ApiProblem('not-found');
      return {};
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/feeds/{secret}',
    role: 'anyone',
    summary: "A watch's newest alerts as Atom, or with `format=json` as JSON Feed",
    success: [200],
    query: z.strictObject({ format: z._default(z.enum(['atom', 'json']), 'atom') }),
    answer: z.string(),
    contentTypes: [types.atom, types.json],
    problems: ['not-found'],
    work: ({ params, query }) => readFeed(params.secret, query.format),
  }),
];
