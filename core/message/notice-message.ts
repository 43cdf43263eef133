/** What a subscriber is told about a channel, on another one. */

import type { Channel, ChannelKind, ChannelState } from '../model.ts';
import { fitSms } from '../sms.ts';
import { fitSubject } from './email-subject.ts';
import type { Message } from './message.ts';

const names = {
  email: 'e-mail address',
  sms: 'phone number',
  webhook: 'webhook',
  list: 'list',
} as const satisfies Record<ChannelKind, string>;

/**
 * Of a channel that is lost.
 *
 * @param lost the channel
 * @param kind of the channel that tells of it
 * @param manage the dashboard
 */
export function lossNotice(lost: Channel, state: ChannelState, kind: ChannelKind, manage: string): Message {
  const title = `Your ${names[lost.kind]} gets no alerts any more`;
  if (kind === 'sms') return shortNotice(title, manage);
  const text = `Your ${names[lost.kind]} ${lost.address} gets no alerts any more: ${reasonOf(lost.kind, state)}. What is due to it is held until it is confirmed again: ${manage}`;
  return notice(lost, 'channel-lost', kind, { title, text });
}

/**
 * Of a channel that SNS could not reach for hours, several times.
 *
 * @param kind of the channel that tells of it
 * @param manage the dashboard
 */
export function failureNotice(failing: Channel, kind: ChannelKind, manage: string): Message {
  const title = `Your ${names[failing.kind]} does not answer`;
  if (kind === 'sms') return shortNotice(title, manage);
  const text = `Your ${names[failing.kind]} ${failing.address} does not answer. It is tried again in a day; what is due to it is held.`;
  return notice(failing, 'endpoint-failing', kind, { title, text });
}

/** One part, which names no address. */
function shortNotice(title: string, link: string): Message {
  return { body: fitSms({ title, source: 'Tocsin', link }, 1) };
}

interface Told {
  readonly title: string;
  readonly text: string;
}

function notice(
  { id, kind: about }: Channel,
  code: string,
  kind: ChannelKind,
  { title, text }: Told,
): Message {
  if (kind === 'webhook') {
    return { body: JSON.stringify({ version: 1, kind: 'notice', code, channel: { id, kind: about }, text }) };
  }
  return { subject: fitSubject(title), body: `${text}\n` };
}

function reasonOf(kind: ChannelKind, state: ChannelState): string {
  if (kind === 'sms') return 'somebody answered STOP';
  if (state === 'pending') return 'it has to be confirmed once more';
  return 'it was unsubscribed, perhaps by a program that follows the links of mails, or never confirmed';
}
