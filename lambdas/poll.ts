/**
 * Polls one source of a host, then hands the host's other polls on. It works only under the host's lease, and every
 * write to the source is conditional on it; a poll that dies is dispatched again when its lease ends.
 */
import { nextPollSeconds, type PollOutcome } from '../core/polling.ts';
import { type Accepted, acceptEntries } from './accept-entries.ts';
import { readEnvironment } from './environment.ts';
import { type FeedAnswer, requestFeed } from './feed-request.ts';
import { type Lease, releaseLease, takeTurn } from './host-lease.ts';
import type { Log } from './logger.ts';
import { type PollMessage, pollMessage } from './messages.ts';
import { addMetric } from './metrics.ts';
import { queuePolls } from './poll-queue.ts';
import { queueHandler } from './queue-envelope.ts';
import { moveSource, type NextState, type PolledSource, readSource, writeState } from './source-store.ts';

const settings = readEnvironment('shortestPollSeconds', 'loopback', 'contactUrl');

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

interface Moment {
  readonly now: Date;
  readonly random: number;
}

async function pollIfDue(lease: Lease, sourceId: string, log: Log, moment: Moment): Promise<void> {
  const source = await readSource(sourceId);
  const due = source?.dueKey !== undefined && Date.parse(source.nextPollAt) <= moment.now.getTime() + earlyMs;
  if (due) log.info('polled', { sourceId, ...(await pollSource(lease, source, moment)) });
  else log.info('not due', { sourceId });
}

export interface PollSummary extends Omit<Accepted, 'seen'> {
  readonly outcome: PollOutcome;
  readonly failures: number;
  readonly nextPollAt: string;
  readonly error?: string | undefined;
  /** False when the lease ended meanwhile, or the operator changed the source: it is polled again. */
  readonly recorded: boolean;
}

/** 1. asks for the feed; 2. writes and queues its articles; 3. last, remembers what came of it. */
export async function pollSource(
  lease: Lease,
  source: PolledSource,
  { now, random }: Moment,
): Promise<PollSummary> {
  const answer = await requestFeed(source, settings, now);
  const accepted = answer.kind === 'feed' ? await acceptEntries(source, answer.feed, now) : nothing(source);
  const outcome = outcomeOf(answer, accepted);
  const state = nextState(source, answer, { outcome, seen: accepted.seen, now, random });
  if (outcome === 'failed' || outcome === 'gone') addMetric('SourcesFailed');
  const recorded = await writeState(lease, source, state, { stopped: outcome === 'gone' });
  if (recorded && answer.kind === 'feed' && answer.movedTo !== undefined && answer.movedTo !== source.url) {
    await moveSource(lease, source, answer.movedTo);
  }
  const { seen: _, ...counts } = accepted;
  const { failures, nextPollAt, lastError: error } = state;
  return { outcome, ...counts, failures, nextPollAt, error, recorded };
}

function nothing({ seen = [] }: PolledSource): Accepted {
  return {
    newArticles: 0,
    changedArticles: 0,
    sharedArticles: 0,
    republishedEntries: 0,
    skippedEntries: 0,
    seen,
  };
}

function outcomeOf(answer: FeedAnswer, accepted: Accepted): PollOutcome {
  if (answer.kind !== 'feed') return answer.kind;
  const { newArticles, changedArticles, sharedArticles } = accepted;
  return newArticles + changedArticles + sharedArticles > 0 ? 'new-articles' : 'not-modified';
}

interface PollFacts extends Moment {
  readonly outcome: PollOutcome;
  readonly seen: readonly string[];
}

/** Validators and what was seen change only with a feed that was read; a failure forgets nothing. */
function nextState(source: PolledSource, answer: FeedAnswer, facts: PollFacts): NextState {
  const { now, random, outcome, seen } = facts;
  const failed = answer.kind !== 'feed' && answer.kind !== 'not-modified';
  const failures = failed ? source.failures + 1 : 0;
  const { etag, lastModified } = answer.kind === 'feed' ? answer : source;
  const ttlMinutes = answer.kind === 'feed' ? answer.feed.ttlMinutes : source.ttlMinutes;
  const wait = nextPollSeconds(
    {
      outcome,
      intervalSeconds: source.intervalSeconds,
      shortestSeconds: settings.shortestPollSeconds,
      failures,
      freshSeconds: failed ? 0 : Math.max(answer.freshSeconds, (ttlMinutes ?? 0) * 60),
      ...(failed && { retryAfterSeconds: answer.retryAfterSeconds }),
    },
    random,
  );
  const at = now.toISOString();
  return {
    nextPollAt: new Date(now.getTime() + wait * 1000).toISOString(),
    establishedAt: source.establishedAt ?? (answer.kind === 'feed' ? at : undefined),
    etag,
    lastModified,
    ttlMinutes,
    failures,
    lastError: failed ? answer.error : undefined,
    lastPolledAt: at,
    lastSuccessAt: failed ? source.lastSuccessAt : at,
    seen,
  };
}

export const handler = queueHandler(pollMessage, (message, log) =>
  pollHost(message, log, { now: () => new Date(), random: Math.random }),
);
