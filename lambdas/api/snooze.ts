/** A watch that is to tell nothing for a while: until when, and what to do when that ends before its time. */
import * as z from 'zod/mini';
import type { WatchSettings } from '../../core/model.ts';
import { sendMessages } from '../aws/queue.ts';
import type { AwakeWatch } from '../messages.ts';
import { ApiProblem } from './problems.ts';
import { settings } from './settings.ts';

const DAY_MS = 86_400_000;

/** What is held longer than alerts are kept would be lost. */
const MOST_DAYS = Math.min(31, settings.retentionDays);

/** `null` ends it. */
export const snoozeField = z.nullable(
  z.pipe(
    z.iso.datetime(),
    z.transform((time: string) => new Date(time).toISOString()),
  ),
);

/** @throws ApiProblem `invalid-body` for a time that is past, or too far */
export function refuseSnooze(until: string | undefined, now: string): void {
  if (until === undefined) return;
  const days = (Date.parse(until) - Date.parse(now)) / DAY_MS;
  if (days > 0 && days <= MOST_DAYS) return;
  const detail = `A time to come, at most ${MOST_DAYS} days ahead`;
  throw new ApiProblem('invalid-body', { errors: [{ pointer: '/snoozedUntil', detail }] });
}

/** What a link in a mail offers, in days. */
export const snoozeSpans = { day: 1, week: 7 } as const;
export type SnoozeSpan = keyof typeof snoozeSpans;

/** @returns undefined for a word that is none */
export function readSpan(word: string): SnoozeSpan | undefined {
  return word === 'day' || word === 'week' ? word : undefined;
}

export function snoozeEndOf(span: SnoozeSpan, now: string): string {
  return new Date(Date.parse(now) + Math.min(snoozeSpans[span], MOST_DAYS) * DAY_MS).toISOString();
}

/**
 * Has `deliver` let go what is held longer than the watch wants now. Also when nothing has changed: the request may be the
 * repeat of one that died before it came here.
 */
export async function announceSnooze(before: WatchSettings, after: WatchSettings): Promise<void> {
  const isLonger = (after.snoozedUntil ?? '') > (before.snoozedUntil ?? '');
  if (isLonger) return;
  const body: AwakeWatch = { kind: 'awake', subscriberId: after.subscriberId, watchId: after.id };
  await sendMessages(settings.deliverQueueUrl, [{ body }]);
}
