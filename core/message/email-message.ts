/** E-mails of alerts and digests. SNS sends plain text only, and adds its own footer. */

import { matches, type Span } from '../matches.ts';
import type { Alert, AlertedWatch, Article, Subscriber } from '../model.ts';
import { parseQuery } from '../query.ts';
import { emailSubject, fitSubject } from './email-subject.ts';
import { excerpts } from './excerpts.ts';
import { localTime } from './local-time.ts';
import { countStories, firstEntries, MOST_STORIES, MOST_WATCHES, oneLine } from './message-limits.ts';
import type { Links } from './message-links.ts';
import { alsoInLines, alsoInNames } from './other-sources.ts';

export interface Email {
  readonly subject: string;
  readonly body: string;
}

const LONGEST_QUERY = 300;
const LONGEST_TITLE = 120;
const MOST_BYTES_OF_TITLES = 30_000;

/** Title, source and time, link, the sentences that matched, and which watches did. */
export function alertEmail(alert: Alert, { timeZone }: Subscriber, links: Links): Email {
  return { subject: subjectOf(alert), body: alertBody(alert, timeZone, footer(links)) };
}

/** @param footer lines at its end */
export function alertBody(alert: Alert, timeZone: string, footer: readonly string[]): string {
  const { article, watches } = alert;
  const head = [oneLine(article.title), '', byline(alert, timeZone), article.url];
  const quotes = quotesOf(article, watches).flatMap((quote) => ['', `    ${quote}`]);
  const named = watches
    .slice(0, MOST_WATCHES)
    .map(({ name, query }) => `  ${oneLine(name)}: ${oneLine(query, LONGEST_QUERY)}`);
  const more = watches.length > MOST_WATCHES ? [`  and ${watches.length - MOST_WATCHES} more`] : [];
  return [
    ...head,
    ...quotes,
    ...alsoInLines(alert),
    '',
    'Matched by',
    ...named,
    ...more,
    '',
    ...footer,
    '',
  ].join('\n');
}

/**
 * Lists the stories, as many as one message holds.
 *
 * @param alerts at least one
 */
export function digestEmail(alerts: readonly Alert[], { timeZone }: Subscriber, links: Links): Email {
  return { subject: subjectOfDigest(alerts), body: digestBody(alerts, timeZone, links, footer(links)) };
}

/** @param mostBytes that its stories may take */
export function digestBody(
  alerts: readonly Alert[],
  timeZone: string,
  links: Links,
  footer: readonly string[],
  mostBytes?: number,
): string {
  const listed = alerts.slice(0, MOST_STORIES);
  const entries = firstEntries(
    listed.map((alert) => digestEntry(alert, timeZone)),
    mostBytes,
  );
  const rest = alerts.slice(entries.length);
  const head = `${countStories(alerts.length)} for ${namesOf(listed.flatMap(({ watches }) => watches))}`;
  return `${[head, ...entries, ...moreOf(rest, links), footer.join('\n')].join('\n\n')}\n`;
}

/** The stories without room of their own: their titles, as far as those have room. */
function moreOf(rest: readonly Alert[], { manage }: Links): string[] {
  if (rest.length === 0) return [];
  const titles = firstEntries(
    rest.map(({ article }) => `  ${oneLine(article.title, LONGEST_TITLE)}`),
    MOST_BYTES_OF_TITLES,
  );
  return [[`and ${rest.length} more, all of them at ${manage}`, ...titles].join('\n')];
}

/** A GET of the first link shows a page and changes nothing: mail scanners follow links. */
function footer({ act, manage }: Links): string[] {
  return [`Why this came, mute or snooze a watch, unsubscribe: ${act}`, `Manage your watches: ${manage}`];
}

export function subjectOf({ article, watches }: Alert): string {
  return emailSubject(article, watches[0]?.name ?? '');
}

export function subjectOfDigest(alerts: readonly Alert[]): string {
  return fitSubject(`${countStories(alerts.length)}: ${subjectOf(alerts[0]!)}`);
}

function digestEntry(alert: Alert, timeZone: string): string {
  const { title, url } = alert.article;
  return [
    oneLine(title),
    `  ${byline(alert, timeZone)}`,
    `  ${url}`,
    ...alsoInNames(alert),
    `  matched by ${namesOf(alert.watches)}`,
  ].join('\n');
}

function namesOf(watches: readonly AlertedWatch[]): string {
  const names = [...new Set(watches.map(({ name }) => name))].slice(0, MOST_WATCHES);
  return oneLine(names.join(', '));
}

function byline({ article, publishedAt, seenAt }: Alert, timeZone: string): string {
  const source = oneLine(article.sourceName ?? '') || new URL(article.url).hostname;
  return `${source} - ${localTime(publishedAt ?? seenAt, timeZone)}`;
}

function quotesOf(article: Article, watches: readonly AlertedWatch[]): string[] {
  return excerpts(
    article,
    watches.slice(0, MOST_WATCHES).flatMap(({ query }) => spansOf(query, article)),
  );
}

/** A query that cannot be read any more, because its language changed, marks nothing. */
function spansOf(query: string, article: Article): readonly Span[] {
  try {
    return matches(parseQuery(query), article)?.spans ?? [];
  } catch (error) {
    if ((error as Error).name === 'QueryError') return [];
    throw error;
  }
}
