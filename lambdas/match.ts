/** Finds an article's story, percolates it against all watches and hands what matched on, in pages of subscribers. */
import { groupBySubscriber, type MatchedSubscriber, toPages } from '../core/delivery/pages.ts';
import type { Percolation, Percolator } from '../core/percolator.ts';
import { type ArticleItem, markMatched, readArticle } from './article/article-store.ts';
import { assignStory } from './article/assign-story.ts';
import { sendMessages } from './aws/queue.ts';
import { queueHandler } from './aws/queue-envelope.ts';
import { readEnvironment } from './environment.ts';
import { keepCounts } from './hourly-counts.ts';
import { type Log, logger } from './logger.ts';
import { type MatchedPage, type MatchMessage, matchMessage } from './messages.ts';
import { addCount, addLatency } from './metrics.ts';
import type { SharedRuns } from './watch/share-runs.ts';
import { decodeSnapshot } from './watch/snapshot-bytes.ts';
import { readSnapshot } from './watch/snapshot-store.ts';
import { warmPercolator } from './watch/warm-percolator.ts';
import { readWatchChanges } from './watch/watch-log.ts';

const { deliverQueueUrl, registryTable } = readEnvironment('deliverQueueUrl', 'registryTable');

export interface MatchPorts {
  /** A run brings the percolator up to date with what was acknowledged before it began. */
  readonly watches: SharedRuns<Percolator>;
  readonly now: () => Date;
}

/**
 * 1. reads the article: without the mark it is done; 2. finds its story; 3. has the watches up to date by a reading that
 * began after the article was read, so that a watch acknowledged before this version of it was accepted is known; the
 * articles of a batch share it; 4. percolates; 5. queues the pages; 6. last, removes the mark. Dying before 6 queues the
 * pages once more, which `deliver` takes as one.
 */
export async function matchArticle(
  { articleId }: MatchMessage,
  log: Log,
  { watches, now }: MatchPorts,
): Promise<void> {
  const read = await readArticle(articleId);
  const begun = watches.begun();
  if (isWaiting(read, now())) return log.info('waits for its page', { articleId });
  const article = read?.unmatchedAt === undefined ? undefined : await assignStory(read);
  if (article?.unmatchedAt === undefined) {
    log.info('nothing to match', { articleId });
    return;
  }
  const { watchIds, candidates } = percolateAll(await watches.after(begun), article);
  const matchedAt = now().toISOString();
  const pages = toPages(groupBySubscriber(watchIds)).map((page) => toMessage(article, matchedAt, page));
  await sendMessages(
    deliverQueueUrl,
    pages.map((body) => ({ body })),
  );
  const unchanged = await markMatched(article, matchedAt);
  addCount('articlesMatched');
  addLatency('MatchLatency', article.unmatchedAt, matchedAt);
  const { storyId } = article;
  log.info('matched', {
    articleId,
    storyId,
    candidates,
    matches: watchIds.length,
    pages: pages.length,
    unchanged,
  });
}

/** `read` queues it when its page is read; `sweep` queues it again when that takes too long. */
function isWaiting(article: ArticleItem | undefined, now: Date): boolean {
  return article?.readBy !== undefined && now.toISOString() < article.readBy;
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

async function readStored() {
  const stored = await readSnapshot();
  return stored && decodeSnapshot(stored.bytes, registryTable);
}

const watches = warmPercolator({ readChanges: readWatchChanges, readStored, now, log: logger });

export const handler = queueHandler(matchMessage, (message, log) =>
  matchArticle(message, log, { watches, now }),
).use(keepCounts());
