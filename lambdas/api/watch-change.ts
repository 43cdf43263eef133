/** Changing a watch: read, change, write at the version that was read; from the start when somebody was faster. */
import type { WatchSettings } from '../../core/model.ts';
import { changeAtVersion } from './etag.ts';
import { readWatch, replaceWatch, timeOfChange } from './watch-store.ts';

/** What a subscriber may set. */
export type WatchFields = Pick<
  WatchSettings,
  | 'name'
  | 'query'
  | 'frequency'
  | 'digestTime'
  | 'digestDay'
  | 'urgent'
  | 'channelIds'
  | 'paused'
  | 'snoozedUntil'
>;

/** Works on the watch as it is now. @returns nothing when there is no such watch */
export function onWatch<T>(
  subscriberId: string,
  watchId: string,
  ifMatch: string | undefined,
  write: (before: WatchSettings) => Promise<T | undefined>,
): Promise<T | undefined> {
  return changeAtVersion(ifMatch, () => readWatch(subscriberId, watchId), write);
}

/** Writes nothing when nothing changes: an equal watch keeps its version. */
export async function changeWatch(
  before: WatchSettings,
  change: Partial<WatchFields>,
  now: string,
): Promise<WatchSettings | undefined> {
  const after = { ...before, ...change, version: before.version + 1, updatedAt: timeOfChange(before, now) };
  if (fieldsOf(after) === fieldsOf(before)) return before;
  return (await replaceWatch(before, after)) ? after : undefined;
}

/** Equal where nothing that its owner sets differs. */
export function fieldsOf({
  name,
  query,
  frequency,
  digestTime,
  digestDay,
  urgent,
  channelIds,
  paused,
  snoozedUntil,
}: WatchSettings): string {
  const set = [name, query, frequency, digestTime, digestDay, urgent ?? false, channelIds, paused];
  return JSON.stringify([...set, snoozedUntil]);
}
