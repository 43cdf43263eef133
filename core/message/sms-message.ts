/** Texts of alerts and digests: one part each. */

import type { Alert } from '../model.ts';
import { fitSms } from '../sms.ts';
import { countStories } from './message-limits.ts';

const PARTS = 1;

/** @param link in the place of the article's own, which may be long */
export function alertText({ article: { title, url, sourceName = '' } }: Alert, link = url): string {
  return fitSms({ title, source: sourceName, link }, PARTS);
}

/** Names the first story and links to it. @param alerts at least one */
export function digestText(alerts: readonly Alert[], link = alerts[0]!.article.url): string {
  const { title } = alerts[0]!.article;
  return fitSms({ title, source: countStories(alerts.length), link }, PARTS);
}
