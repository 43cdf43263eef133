/**
 * When a source is polled next, and in which order the sources of one host are. Pure: time and randomness are
 * arguments.
 *
 *     nextPollSeconds({ outcome: 'not-modified', intervalSeconds: 60, shortestSeconds: 60, failures: 0 }, 0)   // 60
 */

/** `rate-limited`: told to wait. `gone`: the publisher says the feed will not come back. */
export type PollOutcome = 'new-articles' | 'not-modified' | 'rate-limited' | 'gone' | 'failed';

export interface PollResult {
  readonly outcome: PollOutcome;
  /** The source's own setting. */
  readonly intervalSeconds: number;
  /** The shortest interval that the operator allows. */
  readonly shortestSeconds: number;
  /** Consecutive polls without success, this one included. */
  readonly failures: number;
  /** How long the publisher calls its answer fresh. */
  readonly freshSeconds?: number;
  /** How long the publisher asks to wait. */
  readonly retryAfterSeconds?: number | undefined;
}

export const hourSeconds = 3_600;
export const daySeconds = 86_400;

/**
 * Lateness only, so that a publisher is never asked sooner than it wishes, and polls spread over the interval. None
 * below a minute: such a source is polled several times by one plan, which a late time would upset.
 */
const jitter = { success: 0.1, failure: 0.25, fromSeconds: 60 };

/**
 * Seconds until the next poll, from the shortest allowed to a day. A fresh answer delays by an hour at most: many
 * publishers send a year. Failures double the wait; without end, so that a source comes back by itself.
 *
 * @param random from 0 to 1
 */
export function nextPollSeconds(result: PollResult, random: number): number {
  const { outcome, intervalSeconds, shortestSeconds, failures, freshSeconds = 0, retryAfterSeconds } = result;
  const interval = Math.max(intervalSeconds, shortestSeconds);
  const doubled = (seconds: number) => seconds * 2 ** Math.min(Math.max(failures - 1, 0), 20);
  const spread = (seconds: number, share: number) =>
    clamp(seconds < jitter.fromSeconds ? seconds : seconds * (1 + share * random), shortestSeconds);
  switch (outcome) {
    case 'new-articles':
    case 'not-modified':
      return spread(Math.max(interval, Math.min(freshSeconds, hourSeconds)), jitter.success);
    case 'rate-limited':
      return spread(Math.max(interval, retryAfterSeconds ?? doubled(hourSeconds)), jitter.failure);
    case 'failed':
    case 'gone':
      return spread(doubled(interval * 2), jitter.failure);
  }
}

function clamp(seconds: number, shortestSeconds: number): number {
  return Math.min(Math.max(seconds, shortestSeconds), daySeconds);
}

export interface DueSource {
  readonly id: string;
  readonly url: string;
  readonly intervalSeconds: number;
  /** ISO 8601. */
  readonly dueAt: string;
}

export interface PlannedPoll {
  readonly sourceId: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface PollWindow {
  readonly now: Date;
  /** Polls are planned for as long as this. */
  readonly horizonSeconds: number;
  readonly shortestSeconds: number;
  /** A source whose last poll died: it goes last, so that it cannot keep the others from their turn. */
  readonly lastSourceId?: string | undefined;
}

/** The most polls that one host gets in a window, and the pause between the starts of two. */
export const hostLimits = { polls: 100, gapMs: 1_000 };

/**
 * The polls of one host within the window, in order and with a gap; a source with a short interval comes several
 * times.
 */
export function planPolls(sources: readonly DueSource[], window: PollWindow): PlannedPoll[] {
  const times = sources.flatMap((source) => pollTimes(source, window).map((at) => ({ source, at })));
  const last = (id: string) => Number(id === window.lastSourceId);
  times.sort((a, b) => last(a.source.id) - last(b.source.id) || a.at - b.at);
  let free = 0;
  return times.slice(0, hostLimits.polls).map(({ source, at }) => {
    const start = Math.max(at, free);
    free = start + hostLimits.gapMs;
    return { sourceId: source.id, at: new Date(start).toISOString() };
  });
}

function pollTimes(source: DueSource, { now, horizonSeconds, shortestSeconds }: PollWindow): number[] {
  const first = Math.max(Date.parse(source.dueAt), now.getTime());
  const step = Math.max(source.intervalSeconds, shortestSeconds) * 1000;
  const end = now.getTime() + horizonSeconds * 1000;
  const count = Math.max(1, Math.ceil((end - first) / step));
  return Array.from({ length: count }, (_, n) => first + n * step);
}

/** The publisher's host, which sees one of us at a time; sources whose URL is none share one that fails. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host || 'invalid';
}
