/** The article that somebody asks about: by its id, or by an address as it stands in a browser. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { index } from '../../core/indexes.ts';
import type { StoredArticle } from '../../core/model.ts';
import { siteOf } from '../../core/source/site.ts';
import { urlKeyOf } from '../article/article-url.ts';
import { dynamo } from '../aws/dynamo.ts';
import { queryAll } from '../aws/query-pages.ts';
import { keys } from '../keys.ts';
import type { PolledSource } from '../source/source-store.ts';
import { readText } from './fields.ts';
import { ApiProblem, foundOr404, type ProblemError } from './problems.ts';
import { settings } from './settings.ts';
import { allSources } from './source-store.ts';

const TableName = settings.articlesTable;
const { name: IndexName, pk } = index.articlesUrl;

/** The address of a page, also without its scheme. */
export const pageUrl = readText<string>(4_096, (text) => {
  const trimmed = text.trim();
  const url = URL.parse(/^[a-z][a-z\d+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`);
  const isPage = url !== null && /^https?:$/.test(url.protocol);
  return isPage ? { value: url.href } : { refused: 'Not the address of a page' };
});

/** As much of an article as the index holds. */
export type KnownArticle = Pick<StoredArticle, 'id' | 'title' | 'seenAt'>;

export interface Found {
  readonly article: StoredArticle;
  /** Older ones at the same address: pages that are written anew, such as tickers, keep theirs. */
  readonly others: readonly KnownArticle[];
}

/** @throws ApiProblem `not-found` when there is none, or it expired */
export async function findById(id: string): Promise<Found> {
  const { Item } = await dynamo.send(new GetCommand({ TableName, Key: keys.article(id) }));
  return { article: foundOr404(Item as StoredArticle | undefined), others: [] };
}

/** More than a ticker has in the time that articles are kept would help nobody. */
const MOST_AT_AN_ADDRESS = 20;

/** @throws ApiProblem that says whether the page's publisher is read at all, and how that went */
export async function findByUrl(url: string): Promise<Found> {
  const page = new URL(url);
  page.hash = '';
  // A fragment may name an entry of a page that has many, and mostly names a place in the page.
  const atAddress = await knownAt(url);
  const [newest, ...others] = atAddress.length > 0 ? atAddress : await knownAt(page.href);
  if (newest === undefined) throw await unknownArticle(page.hostname);
  const { article } = await findById(newest.id);
  return { article, others };
}

/** Newest first. */
function knownAt(url: string): Promise<KnownArticle[]> {
  const query = {
    TableName,
    IndexName,
    KeyConditionExpression: '#pk = :pk',
    ExpressionAttributeNames: { '#pk': pk },
    ExpressionAttributeValues: { ':pk': urlKeyOf(url) },
    ScanIndexForward: false,
  };
  return queryAll(query, MOST_AT_AN_ADDRESS);
}

async function unknownArticle(host: string): Promise<ApiProblem> {
  const site = siteOf(host);
  const sources = (await allSources()).filter(
    (source) => siteOf(URL.parse(source.url)?.hostname ?? '') === site,
  );
  if (sources.length === 0)
    return new ApiProblem('site-not-polled', { detail: `No source of ${site} is polled` });
  return new ApiProblem('article-not-seen', {
    detail: `Sources of ${site} are polled, but none brought an article of this address in the last ${settings.retentionDays} days`,
    errors: sources.slice(0, MOST_SOURCES).map(stateOf),
  });
}

const MOST_SOURCES = 20;

/** The URL of a source is the operator's to know: it may hold a key. */
function stateOf({ name, paused, lastSuccessAt, findings = [] }: PolledSource): ProblemError {
  const read = lastSuccessAt === undefined ? 'never read yet' : `last read at ${lastSuccessAt}`;
  const found = findings.map(({ code, since }) => `; ${code} since ${since}`).join('');
  return { parameter: 'url', detail: `${name}: ${paused ? 'paused; ' : ''}${read}${found}` };
}
