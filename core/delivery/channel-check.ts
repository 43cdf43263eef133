/**
 * When the state of a channel has to be read from SNS before use. SNS tells nobody that an e-mail address was
 * confirmed or unsubscribed, so what we know goes stale.
 */

import type { Channel, ChannelState } from '../model.ts';
import { later } from './delivery.ts';

/** A confirmed channel is believed for this long. */
const CONFIRMED_HOURS = 6;
/** Any other state is read again at once, but not for each of many deliveries at a time. */
const OTHERWISE_SECONDS = 30;

/** @returns whether `channel.state` may be relied on at `now` */
export function isStateFresh({ state, checkedAt }: Channel, now: string): boolean {
  if (checkedAt === undefined) return false;
  const seconds = state === 'confirmed' ? CONFIRMED_HOURS * 3600 : OTHERWISE_SECONDS;
  return now < later(checkedAt, seconds);
}

/** Up to which age of a channel its unconfirmed state is looked at how often. */
const rechecks = [
  { hours: 1, everySeconds: 60 },
  { hours: 24, everySeconds: 15 * 60 },
] as const;
const OLD_EVERY_SECONDS = 3600;

/**
 * When to look again at a channel that is not confirmed: soon while its subscriber may be about to do it. The times
 * are counted from the channel's making, so that whatever it holds is due at once and becomes one digest.
 */
export function recheckAt(createdAt: string, now: string): string {
  const stage = rechecks.find(({ hours }) => now < later(createdAt, hours * 3600));
  const every = stage?.everySeconds ?? OLD_EVERY_SECONDS;
  const age = Math.max(0, Date.parse(now) - Date.parse(createdAt)) / 1000;
  return later(createdAt, (Math.floor(age / every) + 1) * every);
}

/**
 * Whether the subscriber has to be told: what was confirmed is not any more, or what never was can never be. SNS
 * removes what nobody confirms within two days, and what a mail scanner unsubscribes.
 *
 * @param channel as known before
 * @param state as SNS has it now
 */
export function isLost(channel: Channel, state: ChannelState): boolean {
  if (state === 'confirmed') return false;
  const confirmedAt = lastConfirmed(channel);
  if (state === 'pending' && confirmedAt === undefined) return false;
  return channel.lossToldAt === undefined || channel.lossToldAt < (confirmedAt ?? '');
}

/** @returns undefined for a channel that never was confirmed */
export function lastConfirmed(channel: Channel): string | undefined {
  const { state, confirmedAt, checkedAt, createdAt } = channel;
  return confirmedAt ?? (state === 'confirmed' ? (checkedAt ?? createdAt) : undefined);
}

const CONFIRMED_EVERY_HOURS = 24;
const OTHERWISE_EVERY_HOURS = 3;

/** When the sweep asks SNS again. @param jitter from 0 to 1, so that channels do not come all at once */
export function nextCheckAt(state: ChannelState, now: string, jitter: number): string {
  const hours = state === 'confirmed' ? CONFIRMED_EVERY_HOURS : OTHERWISE_EVERY_HOURS;
  return later(now, hours * 3600 * (1 - jitter / 4));
}
