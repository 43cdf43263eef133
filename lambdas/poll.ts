/**
 * Polls one source of a host, then hands the host's other polls on. It works only under the host's lease, and every
 * write to the source is conditional on it; a poll that dies is dispatched again when its lease ends.
 */
import type { Feed } from '../core/feed/feed.ts';
import type { FindingCode } from '../core/model.ts';
import { nameFromTitle } from '../core/source/feed-title.ts';
import { hostOf, type PollOutcome } from '../core/source/polling.ts';
import {
  type Moment,
  type NextState,
  nextState,
  type PolledResult,
  persistentMove,
} from '../core/source/source-state.ts';
import { queueHandler } from './aws/queue-envelope.ts';
import { readEnvironment } from './environment.ts';
import { type FeedAnswer, requestFeed } from './fetch/feed-request.ts';
import { keepCounts } from './hourly-counts.ts';
import type { Log } from './logger.ts';
import { type PollMessage, pollMessage } from './messages.ts';
import { type Accepted, acceptEntries } from './source/accept-entries.ts';
import { type Lease, releaseLease, takeTurn } from './source/host-lease.ts';
import { queuePolls } from './source/poll-queue.ts';
import { moveSource, nameSource, type PolledSource, readSource, writeState } from './source/source-store.ts';

const settings = readEnvironment('shortestPollSeconds', 'loopback', 'userAgent');

export interface PollClock {
  readonly now: () => Date;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** A source may be polled this much before its time: clocks differ, and delays are whole seconds. */
const earlyMs = 5_000;

/**
 * 1. takes the turn: a lease that ended, or a message that came twice, does nothing; 2. polls the first source if it
 * is still due; 3. queues the rest, or gives the host back. The others get their turn even when the poll throws.
 */
export async function pollHost(message: PollMessage, log: Log, { now, random }: PollClock): Promise<void> {
  const { host, leaseId, polls } = message;
  const [{ sourceId }, ...rest] = polls as [PollMessage['polls'][number], ...PollMessage['polls']];
  const lease = { host, leaseId };
  const turn = { pollsLeft: polls.length, sourceId, lastAt: polls.at(-1)!.at };
  if (!(await takeTurn(lease, turn, now()))) {
    log.info('lease is over', { host, sourceId });
    return;
  }
  try {
    await pollIfDue(lease, sourceId, log, { now: now(), random: random() });
  } finally {
    if (rest.length > 0) await queuePolls(lease, rest, now());
  }
  if (rest.length === 0) await releaseLease(lease);
}

async function pollIfDue(lease: Lease, sourceId: string, log: Log, moment: Moment): Promise<void> {
  const source = await readSource(sourceId);
  if (source && isDue(source, lease, moment.now))
    log.info('polled', { sourceId, ...(await pollSource(lease, source, moment)) });
  else log.info('not due', { sourceId });
}

/** It may have been polled, paused, stopped or moved to another host since it was dispatched. */
function isDue({ dueKey, nextPollAt, url }: PolledSource, { host }: Lease, now: Date): boolean {
  return dueKey !== undefined && Date.parse(nextPollAt) <= now.getTime() + earlyMs && hostOf(url) === host;
}

export interface PollSummary extends Partial<Omit<Accepted, 'seen' | 'newestAt'>> {
  readonly outcome: PollOutcome;
  readonly failures: number;
  readonly nextPollAt: string;
  readonly error: string | undefined;
  readonly findings: readonly FindingCode[];
  /** False when the lease ended meanwhile, or the operator changed the source: it is polled again. */
  readonly recorded: boolean;
}

/** 1. asks for the feed, and names the source by it; 2. writes and queues its articles; 3. last, remembers what came of it. */
export async function pollSource(lease: Lease, source: PolledSource, moment: Moment): Promise<PollSummary> {
  const answer = await requestFeed(source, settings, moment.now);
  const accepted =
    answer.kind === 'feed'
      ? await acceptEntries(await withTitle(source, answer.feed), answer.feed, moment.now)
      : undefined;
  const result = toResult(answer, accepted);
  const state = nextState(source, result, moment);
  const stopped = result.outcome === 'gone';
  const recorded = await writeState(lease, source, state, { stopped });
  const url = persistentMove(state, moment.now);
  if (recorded && url !== undefined && url !== source.url) await moveSource(lease, source, url);
  return summarize(result, state, { recorded, accepted });
}

/** A source that nobody named is called by its feed's title from its first document on. */
async function withTitle(source: PolledSource, { title }: Feed): Promise<PolledSource> {
  const name = source.unnamed && nameFromTitle(title);
  if (name) await nameSource(source.id, name);
  return name ? { ...source, name } : source;
}

function toResult(answer: FeedAnswer, accepted: Accepted | undefined): PolledResult {
  const { shortestPollSeconds: shortestSeconds } = settings;
  if (answer.kind !== 'feed' && answer.kind !== 'not-modified') {
    const { kind: outcome, error, retryAfterSeconds, blocked = false } = answer;
    return { outcome, shortestSeconds, freshSeconds: 0, retryAfterSeconds, error, blocked };
  }
  const { freshSeconds, movedTo } = answer;
  const common = { shortestSeconds, freshSeconds, movedTo, blocked: false };
  if (answer.kind === 'not-modified' || accepted === undefined) return { outcome: 'not-modified', ...common };
  const { newArticles, changedArticles, sharedArticles, republishedEntries, seen, newestAt } = accepted;
  const newEntries = newArticles + changedArticles + sharedArticles;
  const { etag, lastModified, feed } = answer;
  const { ttlMinutes, skipHours } = feed;
  return {
    outcome: newEntries > 0 ? 'new-articles' : 'not-modified',
    ...common,
    document: {
      etag,
      lastModified,
      ttlMinutes,
      skipHours,
      seen,
      newestAt,
      newEntries,
      newArticles: newArticles + sharedArticles,
      republishedEntries,
    },
  };
}

function summarize(
  { outcome, error }: PolledResult,
  { failures, nextPollAt, findings = [] }: NextState,
  { recorded, accepted }: { readonly recorded: boolean; readonly accepted: Accepted | undefined },
): PollSummary {
  const { seen: _seen, newestAt: _newestAt, ...counts } = accepted ?? {};
  return {
    outcome,
    ...counts,
    failures,
    nextPollAt,
    error,
    findings: findings.map(({ code }) => code),
    recorded,
  };
}

export const handler = queueHandler(pollMessage, (message, log) =>
  pollHost(message, log, { now: () => new Date(), random: Math.random }),
).use(keepCounts());
