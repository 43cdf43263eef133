/**
 * Reads the pages of articles whose source is set to `fullText`, those of one host after another, before the
 * articles are matched. A page is asked for once: what cannot be read, or not in time, is matched with what the feed
 * gave.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { hostLimits, hostOf } from '../core/source/polling.ts';
import { type ArticleItem, readArticle } from './article/article-store.ts';
import { savePage } from './article/page-store.ts';
import { queueReads } from './article/read-queue.ts';
import { sendMessages } from './aws/queue.ts';
import { queueHandler } from './aws/queue-envelope.ts';
import { readEnvironment } from './environment.ts';
import { type PageAnswer, requestPage } from './fetch/page-request.ts';
import type { Log } from './logger.ts';
import { type MatchMessage, type ReadMessage, readMessage } from './messages.ts';
import { newId } from './new-id.ts';
import { type Lease, releaseLease, takeFreeHost } from './source/host-lease.ts';

const settings = readEnvironment('matchQueueUrl', 'loopback', 'userAgent');

export interface ReadClock {
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<unknown>;
}

/** Seconds: a run begins no page after `run`, so that it ends well before its timeout, and its lease after that. */
const limits = { run: 30, lease: 75, busy: 5 };

/**
 * 1. takes the lease of the host, or comes again in a few seconds; 2. reads pages, with a pause after each; 3. gives
 * the host back; 4. queues those that are left. When the time is over it only hands on to `match`.
 */
export async function readPages(message: ReadMessage, log: Log, clock: ReadClock): Promise<void> {
  const { host, until, articleIds } = message;
  const start = clock.now();
  if (start.toISOString() >= until) return handOn(articleIds);
  const lease = { host, leaseId: newId() };
  if (!(await takeFreeHost(lease, new Date(start.getTime() + limits.lease * 1000), start))) {
    return queueReads([message], limits.busy);
  }
  const left = await readUnderLease(lease, message, log, clock);
  if (left.length > 0) await queueReads([{ ...message, articleIds: left }], limits.busy);
}

/** @returns those that are still to be read */
async function readUnderLease(lease: Lease, message: ReadMessage, log: Log, clock: ReadClock) {
  const { host, until } = message;
  const end = clock.now().getTime() + limits.run * 1000;
  const left = [...message.articleIds];
  try {
    while (left.length > 0 && clock.now().getTime() < end) {
      const answer = await readArticlePage(left[0]!, host, log, clock.now());
      const isOver = answer?.kind === 'rate-limited' || clock.now().toISOString() >= until;
      const done = left.splice(0, isOver ? left.length : 1);
      if (isOver) await Promise.all(done.slice(1).map((id) => savePage(id, undefined)));
      await handOn(done);
      if (answer) await clock.pause(hostLimits.gapMs);
    }
  } finally {
    await releaseLease(lease);
  }
  return left;
}

/** @returns undefined when nothing was asked of the publisher */
async function readArticlePage(
  articleId: string,
  host: string,
  log: Log,
  now: Date,
): Promise<PageAnswer | undefined> {
  const article = await readArticle(articleId);
  if (article === undefined || !isToRead(article, host, now)) return undefined;
  const answer = await requestPage(article.url, settings);
  const saved = await savePage(
    articleId,
    answer.kind === 'page' ? { article, page: answer.page, now } : undefined,
  );
  const { kind, error } = { error: undefined, ...answer };
  log.info('page read', { articleId, sourceId: article.sourceId, outcome: kind, error, saved });
  return answer;
}

/** It may have been read, or matched without, since it was queued; another source may have changed its address. */
function isToRead({ readBy, url }: ArticleItem, host: string, now: Date): boolean {
  return readBy !== undefined && now.toISOString() < readBy && hostOf(url) === host;
}

function handOn(articleIds: readonly string[]): Promise<void> {
  return sendMessages(
    settings.matchQueueUrl,
    articleIds.map((articleId) => ({ body: { articleId } satisfies MatchMessage })),
  );
}

const clock: ReadClock = { now: () => new Date(), pause: delay };

export const handler = queueHandler(readMessage, (message, log) => readPages(message, log, clock));
