/**
 * Erases a subscriber: first the subscriber, so that nothing new can be made, then tokens, watches (leaving
 * tombstones for `match`), channels with their topics, memberships of lists, and alerts. A crash on the way leaves the rest to be
 * found by the next try.
 */
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws/dynamo.ts';
import { inParallel } from '../in-parallel.ts';
import { keysOfAlerts } from './alert-store.ts';
import { closeOutside } from './channel-life.ts';
import { eraseChannel, readChannels } from './channel-store.ts';
import { removeFeeds } from './feed-store.ts';
import { leaveLists } from './list-members.ts';
import { settings } from './settings.ts';
import { removeSubscriber } from './subscriber-store.ts';
import { removeTokens } from './token-store.ts';
import { eraseWatch, readWatches } from './watch-store.ts';

/** @returns whether anything was left of the subscriber */
export async function eraseSubscriber(id: string, now: string): Promise<boolean> {
  const erased = [
    (await removeSubscriber(id)) ? 1 : 0,
    await removeTokens(id),
    await removeFeeds(id),
    await eraseWatches(id, now),
    await eraseChannels(id),
    await leaveLists(id),
    await eraseAlerts(id),
  ];
  return erased.some((count) => count > 0);
}

/** Their transactions meet in no item. */
const AT_ONCE = 10;

/** Until none is left: a request that was under way may have given one a newer version in between. */
async function eraseWatches(subscriberId: string, now: string): Promise<number> {
  let erased = 0;
  for (;;) {
    const watches = await readWatches(subscriberId);
    if (watches.length === 0) return erased;
    await inParallel(watches, AT_ONCE, (watch) => eraseWatch(watch, now));
    erased += watches.length;
  }
}

async function eraseChannels(subscriberId: string): Promise<number> {
  const channels = await readChannels(subscriberId);
  for (const channel of channels) {
    await closeOutside(channel);
    await eraseChannel(channel);
  }
  return channels.length;
}

/** The most that one BatchWriteItem takes. */
const BATCH = 25;

/** @returns how many items there were */
export async function eraseAlerts(subscriberId: string): Promise<number> {
  const keys = await keysOfAlerts(subscriberId);
  for (let i = 0; i < keys.length; i += BATCH) {
    let left = keys.slice(i, i + BATCH).map((Key) => ({ DeleteRequest: { Key } }));
    while (left.length > 0) {
      const { UnprocessedItems } = await dynamo.send(
        new BatchWriteCommand({ RequestItems: { [settings.alertsTable]: left } }),
      );
      left = (UnprocessedItems?.[settings.alertsTable] ?? []) as typeof left;
    }
  }
  return keys.length;
}
