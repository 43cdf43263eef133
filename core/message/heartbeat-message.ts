/** The weekly heartbeat, by mail and by webhook. */
import { type Heartbeat, MOST_MATCHES } from '../delivery/heartbeat.ts';
import type { Subscriber } from '../model.ts';
import { fitSubject } from './email-subject.ts';
import { localTime } from './local-time.ts';
import type { Message } from './message.ts';
import { oneLine } from './message-limits.ts';

/** @param manage the dashboard */
export const heartbeatMessage = {
  email: (heartbeat: Heartbeat, { timeZone }: Subscriber, manage: string): Message => {
    const { matches, watches, until } = heartbeat;
    const counts = watches.map((watch) => `  ${oneLine(watch.name)}: ${number(watch.matches)}`);
    const summary = `${matchesOf(heartbeat)}; ${readingOf(heartbeat)}`;
    const paragraphs = [
      summary,
      `In the week to ${localTime(until, timeZone)}`,
      ...unwell(heartbeat),
      ...(matches === 0 ? ['Tocsin is at work: nothing that was read matched your watches.'] : []),
      ...(counts.length > 0 ? [['Most matches', ...counts].join('\n')] : []),
      `You asked for this each Monday. Turn it off, manage your watches: ${manage}`,
    ];
    return {
      subject: fitSubject(summary),
      body: `${paragraphs.join('\n\n')}\n`,
    };
  },
  webhook: ({ watches, ...told }: Heartbeat): Message => {
    const named = watches.map(({ name, matches }) => ({ name: oneLine(name), matches }));
    return { body: JSON.stringify({ version: 1, kind: 'heartbeat', ...told, watches: named }) };
  },
} as const;

/** `0 matches`, `1 match` */
function matchesOf({ matches }: Heartbeat): string {
  if (matches === 1) return '1 match';
  return `${number(matches)}${matches >= MOST_MATCHES ? ' or more' : ''} matches`;
}

/** `1,212 articles read from 14 of 14 healthy sources` */
function readingOf({ articles, healthySources, sources }: Heartbeat): string {
  const read = `${number(articles)} ${articles === 1 ? 'article' : 'articles'} read`;
  return `${read} from ${number(healthySources)} of ${number(sources)} healthy sources`;
}

function unwell({ healthySources, sources }: Heartbeat): string[] {
  const count = sources - healthySources;
  if (count === 0) return [];
  const which = count === 1 ? '1 source is' : `${number(count)} sources are`;
  return [`${which} not read as usual: what they had may be missing here.`];
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
