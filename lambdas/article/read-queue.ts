/** Articles whose pages are to be read, as messages of one host each. */
import { hostLimits, hostOf } from '../../core/source/polling.ts';
import { sendMessages } from '../aws/queue.ts';
import { readEnvironment } from '../environment.ts';
import type { ReadMessage } from '../messages.ts';

const { readQueueUrl } = readEnvironment('readQueueUrl');

export interface UnreadArticle {
  readonly id: string;
  readonly url: string;
  /** When it is matched without its page, ISO 8601. */
  readonly readBy: string;
}

/** Articles of one message: each takes a second at least. */
const mostArticles = 50;

/** One message for each host and time, or several. */
export function toReads(articles: readonly UnreadArticle[]): ReadMessage[] {
  const groups = Map.groupBy(articles, ({ url, readBy }) => `${readBy} ${hostOf(url)}`);
  return [...groups.values()].flatMap((group) => {
    const { url, readBy: until } = group[0]!;
    const ids = group.map(({ id }) => id);
    const parts = Array.from({ length: Math.ceil(ids.length / mostArticles) }, (_, n) =>
      ids.slice(n * mostArticles, (n + 1) * mostArticles),
    );
    return parts.map((articleIds) => ({ host: hostOf(url), until, articleIds }));
  });
}

/** @param delaySeconds at least the pause that a host has after the poll that found the articles */
export function queueReads(
  reads: readonly ReadMessage[],
  delaySeconds = Math.ceil(hostLimits.gapMs / 1000),
): Promise<void> {
  return sendMessages(
    readQueueUrl,
    reads.map((body) => ({ body, delaySeconds })),
  );
}
