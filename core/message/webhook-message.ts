/** What a webhook receives inside SNS's envelope: JSON with a version, described in docs/webhooks.md. */

import type { Alert, AlertedWatch, StoryCopy } from '../model.ts';
import { firstEntries, MOST_STORIES, MOST_WATCHES, oneLine } from './message-limits.ts';

/** Characters. */
const LONGEST_SUMMARY = 1_000;
/** Further articles of a story. */
const MOST_COPIES = 10;

/**
 * One alert, with its story and the watches that matched it.
 *
 * @param list the page of the list that it goes to
 */
export function alertJson(alert: Alert, list?: string): string {
  return JSON.stringify({ version: 1, kind: 'alert', list, ...describe(alert) });
}

/**
 * Alerts as `alertJson` has them; `more` counts those that one message does not hold.
 *
 * @param list the page of the list that they go to
 * @param mostBytes that they may take
 */
export function digestJson(alerts: readonly Alert[], list?: string, mostBytes?: number): string {
  const entries = firstEntries(
    alerts.slice(0, MOST_STORIES).map((alert) => JSON.stringify(describe(alert))),
    mostBytes,
  );
  const more = alerts.length - entries.length;
  const head = JSON.stringify({ version: 1, kind: 'digest', list }).slice(0, -1);
  return `${head},"alerts":[${entries.join(',')}],"more":${more}}`;
}

function describe({ id, publishedAt, seenAt, matchedAt, article, copies, storyId, watches }: Alert) {
  const { title, url, summary, author, language, categories, sourceId, sourceName } = article;
  return {
    alert: { id, publishedAt, seenAt, matchedAt },
    story: {
      id: storyId,
      title: oneLine(title),
      url,
      summary: summary && oneLine(summary, LONGEST_SUMMARY),
      author: author && oneLine(author),
      language,
      categories: categories?.slice(0, MOST_WATCHES).map((category) => oneLine(category)),
      source: { id: sourceId, name: sourceName },
      articles: copies?.slice(0, MOST_COPIES).map(describeCopy),
    },
    watches: watches.slice(0, MOST_WATCHES).map(describeWatch),
  };
}

function describeCopy({ id, title, url, sourceId, sourceName, seenAt }: StoryCopy) {
  return { id, title: oneLine(title), url, source: { id: sourceId, name: sourceName }, seenAt };
}

function describeWatch({ watchId, version, name, query, matchedAt }: AlertedWatch) {
  return { id: watchId, version, name: oneLine(name), query: oneLine(query), matchedAt };
}
