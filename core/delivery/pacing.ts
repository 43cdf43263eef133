/**
 * How fast one channel is told. SNS suspends an e-mail subscription above 10 messages a second, and nobody reads a
 * flood: a channel gets at most one message a second, and each watch so many alerts an hour. What comes faster is
 * collected in a digest.
 *
 *     takeTurn(undefined, alert, now);           // { kind: 'go', pace }
 *     takeTurn(pace, alert, later(now, 0.5));    // { kind: 'wait', until: the next full minute, pace }
 */

import { later } from './delivery.ts';

/** What a channel was told lately. Times are ISO 8601. */
export interface Pace {
  /** No message before. */
  readonly nextAt: string;
  /** Alerts are collected in the digest of that time, while it is in the future. */
  readonly collectUntil?: string;
  /** The hour, in UTC, that `told` counts: `2026-11-23T12`. */
  readonly hour: string;
  /** By watch: the alerts of the hour that were messages of their own. */
  readonly told: Readonly<Record<string, number>>;
}

/** What asks for its turn. */
export type Asking =
  /** `wasHeld`: others of the same hold are probably due too. */
  | { readonly kind: 'alert'; readonly watchIds: readonly string[]; readonly wasHeld: boolean }
  | { readonly kind: 'digest' };

/** `pace` is what to remember; absent when nothing changes. */
export type Turn =
  | { readonly kind: 'go'; readonly pace: Pace }
  /** An alert joins the digest of `until`; a digest asks again then. */
  | { readonly kind: 'wait'; readonly until: string; readonly pace?: Pace };

const SECONDS_BETWEEN_MESSAGES = 1;

/** How many alerts of a watch are messages of their own within an hour. */
export const MOST_ALERTS_AN_HOUR = 20;

/** @param mostAnHour alerts of each watch */
export function takeTurn(
  known: Pace | undefined,
  asking: Asking,
  now: string,
  mostAnHour = MOST_ALERTS_AN_HOUR,
): Turn {
  const pace = ofThisHour(known, now);
  return asking.kind === 'digest' ? digestTurn(pace, now) : alertTurn(pace, asking, now, mostAnHour);
}

function ofThisHour(known: Pace | undefined, now: string): Pace {
  const hour = now.slice(0, 13);
  if (known?.hour === hour) return known;
  return { nextAt: now, ...known, hour, told: {} };
}

function digestTurn(pace: Pace, now: string): Turn {
  if (pace.nextAt > now) return { kind: 'wait', until: pace.nextAt };
  return { kind: 'go', pace: { ...pace, nextAt: later(now, SECONDS_BETWEEN_MESSAGES) } };
}

function alertTurn(
  pace: Pace,
  { watchIds, wasHeld }: Extract<Asking, { kind: 'alert' }>,
  now: string,
  mostAnHour: number,
): Turn {
  if (pace.collectUntil !== undefined && pace.collectUntil > now) {
    return { kind: 'wait', until: pace.collectUntil };
  }
  if (pace.nextAt > now) {
    const until = nextFull(60, pace.nextAt);
    return { kind: 'wait', until, pace: { ...pace, collectUntil: until } };
  }
  if (watchIds.every((id) => (pace.told[id] ?? 0) >= mostAnHour)) {
    return { kind: 'wait', until: nextFull(3600, now) };
  }
  const told = { ...pace.told };
  for (const id of watchIds) told[id] = (told[id] ?? 0) + 1;
  const collectUntil = wasHeld ? nextFull(60, now) : pace.collectUntil;
  return { kind: 'go', pace: { ...pace, nextAt: later(now, SECONDS_BETWEEN_MESSAGES), collectUntil, told } };
}

/** The first full minute or hour, in UTC, after a time. */
function nextFull(seconds: number, time: string): string {
  const step = seconds * 1000;
  return new Date((Math.floor(Date.parse(time) / step) + 1) * step).toISOString();
}
