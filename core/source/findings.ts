/**
 * What a person should know about a source, told from its polls:
 *
 * | code      | set                                                      | cleared                             |
 * | --------- | -------------------------------------------------------- | ----------------------------------- |
 * | dead      | the publisher says it is gone, or no success in 3 days   | by a success                        |
 * | blocked   | refused, or sent to a challenge, 3 times in a row        | by a success                        |
 * | stale     | its newest entry is older than 30 days                   | by a newer entry                    |
 * | shrunken  | a fifth of the usual entries, or less                    | by more, or when that became usual  |
 * | gap       | nothing in common with the last document                 | 7 days after the last time          |
 * | republish | known texts came under new ids                           | 7 days after the last time          |
 */
import type { Finding, FindingCode } from '../model.ts';

export interface Health {
  readonly failures: number;
  /** The last success before this poll, or when the source was added. */
  readonly aliveAt: string;
  readonly gone: boolean;
  /** The answer was a refusal or a challenge page. */
  readonly blocked: boolean;
  readonly newestAt?: string | undefined;
  /** The document just read. */
  readonly document?: DocumentHealth | undefined;
}

export interface DocumentHealth {
  readonly entries: number;
  readonly usualEntries: number;
  readonly gap: boolean;
  readonly republishedEntries: number;
}

/** What keeps a source from being read at all: the operator is told of it by an alarm. */
const trouble: readonly FindingCode[] = ['dead', 'blocked'];

/** @returns since when a source needs the operator, if it does */
export function troubleSince(findings: readonly Finding[]): string | undefined {
  return findings
    .filter(({ code }) => trouble.includes(code))
    .map(({ since }) => since)
    .sort()[0];
}

const dayMs = 86_400_000;
const limits = { failures: 3, deadDays: 3, staleDays: 30, eventDays: 7, usualEntries: 10, shrunkenTo: 0.2 };

/** @returns the findings after a poll; one that stays keeps its time, an event that comes again gets a new one */
export function nextFindings(before: readonly Finding[], health: Health, now: Date): Finding[] {
  const kept = (code: FindingCode) => before.find((finding) => finding.code === code);
  const state = (code: FindingCode, detail: string | undefined): Finding[] =>
    detail === undefined ? [] : [{ code, since: kept(code)?.since ?? now.toISOString(), detail }];
  const event = (code: FindingCode, detail: string | undefined): Finding[] => {
    if (detail !== undefined) return [{ code, since: now.toISOString(), detail }];
    const last = kept(code);
    return last && now.getTime() - Date.parse(last.since) < limits.eventDays * dayMs ? [last] : [];
  };
  return [
    ...state('dead', dead(health, now)),
    ...state('blocked', blocked(health, kept('blocked'))),
    ...state('stale', stale(health, now)),
    ...state('shrunken', shrunken(health, kept('shrunken'))),
    ...event('gap', health.document?.gap ? 'Entries may have come and gone between two polls' : undefined),
    ...event('republish', republish(health)),
  ];
}

function dead({ gone, failures, aliveAt }: Health, now: Date): string | undefined {
  if (gone) return 'The publisher says that it is gone for good';
  const days = (now.getTime() - Date.parse(aliveAt)) / dayMs;
  if (failures < limits.failures || days < limits.deadDays) return undefined;
  return `No poll succeeded since ${aliveAt}`;
}

function blocked({ blocked, failures }: Health, before: Finding | undefined): string | undefined {
  if (failures === 0) return undefined;
  if (blocked && failures >= limits.failures) return 'The publisher refuses our requests';
  return before?.detail;
}

function stale({ newestAt }: Health, now: Date): string | undefined {
  if (newestAt === undefined || now.getTime() - Date.parse(newestAt) < limits.staleDays * dayMs)
    return undefined;
  return `Its newest entry is of ${newestAt}`;
}

function shrunken({ document }: Health, before: Finding | undefined): string | undefined {
  if (document === undefined) return before?.detail;
  const { entries, usualEntries } = document;
  if (usualEntries < limits.usualEntries || entries > usualEntries * limits.shrunkenTo) return undefined;
  return `It has ${entries} entries instead of about ${usualEntries}`;
}

function republish({ document }: Health): string | undefined {
  const count = document?.republishedEntries ?? 0;
  return count === 0 ? undefined : `${count} entries came under new ids and alerted nobody`;
}
