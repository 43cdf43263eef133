/**
 * The interval that suits how often a source publishes. It settles where about one poll in five brings something.
 *
 *     nextRhythm(600, { floorSeconds: 60, newEntries: 0, gap: false })   // 660
 */
import { hourSeconds } from './polling.ts';

export interface Observation {
  /** The source's own interval, below which it never goes. */
  readonly floorSeconds: number;
  readonly newEntries: number;
  /** The document had nothing in common with the last: entries were missed. */
  readonly gap: boolean;
}

export function nextRhythm(
  seconds: number | undefined,
  { floorSeconds, newEntries, gap }: Observation,
): number {
  if (gap || seconds === undefined) return floorSeconds;
  const factor = newEntries === 0 ? 1.1 : newEntries === 1 ? 0.7 : 0.5;
  return Math.max(floorSeconds, Math.min(Math.round(seconds * factor), Math.max(floorSeconds, hourSeconds)));
}
