/**
 * When SNS has given a message up, after an hour of tries at a webhook or six at a mail server, it comes back to us.
 * It is tried again later; a channel whose messages keep coming back is disabled for a day at a time.
 */

import type { Channel } from '../model.ts';
import { later } from './delivery.ts';

export type Failures = Required<Pick<Channel, 'failures' | 'lastFailedAt'>> & Pick<Channel, 'disabledUntil'>;

/** What comes back within that time failed together. */
const TOGETHER_SECONDS = 600;
/** After a day without anything that came back a channel is well again. */
const FORGOTTEN_SECONDS = 86_400;
const MOST_FAILURES = 3;
const DISABLED_SECONDS = 86_400;
const HELD_SECONDS = 3_600;

/** @returns the channel's failures with one more; `disabledUntil` when it is too many */
export function countFailure({ failures = 0, lastFailedAt, disabledUntil }: Channel, now: string): Failures {
  const isAfter = (seconds: number) => lastFailedAt === undefined || now > later(lastFailedAt, seconds);
  if (!isAfter(TOGETHER_SECONDS)) return { failures, lastFailedAt: lastFailedAt!, disabledUntil };
  // A disabled channel sends nothing for a day, after which the next failure still counts with the former.
  const wasDisabled = disabledUntil !== undefined && now < later(disabledUntil, FORGOTTEN_SECONDS);
  const counted = isAfter(FORGOTTEN_SECONDS) && !wasDisabled ? 1 : failures + 1;
  const until = counted >= MOST_FAILURES ? later(now, DISABLED_SECONDS) : undefined;
  return { failures: counted, lastFailedAt: now, disabledUntil: until };
}

/** @returns until when nothing is sent to it; undefined when it may be */
export function disabledUntil({ disabledUntil: until }: Channel, now: string): string | undefined {
  return until !== undefined && now < until ? until : undefined;
}

/** When what came back is tried again. */
export function triedAgainAt(failures: Failures, now: string): string {
  return failures.disabledUntil ?? later(now, HELD_SECONDS);
}
