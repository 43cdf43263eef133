/** What is remembered of a source after a poll. Pure: the poll's result goes in, the next state comes out. */

import type { Source, SourceState } from '../model.ts';
import { nextFindings } from './findings.ts';
import { afterSkipHours } from './freshness.ts';
import { nextPollSeconds, type PollOutcome } from './polling.ts';
import { nextRhythm } from './rhythm.ts';
import { hasGap } from './seen.ts';
import { countDay } from './weekly-count.ts';

/** All that is remembered: what is undefined is forgotten. */
export type NextState = { readonly [K in keyof Required<SourceState>]: SourceState[K] };

export interface PolledResult {
  readonly outcome: PollOutcome;
  readonly shortestSeconds: number;
  /** How long the answer is fresh. */
  readonly freshSeconds: number;
  readonly retryAfterSeconds?: number | undefined;
  /** Why it failed; absent when it did not. */
  readonly error?: string | undefined;
  /** Refused, or sent to a challenge page. */
  readonly blocked: boolean;
  /** Where permanent redirects led. */
  readonly movedTo?: string | undefined;
  /** The feed, when one was read. */
  readonly document?: PolledDocument | undefined;
}

export interface PolledDocument {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly ttlMinutes: number | undefined;
  readonly skipHours: readonly number[] | undefined;
  readonly seen: readonly string[];
  readonly newestAt: string | undefined;
  readonly newEntries: number;
  /** Articles it brought as news. */
  readonly newArticles: number;
  readonly republishedEntries: number;
}

export interface Moment {
  readonly now: Date;
  /** From 0 to 1. */
  readonly random: number;
}

type Polled = Source & SourceState;

/** Validators and what was seen change only with a feed that was read; a failure forgets nothing. */
export function nextState(source: Polled, result: PolledResult, { now, random }: Moment): NextState {
  const { error, document } = result;
  const at = now.toISOString();
  const failures = error === undefined ? 0 : source.failures + 1;
  const { etag, lastModified, ttlMinutes, skipHours, seen } = document ?? source;
  const newestAt = newestOf(source, document, at);
  const rhythmSeconds = rhythm(source, result);
  const wait = nextPollSeconds(
    { ...waits(result, ttlMinutes), failures, intervalSeconds: rhythmSeconds ?? source.intervalSeconds },
    random,
  );
  return {
    nextPollAt: afterSkipHours(new Date(now.getTime() + wait * 1000), skipHours).toISOString(),
    establishedAt: source.establishedAt ?? (document && at),
    etag,
    lastModified,
    ttlMinutes,
    skipHours,
    ...moved(source, result, at),
    failures,
    lastError: error,
    lastPolledAt: at,
    lastSuccessAt: error === undefined ? at : source.lastSuccessAt,
    seen: seen ?? [],
    usualEntries: document ? usual(source, document.seen.length) : source.usualEntries,
    newestAt,
    rhythmSeconds,
    articlesByDay: countDay(source.articlesByDay ?? {}, brought(source, document), now),
    findings: findings(source, result, { failures, newestAt, now }),
  };
}

function waits({ outcome, shortestSeconds, freshSeconds, retryAfterSeconds }: PolledResult, ttlMinutes = 0) {
  return {
    outcome,
    shortestSeconds,
    freshSeconds: Math.max(freshSeconds, ttlMinutes * 60),
    retryAfterSeconds,
  };
}

/** The first document is no news. */
function brought({ establishedAt }: Polled, document: PolledDocument | undefined): number {
  return establishedAt === undefined ? 0 : (document?.newArticles ?? 0);
}

/** Entries with a date in the future are as new as now; new ones without a date are too. */
function newestOf({ newestAt }: Polled, document: PolledDocument | undefined, at: string) {
  const dated = document?.newestAt;
  if (dated !== undefined) return latest(newestAt, dated < at ? dated : at);
  return document && document.newEntries > 0 ? at : newestAt;
}

function latest(a: string | undefined, b: string): string {
  return a !== undefined && a > b ? a : b;
}

function rhythm(source: Polled, { error, document, shortestSeconds }: PolledResult): number | undefined {
  if (!source.adaptive) return undefined;
  if (error !== undefined) return source.rhythmSeconds;
  return nextRhythm(source.rhythmSeconds, {
    floorSeconds: Math.max(source.intervalSeconds, shortestSeconds),
    newEntries: document?.newEntries ?? 0,
    gap: isGap(source, document),
  });
}

/** A source that renewed all its ids missed nothing. */
function isGap({ seen = [] }: Polled, document: PolledDocument | undefined): boolean {
  return document !== undefined && document.republishedEntries === 0 && hasGap(document.seen, seen);
}

/** Keeps the time since when the same permanent redirect is seen; a failure says nothing about it. */
function moved({ movedTo, movedSince }: Polled, result: PolledResult, at: string) {
  if (result.error !== undefined) return { movedTo, movedSince };
  const since = result.movedTo === movedTo ? movedSince : at;
  return { movedTo: result.movedTo, movedSince: result.movedTo === undefined ? undefined : since };
}

const persistentMs = 86_400_000;

/** The address a source is to take: permanent redirects led there for a day, so they are no mistake. */
export function persistentMove({ movedTo, movedSince }: NextState, now: Date): string | undefined {
  if (movedSince === undefined) return undefined;
  return now.getTime() - Date.parse(movedSince) >= persistentMs ? movedTo : undefined;
}

/** Follows growth at once, and slowly what shrinks. */
function usual({ usualEntries = 0 }: Polled, entries: number): number {
  return Math.max(entries, Math.floor(usualEntries * 0.99));
}

function findings(
  source: Polled,
  { outcome, blocked, document }: PolledResult,
  { failures, newestAt, now }: { failures: number; newestAt: string | undefined; now: Date },
) {
  const health = {
    failures,
    newestAt,
    blocked,
    gone: outcome === 'gone',
    aliveAt: source.lastSuccessAt ?? source.createdAt,
    document: document && {
      entries: document.seen.length,
      usualEntries: usual(source, document.seen.length),
      gap: isGap(source, document),
      republishedEntries: document.republishedEntries,
    },
  };
  const found = nextFindings(source.findings ?? [], health, now);
  return found.length > 0 ? found : undefined;
}
