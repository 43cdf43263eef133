/** Texts of alerts and digests, within the parts that the operator allows. */

import type { Alert } from '../model.ts';
import { fitSms } from '../sms.ts';
import { countStories } from './message-limits.ts';

/**
 * @param mostParts at least 1
 * @param link in the place of the article's own, which may be long
 */
export function alertText(
  { article: { title, url, sourceName = '' } }: Alert,
  mostParts: number,
  link = url,
): string {
  return fitSms({ title, source: sourceName, link }, mostParts);
}

/** Names the first story and links to it. @param alerts at least one */
export function digestText(
  alerts: readonly Alert[],
  mostParts: number,
  link = alerts[0]!.article.url,
): string {
  const { title } = alerts[0]!.article;
  return fitSms({ title, source: countStories(alerts.length), link }, mostParts);
}
