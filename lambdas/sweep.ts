/**
 * Each minute: articles that were accepted and never handed on are queued again. `poll` marks an article before it
 * queues it, so whatever was lost in between is found here.
 */
import { readUnmatched } from './article/article-store.ts';
import { sendMessages } from './aws/queue.ts';
import { scheduleHandler } from './aws/schedule-envelope.ts';
import { readEnvironment } from './environment.ts';
import type { Log } from './logger.ts';
import type { MatchMessage } from './messages.ts';
import { addMetric } from './metrics.ts';

const { matchQueueUrl } = readEnvironment('matchQueueUrl');

/** Younger ones are still on their way. */
const graceSeconds = 120;

/** What one run queues; the rest waits for the next minute. */
const mostArticles = 2_000;

export async function sweepArticles(log: Log, now: Date): Promise<void> {
  const unmatched = await readUnmatched(new Date(now.getTime() - graceSeconds * 1000), mostArticles);
  const oldest = unmatched[0]?.unmatchedAt;
  const oldestSeconds = oldest === undefined ? 0 : (now.getTime() - Date.parse(oldest)) / 1000;
  addMetric('OldestUnmatchedSeconds', oldestSeconds);
  await sendMessages(
    matchQueueUrl,
    unmatched.map(({ id }) => ({ body: { articleId: id } satisfies MatchMessage })),
  );
  log.info('swept', { articles: unmatched.length, oldestSeconds });
}

export const handler = scheduleHandler((log) => sweepArticles(log, new Date()));
