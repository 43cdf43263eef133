/** Turns the entries of a feed into articles: those that are new or changed are written, and queued for `match`. */
import { isOld, newestEntries, toArticle } from '../core/article.ts';
import type { Feed } from '../core/feed.ts';
import type { Article, Source, SourceState, StoredArticle } from '../core/model.ts';
import { insertArticle, type KnownArticle, readKnownArticles, replaceArticle } from './article-store.ts';
import { articleId, contentHash, seenHash } from './entry-hash.ts';
import { readEnvironment } from './environment.ts';
import { inParallel } from './in-parallel.ts';
import type { MatchMessage } from './messages.ts';
import { addLatency, addMetric } from './metrics.ts';
import { sendMessages } from './queue.ts';

const { matchQueueUrl, retentionDays } = readEnvironment('matchQueueUrl', 'retentionDays');

/** Entries of one document that are looked at, and articles written at once. */
const limits = { entries: 500, writesAtOnce: 25 };

/** An article outlives the alerts that refer to it. */
const spareDays = 7;

export interface Accepted {
  readonly newArticles: number;
  readonly changedArticles: number;
  /** Entries beyond the limit. */
  readonly skippedEntries: number;
  /** What the source remembers of this document. */
  readonly seen: readonly string[];
}

interface Candidate {
  readonly article: Article;
  readonly contentHash: string;
  readonly seen: string;
}

/**
 * 1. leaves out what the last document had; 2. looks up the rest; 3. writes new and changed articles, marked as
 * unmatched; 4. queues those. The caller then remembers `seen`: dying before that does the same again, and finds
 * the articles known.
 */
export async function acceptEntries(source: Source & SourceState, feed: Feed, now: Date): Promise<Accepted> {
  const origin = { ...source, language: feed.language };
  const entries = newestEntries(feed.entries, limits.entries);
  const candidates = entries.map((entry) =>
    toCandidate(toArticle(articleId(source.id, entry.id), entry, origin)),
  );
  const remembered = new Set(source.seen);
  const unseen = candidates.filter(({ seen }) => !remembered.has(seen));
  const known = await readKnownArticles(unseen.map(({ article }) => article.id));
  const silent = source.establishedAt === undefined;
  const writes = await inParallel(unseen, limits.writesAtOnce, (candidate) =>
    accept(candidate, known.get(candidate.article.id), { silent, now }),
  );
  await queueArticles(writes.filter((write) => write?.alerts).map((write) => write!.id));
  return {
    newArticles: writes.filter((write) => write?.change === 'new').length,
    changedArticles: writes.filter((write) => write?.change === 'changed').length,
    skippedEntries: feed.entries.length - entries.length,
    seen: candidates.map(({ seen }) => seen),
  };
}

function toCandidate(article: Article): Candidate {
  const content = contentHash(article);
  return { article, contentHash: content, seen: seenHash(article.id, content) };
}

interface Write {
  readonly id: string;
  readonly change: 'new' | 'changed';
  /** False for what is stored silently. */
  readonly alerts: boolean;
}

/** @returns undefined when there is nothing to write */
function accept(
  candidate: Candidate,
  known: KnownArticle | undefined,
  { silent, now }: { readonly silent: boolean; readonly now: Date },
): Promise<Write | undefined> {
  if (known === undefined) {
    return insert(candidate, silent || isOld(candidate.article, now, retentionDays), now);
  }
  return known.contentHash === candidate.contentHash
    ? Promise.resolve(undefined)
    : replace(candidate, known, now);
}

async function insert({ article, contentHash }: Candidate, silent: boolean, now: Date) {
  const seenAt = now.toISOString();
  const stored: StoredArticle = { ...article, storyId: article.id, seenAt, contentHash, silent };
  const written = await insertArticle(stored, writeAt(silent, now));
  if (!written) return undefined;
  if (!silent) addLatency('PollLatency', article.publishedAt, seenAt);
  return { id: article.id, change: 'new' as const, alerts: !silent };
}

/** A changed article is matched again; one that was stored silently stays silent. */
async function replace({ article, contentHash }: Candidate, known: KnownArticle, now: Date) {
  const { storyId, seenAt, silent } = known;
  const stored: StoredArticle = { ...article, storyId, seenAt, silent, contentHash };
  const written = await replaceArticle(stored, known.contentHash, writeAt(silent, now));
  return written ? { id: article.id, change: 'changed' as const, alerts: !silent } : undefined;
}

function writeAt(silent: boolean, now: Date) {
  return {
    unmatchedAt: silent ? undefined : now.toISOString(),
    expiresAt: new Date(now.getTime() + (retentionDays + spareDays) * 86_400_000),
  };
}

async function queueArticles(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  addMetric('ArticlesSeen', ids.length);
  await sendMessages(
    matchQueueUrl,
    ids.map((articleId) => ({ body: { articleId } satisfies MatchMessage })),
  );
}
