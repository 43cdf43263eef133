/** Texts of alerts and digests: one part each. */

import { countStories } from './message-limits.ts';
import type { Alert } from './model.ts';
import { fitSms } from './sms.ts';

const PARTS = 1;

export function alertText({ article: { title, url, sourceName = '' } }: Alert): string {
  return fitSms({ title, source: sourceName, link: url }, PARTS);
}

/** Names the first story and links to it. @param alerts at least one */
export function digestText(alerts: readonly Alert[]): string {
  const { title, url } = alerts[0]!.article;
  return fitSms({ title, source: countStories(alerts.length), link: url }, PARTS);
}
