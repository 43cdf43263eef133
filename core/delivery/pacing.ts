/**
 * How fast one channel is told. SNS suspends an e-mail subscription above 10 messages a second, and nobody reads a
 * flood. A channel has an allowance of a few messages, which fills up again slowly, and two of them are never closer than
 * some seconds: stories that come apart are told at once, and what comes together is one digest some seconds later. Of
 * each watch there are so many messages an hour, and then one digest of the rest.
 *
 *     takeTurn(undefined, alert, now);           // { kind: 'go', pace }
 *     takeTurn(pace, alert, later(now, 0.5));    // { kind: 'wait', until: two seconds after the first, pace }
 */

import { later } from './delivery.ts';

/** What a channel was told lately. Times are ISO 8601. */
export interface Pace {
  /** No message before. */
  readonly nextAt: string;
  /** When the allowance is whole again; each message moves it by what one takes to come back. Absent: it is whole. */
  readonly wholeAt?: string;
  /** Alerts are collected in the digest of that time, while it is in the future. */
  readonly collectUntil?: string;
  /** The hour, in UTC, that `told` counts: `2026-11-23T12`. */
  readonly hour: string;
  /** By watch: the messages of the hour that named it. */
  readonly told: Readonly<Record<string, number>>;
}

/** What asks for its turn, with the watches that it names. */
export type Asking =
  /** `wasHeld`: others of the same hold are probably due too. */
  | { readonly kind: 'alert'; readonly watchIds: readonly string[]; readonly wasHeld: boolean }
  | { readonly kind: 'digest'; readonly watchIds: readonly string[] };

/** `pace` is what to remember; absent when nothing changes. */
export type Turn =
  | { readonly kind: 'go'; readonly pace: Pace }
  /** An alert joins the digest of `until`, which it opens where `pace` says so; a digest asks again then. */
  | { readonly kind: 'wait'; readonly until: string; readonly pace?: Pace };

const SECONDS_BETWEEN_MESSAGES = 2;

/**
 * Messages that may follow each other at once, and how long one takes to come back. A function that stands still
 * between its turn and its publish does so for less than a claim (40 s): whatever stands still, no second sees more than
 * the allowance.
 */
export const ALLOWANCE = 5;
const SECONDS_FOR_ANOTHER = 60;

/** What was held together is not due at the very same moment: so long its digest waits for the rest of it. */
const SECONDS_TO_GATHER = 10;

/** How many messages name a watch within an hour, besides the digests of its schedule. */
export const MOST_ALERTS_AN_HOUR = 20;

/** @param mostAnHour messages of each watch */
export function takeTurn(
  known: Pace | undefined,
  asking: Asking,
  now: string,
  mostAnHour = MOST_ALERTS_AN_HOUR,
): Turn {
  const pace = ofThisHour(known, now);
  const turnAt = nextTurn(pace);
  if (asking.kind === 'digest') return turnAt > now ? { kind: 'wait', until: turnAt } : go(pace, asking, now);
  if (pace.collectUntil !== undefined && pace.collectUntil > now) {
    return { kind: 'wait', until: pace.collectUntil };
  }
  if (asking.watchIds.every((id) => (pace.told[id] ?? 0) >= mostAnHour)) {
    return { kind: 'wait', until: nextFull(3600, now) };
  }
  if (asking.wasHeld) return collect(pace, latest(turnAt, later(now, SECONDS_TO_GATHER)));
  return turnAt > now ? collect(pace, turnAt) : go(pace, asking, now);
}

function ofThisHour(known: Pace | undefined, now: string): Pace {
  const hour = now.slice(0, 13);
  if (known?.hour === hour) return known;
  return { nextAt: now, ...known, hour, told: {} };
}

/** When the distance is kept and the allowance has one. */
function nextTurn({ nextAt, wholeAt }: Pace): string {
  return wholeAt === undefined
    ? nextAt
    : latest(nextAt, later(wholeAt, (1 - ALLOWANCE) * SECONDS_FOR_ANOTHER));
}

function go(pace: Pace, { watchIds }: Asking, now: string): Turn {
  const told = { ...pace.told };
  for (const id of new Set(watchIds)) told[id] = (told[id] ?? 0) + 1;
  const nextAt = later(now, SECONDS_BETWEEN_MESSAGES);
  const wholeAt = later(latest(pace.wholeAt ?? now, now), SECONDS_FOR_ANOTHER);
  return { kind: 'go', pace: { ...pace, nextAt, wholeAt, told } };
}

/** In whole seconds, as a queue delays. */
function collect(pace: Pace, from: string): Turn {
  const until = nextFull(1, from);
  return { kind: 'wait', until, pace: { ...pace, collectUntil: until } };
}

function latest(a: string, b: string): string {
  return a > b ? a : b;
}

/** The first full second, minute or hour, in UTC, after a time. */
function nextFull(seconds: number, time: string): string {
  const step = seconds * 1000;
  return new Date((Math.floor(Date.parse(time) / step) + 1) * step).toISOString();
}
