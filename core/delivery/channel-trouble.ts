/**
 * Channels that an operator should know of: those that were lost, and those to which SNS keeps giving messages up. One
 * that was never confirmed is no trouble: somebody mistyped an address, or a bot did.
 */
import type { Channel } from '../model.ts';
import { lastConfirmed } from './channel-check.ts';
import { later } from './delivery.ts';

/** `gone`: unsubscribed or opted out after it was confirmed. `failing`: what was sent to it keeps coming back. */
export type ChannelFindingCode = 'gone' | 'failing';

/** A disabled channel is tried again, and well when a day went by without anything that came back. */
const PROBATION_SECONDS = 86_400;

/**
 * @param before as known, with `troubleSince` where there is trouble already
 * @param change what is learnt of it now
 * @returns since when it is in trouble, if it is
 */
export function channelTroubleSince(
  before: Channel,
  change: Partial<Channel>,
  now: string,
): string | undefined {
  const { state, disabledUntil } = { ...before, ...change };
  const wasConfirmed = lastConfirmed(before) !== undefined || before.troubleSince !== undefined;
  const isGone = state === 'gone' && wasConfirmed;
  const isFailing = disabledUntil !== undefined && now < later(disabledUntil, PROBATION_SECONDS);
  return isGone || isFailing ? (before.troubleSince ?? now) : undefined;
}

const goneDetails = {
  email: 'Unsubscribed, by its reader or by a mail scanner that followed the link',
  sms: 'Its owner answered STOP',
  webhook: 'Unsubscribed',
} as const;

/** In words that name no address. */
export function channelFinding({ state, kind, failures = 0 }: Pick<Channel, 'state' | 'kind' | 'failures'>): {
  code: ChannelFindingCode;
  detail: string;
} {
  if (state === 'gone' && kind !== 'list') return { code: 'gone', detail: goneDetails[kind] };
  return { code: 'failing', detail: `Messages came back ${failures} times in a row` };
}
