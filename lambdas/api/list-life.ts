/** Changing a list, and its end. */
import type { List } from '../../core/model.ts';
import { removeTopic } from './channel-topic.ts';
import { eraseAlerts } from './erasure.ts';
import { changeAtVersion } from './etag.ts';
import { readMembersOf, removeMember } from './list-members.ts';
import { closeList, endList, forgetList, isEnding, readList, replaceList } from './list-store.ts';
import { fieldsOf as fieldsOfWatch } from './watch-change.ts';
import { timeOfChange } from './watch-store.ts';

/** What an operator may set. */
export type ListFields = Pick<
  List,
  'name' | 'description' | 'query' | 'frequency' | 'digestTime' | 'digestDay' | 'timeZone' | 'paused'
>;

/** Writes nothing when nothing changes. @returns nothing when it is not at the version of `before` any more */
export async function changeList(
  before: List,
  change: Partial<ListFields>,
  now: string,
): Promise<List | undefined> {
  const after = { ...before, ...change, version: before.version + 1, updatedAt: timeOfChange(before, now) };
  if (fieldsOf(after) === fieldsOf(before)) return before;
  return (await replaceList(before, after)) ? after : undefined;
}

const fieldsOf = (list: List) => JSON.stringify([fieldsOfWatch(list), list.description, list.timeZone]);

/**
 * First it matches nothing more, then nobody joins it any more; at last its channel goes, by which an end that was cut
 * off is found and finished.
 *
 * @returns whether anything was left of it
 */
export async function removeList(id: string, ifMatch: string | undefined, now: string): Promise<boolean> {
  const ended = await changeAtVersion(
    ifMatch,
    () => readList(id),
    async (before) => (await endList(before, now)) || undefined,
  );
  if (!ended && !(await isEnding(id))) return false;
  await closeList(id);
  for (const member of await readMembersOf(id)) await removeMember(member);
  await removeTopic(id);
  await eraseAlerts(id);
  await forgetList(id);
  return true;
}
