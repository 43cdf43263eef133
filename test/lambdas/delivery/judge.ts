/** What must hold at the end of a history. */

import { slotOf } from '../../../core/delivery/quiet-hours.ts';
import type { WatchSettings } from '../../../core/model.ts';
import type { Action } from './history.ts';
import * as people from './people.ts';
import type { World } from './world.ts';

/** @returns what went against the rules */
export async function judge(world: World, actions: readonly Action[]): Promise<string[]> {
  const wrong: string[] = [];
  const owed = new Set<string>();
  for (const each of actions) {
    if (each.kind !== 'match') continue;
    for (const id of each.watchIds) {
      for (const channel of watchOf(id).channelIds) owed.add(`${channel} ${people.stories[each.articleId]}`);
    }
  }
  for (const name of owed) wrong.push(...(await judgeOne(world, actions, name)));
  wrong.push(...judgeHeartbeats(world));
  for (const { channelId, storyId } of world.tellings) {
    if (!isWeek(storyId) && !owed.has(`${channelId} ${storyId}`))
      wrong.push(`${channelId} was told of ${storyId}, which it had not asked for`);
  }
  const limit = people.smsBudgetUsd * 1_000_000 * world.spent.months.size;
  if (world.spent.microUsd > limit) wrong.push(`texts cost ${world.spent.microUsd}`);
  return wrong;
}

const isWeek = (storyId: string) => /^\d{4}-/.test(storyId);

/** Each that was begun is told once, unless it was withdrawn or something came between publish and record. */
function judgeHeartbeats({ stores, tellings }: World): string[] {
  return stores.all().flatMap(({ id, delivery }) => {
    if (!('week' in id)) return [];
    const told = tellings.filter(
      ({ channelId, storyId }) => channelId.startsWith(`${id.subscriberId}-`) && storyId === id.week,
    );
    const name = `the heartbeat of ${id.subscriberId} in the week of ${id.week}`;
    if (told.length === 0 && delivery?.state === 'sent') return [`${name} is lost`];
    const again = told.slice(0, -1).some(({ isRecorded }) => isRecorded);
    return again ? [`${name} was told again after its record`] : [];
  });
}

async function judgeOne(world: World, actions: readonly Action[], name: string): Promise<string[]> {
  const [channelId, storyId] = name.split(' ') as [string, string];
  const told = world.tellings.filter(
    (telling) => telling.channelId === channelId && telling.storyId === storyId,
  );
  const wrong: string[] = [];
  const isTold = told.some(({ isGivenUp }) => !isGivenUp);
  if (!isTold && !(await mayBeUntold(world, actions, channelId, storyId))) wrong.push(`${name} is lost`);
  for (const [n, { isRecorded, isExcused, claimedAt }] of told.entries()) {
    if (isRecorded && n < told.length - 1) wrong.push(`${name} was told again after its record`);
    if (!isRecorded && !isExcused) wrong.push(`${name} was told and not recorded, for no reason`);
    if (claimedAt < earliestOf(world, channelId, storyId)) wrong.push(`${name} was told too early`);
  }
  return wrong;
}

/** Withdrawn, with its reason to be seen in this history. */
async function mayBeUntold(world: World, actions: readonly Action[], channelId: string, storyId: string) {
  const subscriberId = channelId.split('-')[0]!;
  const isOff = actions.some(
    (each) => each.kind === 'pause-watch' && watchOf(each.id).channelIds.includes(channelId),
  );
  const isRemoved = !world.channels.has(channelId);
  if (isOff || isRemoved) return true;
  const wasUnconfirmed = actions.some(
    (each) => each.kind === 'channel' && each.id === channelId && each.state !== 'confirmed',
  );
  const { read } = world.stores.deliveries;
  let stored = await read({ subscriberId, storyId, channelId });
  if (stored?.delivery?.state === 'in-digest') {
    stored = await read({ subscriberId, channelId, slot: stored.delivery.slot });
  }
  if (stored?.delivery?.state === 'withdrawn' && stored.delivery.reason === 'told-by-mail')
    return channelId.endsWith('-sms');
  if (stored?.delivery?.state !== 'withdrawn' || stored.delivery.reason !== 'expired') return false;
  if (channelId.endsWith('-sms')) return true;
  // An unconfirmed channel is looked at each hour: the last look is within an hour of the end.
  const lastLook = Date.parse(stored.endsAt) - 3_600_000;
  const wasGivenUp = world.tellings.some((each) => each.channelId === channelId && each.isGivenUp);
  if (wasGivenUp) return true;
  return wasUnconfirmed && Date.parse(stored.delivery.withdrawnAt) >= lastLook;
}

/** The first time at which any page that came may tell the story on the channel. */
function earliestOf(world: World, channelId: string, storyId: string): number {
  const times = world.begun.flatMap(({ message, earliestWall, paused, snoozed }) => {
    if (message?.kind !== 'matched' || message.storyId !== storyId) return [];
    return message.subscribers
      .flatMap(({ watchIds }) => watchIds)
      .map(watchOf)
      .filter(({ id, channelIds }) => channelIds.includes(channelId) && !paused.has(id))
      .map((watch) => {
        const until = snoozed.get(watch.id);
        const asleep = earliest({ ...watch, snoozedUntil: until }, channelId, earliestWall);
        const wakes = world.woken.filter(({ watchId, at }) => watchId === watch.id && at >= earliestWall);
        const awake = wakes.map(({ at }) => earliest(watch, channelId, at));
        return Math.min(asleep, ...awake);
      });
  });
  return Math.min(...times);
}

function watchOf(watchId: string): WatchSettings {
  return people.watches.find(({ id }) => id === watchId)!;
}

/** The earliest time at which a watch that matched at `at` may tell on a channel. */
function earliest(watch: WatchSettings, channelId: string, at: number): number {
  const { timeZone } = people.subscribers.find(({ id }) => id === watch.subscriberId)!;
  const channel = people.channels.find(({ id }) => id === channelId)!;
  const slot = slotOf(watch, channel, timeZone, new Date(at).toISOString());
  return slot === undefined ? at : Date.parse(slot);
}
