/** What a subscriber is told about a channel, on another one. */

import { fitSubject } from './email-subject.ts';
import type { Message } from './message.ts';
import type { Channel, ChannelKind, ChannelState } from './model.ts';

const names: Readonly<Record<ChannelKind, string>> = {
  email: 'e-mail address',
  sms: 'phone number',
  webhook: 'webhook',
};

/**
 * Of a channel that is lost.
 *
 * @param lost the channel
 * @param kind of the channel that tells of it
 * @param manage the dashboard
 */
export function lossNotice(
  { id, kind: lostKind, address }: Channel,
  state: ChannelState,
  kind: ChannelKind,
  manage: string,
): Message {
  const name = names[lostKind];
  const text = `Your ${name} ${address} gets no alerts any more: ${reasonOf(lostKind, state)}. What is due to it is held until it is confirmed again: ${manage}`;
  if (kind === 'webhook') {
    const notice = {
      version: 1,
      kind: 'notice',
      code: 'channel-lost',
      channel: { id, kind: lostKind },
      text,
    };
    return { body: JSON.stringify(notice) };
  }
  return { subject: fitSubject(`Your ${name} gets no alerts any more`), body: `${text}\n` };
}

function reasonOf(kind: ChannelKind, state: ChannelState): string {
  if (kind === 'sms') return 'somebody answered STOP';
  if (state === 'pending') return 'it has to be confirmed once more';
  return 'it was unsubscribed, perhaps by a program that follows the links of mails, or never confirmed';
}
