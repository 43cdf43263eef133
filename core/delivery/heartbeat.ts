/**
 * The weekly message that a subscriber can ask for, so that silence has a reason: how much matched, and how much was
 * read from how many healthy sources. It comes on Mondays at eight on the subscriber's clock.
 *
 *     nextHeartbeat('Asia/Seoul', '2026-11-25T10:00:00.000Z')   // '2026-11-29T23:00:00.000Z'
 *     weekOf('2026-11-29T23:00:00.000Z', 'Asia/Seoul')          // '2026-11-30'
 */
import type { Alert, Channel, ChannelKind, FindingCode, Source, SourceState } from '../model.ts';
import { inWeek } from '../source/weekly-count.ts';
import { dayOf, nextTime } from './local-clock.ts';

/** What the sources of an installation brought in a week. */
export interface Reading {
  readonly articles: number;
  readonly healthySources: number;
  /** Those that are not paused. */
  readonly sources: number;
}

/** What one subscriber is told of their week. */
export interface Heartbeat extends Reading {
  /** Its end, ISO 8601. */
  readonly until: string;
  /** Stories, `MOST_MATCHES` at the most. */
  readonly matches: number;
  /** Those that matched most, in that order. */
  readonly watches: readonly { readonly name: string; readonly matches: number }[];
}

const MONDAY = 1;

/** The first Monday's eight in the morning after a time. @param timeZone IANA name */
export function nextHeartbeat(timeZone: string, after: string): string {
  return nextTime('08:00', timeZone, after, MONDAY);
}

/** The name of a week: the date of the Monday on which it is told. Whoever moves is told once all the same. */
export function weekOf(dueAt: string, timeZone: string): string {
  return dayOf(dueAt, timeZone);
}

/** What keeps a source from telling all that it has. */
const ailments: readonly FindingCode[] = ['dead', 'blocked', 'stale', 'shrunken'];

type Read = Pick<Source, 'paused'> & Pick<SourceState, 'articlesByDay' | 'findings'>;

export function readingOf(sources: readonly Read[], now: Date): Reading {
  const polled = sources.filter(({ paused }) => !paused);
  const isHealthy = ({ findings = [] }: Read) => !findings.some(({ code }) => ailments.includes(code));
  return {
    articles: polled.reduce((sum, { articlesByDay = {} }) => sum + inWeek(articlesByDay, now), 0),
    healthySources: polled.filter(isHealthy).length,
    sources: polled.length,
  };
}

/** Alerts of a week that are counted; of more than that nobody wants to know the number. */
export const MOST_MATCHES = 2_000;
const MOST_WATCHES = 5;

/** @param alerts of the week, with the watches that each names */
export function heartbeatOf(
  alerts: readonly Pick<Alert, 'watches'>[],
  reading: Reading,
  until: string,
): Heartbeat {
  const named = alerts.flatMap(({ watches }) => watches);
  const watches = [...Map.groupBy(named, ({ watchId }) => watchId).values()]
    .map((matched) => ({ name: matched.at(-1)!.name, matches: matched.length }))
    .toSorted((a, b) => b.matches - a.matches || (a.name < b.name ? -1 : 1));
  return { ...reading, until, matches: alerts.length, watches: watches.slice(0, MOST_WATCHES) };
}

const kinds: readonly ChannelKind[] = ['email', 'webhook'];

/**
 * Where it may be told, the best first: by mail rather than by webhook, never by text, since texts cost. Those not
 * known to be confirmed come last: their reader may just have done it.
 */
export function heartbeatChannels<T extends Channel>(channels: readonly T[]): T[] {
  const place = ({ kind, state }: T) => kinds.indexOf(kind) + (state === 'confirmed' ? 0 : kinds.length);
  return channels.filter(({ kind }) => kinds.includes(kind)).toSorted((a, b) => place(a) - place(b));
}
