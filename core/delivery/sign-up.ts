/** Sign-ups that came to nothing: whoever mistyped an address, changed their mind, or is a bot. */
import type { Channel, ChannelState, Subscriber } from '../model.ts';
import { lastConfirmed } from './channel-check.ts';
import { later } from './delivery.ts';

const KEPT_DAYS = 7;
/** Who asks for a code, or for the mail once more, is about to confirm: codes are good for ten minutes. */
const BUSY_SECONDS = 3_600;

/**
 * Whether somebody who signed up by themselves is to be forgotten: a week later the one channel they signed up with was
 * never confirmed, cannot be by a mail that is still on its way, and nobody asked about it lately.
 *
 * @param state of the channel, as SNS has it now
 */
export function isAbandoned(
  { signedUp, createdAt }: Subscriber,
  channels: readonly Channel[],
  state: ChannelState,
  now: string,
): boolean {
  const [channel, ...others] = channels;
  if (!signedUp || !channel || others.length > 0 || channel.createdAt !== createdAt) return false;
  if (lastConfirmed(channel) !== undefined || state === 'confirmed') return false;
  const mayConfirm = state === 'pending' && channel.kind !== 'sms';
  const isBusy = now < later(channel.checkedAt ?? createdAt, BUSY_SECONDS);
  return !mayConfirm && !isBusy && now > later(createdAt, KEPT_DAYS * 86_400);
}
