/** What a webhook receives inside SNS's envelope: JSON with a version, described in docs/webhooks.md. */

import type { Alert, AlertedWatch } from '../model.ts';
import { firstEntries, MOST_STORIES, MOST_WATCHES, oneLine } from './message-limits.ts';

/** Characters. */
const LONGEST_SUMMARY = 1_000;

/** One alert, with its story and the watches that matched it. */
export function alertJson(alert: Alert): string {
  return JSON.stringify({ version: 1, kind: 'alert', ...describe(alert) });
}

/** Alerts as `alertJson` has them; `more` counts those that one message does not hold. */
export function digestJson(alerts: readonly Alert[]): string {
  const entries = firstEntries(alerts.slice(0, MOST_STORIES).map((alert) => JSON.stringify(describe(alert))));
  const more = alerts.length - entries.length;
  return `{"version":1,"kind":"digest","alerts":[${entries.join(',')}],"more":${more}}`;
}

function describe({ id, publishedAt, seenAt, matchedAt, article, storyId, watches }: Alert) {
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
    },
    watches: watches.slice(0, MOST_WATCHES).map(describeWatch),
  };
}

function describeWatch({ watchId, version, name, query, matchedAt }: AlertedWatch) {
  return { id: watchId, version, name: oneLine(name), query: oneLine(query), matchedAt };
}
