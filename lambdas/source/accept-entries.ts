/** Turns the entries of a feed into articles: those that are news are written, marked, and queued for `match`. */
import {
  contentOf,
  identityOf,
  isOld,
  newestEntries,
  ownIdentityOf,
  toArticle,
} from '../../core/article/article.ts';
import type { Entry, Feed } from '../../core/feed/feed.ts';
import type { Article, Source, SourceState } from '../../core/model.ts';
import { republished, seenMark } from '../../core/source/seen.ts';
import { queueReads, toReads } from '../article/read-queue.ts';
import { sendMessages } from '../aws/queue.ts';
import { readEnvironment } from '../environment.ts';
import { inParallel } from '../in-parallel.ts';
import type { MatchMessage } from '../messages.ts';
import { addLatency, addMetric } from '../metrics.ts';
import { type Acceptance, acceptEntry, type Candidate } from './accept-entry.ts';
import { shortHash } from './entry-hash.ts';
import { readEntries } from './entry-store.ts';

const { matchQueueUrl, retentionDays } = readEnvironment('matchQueueUrl', 'retentionDays');

/** Entries of one document that are looked at, and how many of them at once. */
const limits = { entries: 500, atOnce: 25 };

export interface Accepted {
  readonly newArticles: number;
  readonly changedArticles: number;
  /** Those that another source had first. */
  readonly sharedArticles: number;
  /** Known texts under new ids: stored silently. */
  readonly republishedEntries: number;
  /** Entries beyond the limit. */
  readonly skippedEntries: number;
  /** What the source remembers of this document. */
  readonly seen: readonly string[];
  /** The time of its newest entry. */
  readonly newestAt: string | undefined;
}

type SeenCandidate = Candidate & { readonly seen: string };

/**
 * 1. leaves out what the last document had; 2. looks up what the source said of the rest before; 3. writes articles;
 * 4. queues those that are marked, to have their page read first where the source wants that. The caller then remembers `seen`: dying before that does the same again, finds
 * the entries known, and leaves what was marked to the sweep.
 */
export async function acceptEntries(source: Source & SourceState, feed: Feed, now: Date): Promise<Accepted> {
  const entries = newestEntries(feed.entries, limits.entries);
  const candidates = entries.map((entry) => toCandidate(entry, source, feed));
  const seen = candidates.map((candidate) => candidate.seen);
  const last = new Set(source.seen);
  const unseen = candidates.filter((candidate) => !last.has(candidate.seen));
  const repeats = republished(seen, source.seen);
  const known = await readEntries(
    source.id,
    unseen.map(({ entryHash }) => entryHash),
  );
  const silent = ({ article, seen }: SeenCandidate) =>
    source.establishedAt === undefined || repeats.has(seen) || isOld(article, now, retentionDays);
  const acceptances = await inParallel(unseen, limits.atOnce, async (candidate) => {
    const before = known.get(candidate.entryHash);
    if (before?.contentHash === candidate.contentHash) return undefined;
    const acceptance = await acceptEntry(candidate, before, { source, now, silent: silent(candidate) });
    measure(candidate, acceptance, now);
    return acceptance;
  });
  await queueMarked(acceptances);
  const count = (change: Acceptance['change']) =>
    acceptances.filter((done) => done?.change === change).length;
  return {
    newArticles: count('new'),
    changedArticles: count('changed'),
    sharedArticles: count('shared'),
    republishedEntries: repeats.size,
    skippedEntries: feed.entries.length - entries.length,
    seen,
    newestAt: newestTime(candidates.map(({ article }) => article)),
  };
}

function toCandidate(entry: Entry, source: Source, { language }: Feed): SeenCandidate {
  const article = toArticle(shortHash(identityOf(entry, source.id)), entry, { ...source, language });
  const ownId = shortHash(ownIdentityOf(entry, source.id));
  const entryHash = shortHash(entry.id);
  const contentHash = shortHash(contentOf(article));
  return { article, ownId, entryHash, contentHash, seen: seenMark(entryHash, contentHash) };
}

/** ISO 8601 in UTC sorts as text. */
function newestTime(articles: readonly Article[]): string | undefined {
  return articles
    .flatMap(({ publishedAt }) => publishedAt ?? [])
    .sort()
    .at(-1);
}

function measure({ article }: Candidate, { change, marked }: Acceptance, now: Date): void {
  if (change === 'new' && marked) addLatency('PollLatency', article.publishedAt, now.toISOString());
}

async function queueMarked(acceptances: readonly (Acceptance | undefined)[]): Promise<void> {
  const marked = acceptances.flatMap((done) => (done?.marked ? [done] : []));
  if (marked.length > 0) addMetric('ArticlesSeen', marked.length);
  await queueReads(toReads(marked.flatMap(({ unread }) => unread ?? [])));
  await sendMessages(
    matchQueueUrl,
    marked
      .filter(({ unread }) => unread === undefined)
      .map(({ articleId }) => ({ body: { articleId } satisfies MatchMessage })),
  );
}
