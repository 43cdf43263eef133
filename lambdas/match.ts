/** Percolates one article against all watches and hands what matched on, in pages of subscribers. */
import { groupBySubscriber, type MatchedSubscriber, toPages } from '../core/pages.ts';
import type { Percolation, Percolator } from '../core/percolator.ts';
import { type ArticleItem, markMatched, readArticle } from './article-store.ts';
import { readEnvironment } from './environment.ts';
import { type Log, logger } from './logger.ts';
import { type MatchedPage, type MatchMessage, matchMessage } from './messages.ts';
import { addLatency, addMetric } from './metrics.ts';
import { sendMessages } from './queue.ts';
import { queueHandler } from './queue-envelope.ts';
import { warmPercolator } from './warm-percolator.ts';
import { readWatchChanges } from './watch-log.ts';

const { deliverQueueUrl } = readEnvironment('deliverQueueUrl');

/**
 * 1. reads the article: without the mark it is done; 2. brings the watches up to date, which must come after 1, so
 * that a watch acknowledged before this version of the article was accepted is known; 3. percolates; 4. queues the
 * pages; 5. last, removes the mark. Dying before 5 queues the pages once more, which `deliver` takes as one.
 */
export async function matchArticle(
  { articleId }: MatchMessage,
  log: Log,
  { upToDate, now }: { readonly upToDate: () => Promise<Percolator>; readonly now: () => Date },
): Promise<void> {
  const article = await readArticle(articleId);
  if (article?.unmatchedAt === undefined) {
    log.info('nothing to match', { articleId });
    return;
  }
  const { watchIds, candidates } = percolateAll(await upToDate(), article);
  const matchedAt = now().toISOString();
  const pages = toPages(groupBySubscriber(watchIds)).map((page) => toMessage(article, matchedAt, page));
  await sendMessages(
    deliverQueueUrl,
    pages.map((body) => ({ body })),
  );
  const unchanged = await markMatched(article, matchedAt);
  addMetric('ArticlesMatched');
  addLatency('MatchLatency', article.unmatchedAt, matchedAt);
  log.info('matched', { articleId, candidates, matches: watchIds.length, pages: pages.length, unchanged });
}

/** An article of several sources matches a watch for any of them. */
function percolateAll(percolator: Percolator, article: ArticleItem): Percolation {
  const { sourceId: id, sourceName: name, otherSources = [] } = article;
  const found = [{ id, name }, ...otherSources].map((source) =>
    percolator.percolate({
      ...article,
      sourceId: source.id,
      ...(source.name && { sourceName: source.name }),
    }),
  );
  const watchIds = new Set(found.flatMap((percolation) => percolation.watchIds));
  return {
    watchIds: [...watchIds].sort(),
    candidates: found.reduce((sum, { candidates }) => sum + candidates, 0),
  };
}

function toMessage(
  { id, storyId }: ArticleItem,
  matchedAt: string,
  subscribers: readonly MatchedSubscriber[],
): MatchedPage {
  return {
    kind: 'matched',
    articleId: id,
    storyId,
    matchedAt,
    subscribers: subscribers.map(({ subscriberId, watchIds }) => ({ subscriberId, watchIds: [...watchIds] })),
  };
}

const now = () => new Date();
const upToDate = warmPercolator(readWatchChanges, now, logger);

export const handler = queueHandler(matchMessage, (message, log) =>
  matchArticle(message, log, { upToDate, now }),
);
