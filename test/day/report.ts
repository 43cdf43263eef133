/** What the day came to, as a person reads it: what each channel was told, and when on its reader's clock. */
import type { InboxMessage } from '../../local/services/inbox-store.ts';
import type { Day, Held } from './day.ts';
import { news } from './news.ts';
import { pageOf } from './newsstand.ts';
import type { Subscribed } from './readership.ts';

const storyByPage = new Map(news.map((told) => [pageOf(told), told.story]));
const storyByTitle = new Map(news.map((told) => [told.title, told.story]));

export const isConfirmation = ({ subject = '', body }: InboxMessage) =>
  /Subscription Confirmation/.test(subject) || body.startsWith('You have chosen to subscribe');

export function messagesTo({ messages }: Day, { address }: Subscribed): InboxMessage[] {
  return messages.filter((message) => message.to === address && !isConfirmation(message));
}

/** The stories whose pages a message names. */
export function storiesIn({ body }: InboxMessage): string[] {
  const pages = body.match(/https:\/\/\w+\.example\/[0-9a-f]{8}/g) ?? [];
  return [...new Set(pages.flatMap((page) => storyByPage.get(page) ?? []))];
}

export function storyOf({ title }: Held): string {
  return storyByTitle.get(title)!;
}

export function report(day: Day): string {
  return day.channels.map((channel) => sectionOf(day, channel)).join('\n');
}

function sectionOf(day: Day, subscribed: Subscribed): string {
  const { reader, channel, id } = subscribed;
  const told = messagesTo(day, subscribed).map(
    (message) =>
      `  ${localTime(message.at, reader.timeZone)}  ${firstLine(message)}\n${list(storiesIn(message))}`,
  );
  const held = Map.groupBy(
    day.held.filter(({ channelId }) => channelId === id),
    ({ state, why, until }) => `${why ?? state} until ${localTime(until, reader.timeZone)}`,
  );
  const waiting = [...held].map(([how, all]) => `  held: ${how}\n${list(all.map(storyOf).sort())}`);
  return [`${reader.name}, ${channel.kind}, ${reader.timeZone}\n`, ...told, ...waiting].join('');
}

const list = (stories: readonly string[]) => (stories.length > 0 ? `      ${stories.join(', ')}\n` : '');

function firstLine({ subject, body, protocol }: InboxMessage): string {
  if (subject !== undefined) return subject;
  if (protocol === 'sms') return body;
  const { kind, story, code, alerts } = JSON.parse(JSON.parse(body).payload);
  return [kind, code ?? story?.title ?? `${alerts.length} stories`].join(': ');
}

/** `Mon 23 Nov 08:00` */
function localTime(time: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  return format.format(Date.parse(time)).replace(/,/g, '');
}
