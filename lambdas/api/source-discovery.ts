/** What an operator may choose sources from: the feeds of a site, and well-known news feeds. */
import * as z from 'zod/mini';
import { starterSources } from '../../core/source/starter-sources.ts';
import { discoverFeeds } from '../fetch/discover-feeds.ts';
import { FetchError } from '../fetch/fetch-error.ts';
import { endpoint } from './endpoint.ts';
import { ApiProblem } from './problems.ts';
import { settings } from './settings.ts';
import { sourceUrl } from './sources.ts';

/** Publishers write titles as they please; a longer one is cut. */
const longestTitle = 200;

const starter = z.object({
  name: z.string(),
  url: z.string(),
  language: z.string(),
  topic: z.string(),
});

export const sourceDiscoveryEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/sources/discover',
    role: 'operator',
    summary: 'The feeds of a site, by the address of any page of it; adds nothing',
    success: [200],
    body: z.strictObject({ url: sourceUrl }),
    answer: z.object({ feeds: z.array(z.object({ url: z.string(), title: z.optional(z.string()) })) }),
    problems: [],
    work: async ({ body }) => ({ body: { feeds: await findFeeds(body.url) } }),
  }),
  endpoint({
    method: 'GET',
    path: '/v1/sources/starters',
    role: 'operator',
    summary: 'Well-known news feeds in many languages to begin with',
    success: [200],
    answer: z.object({ items: z.array(starter) }),
    problems: [],
    work: async () => ({ body: { items: [...starterSources] } }),
  }),
];

async function findFeeds(url: string) {
  try {
    const feeds = await discoverFeeds(url, settings);
    return feeds.map(({ url, title }) => ({ url, ...(title && { title: title.slice(0, longestTitle) }) }));
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    const errors = [{ pointer: '/url', detail: `It cannot be fetched: ${error.reason}` }];
    throw new ApiProblem('invalid-body', { errors, cause: error });
  }
}
