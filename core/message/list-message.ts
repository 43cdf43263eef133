/**
 * What a list is sent: one message with a text for its mails and one for its webhooks. It says nothing of any member and
 * links to nothing that only one of them may do; SNS adds the link by which each leaves.
 */

import type { Alert, Subscriber } from '../model.ts';
import { alertBody, digestBody, subjectOf, subjectOfDigest } from './email-message.ts';
import type { Links } from './message-links.ts';
import { alertJson, digestJson } from './webhook-message.ts';

interface ListMessage {
  readonly subject: string;
  readonly body: string;
  readonly payload: string;
}

/**
 * Both texts go in one publish of 256 KB, as strings of a JSON object, in which each quotation mark counts twice. The
 * titles of what a mail has no room for come on top.
 */
const MOST_MAIL_BYTES = 60_000;
const MOST_JSON_BYTES = 35_000;

export function alertToList(alert: Alert, { timeZone }: Subscriber, links: Links): ListMessage {
  return {
    subject: subjectOf(alert),
    body: alertBody(alert, timeZone, footer(links)),
    payload: alertJson(alert, links.manage),
  };
}

/** @param alerts at least one */
export function digestToList(alerts: readonly Alert[], { timeZone }: Subscriber, links: Links): ListMessage {
  return {
    subject: subjectOfDigest(alerts),
    body: digestBody(alerts, timeZone, links, footer(links), MOST_MAIL_BYTES),
    payload: digestJson(alerts, links.manage, MOST_JSON_BYTES),
  };
}

function footer({ manage }: Links): string[] {
  return [`The list, its query and its newest stories: ${manage}`];
}
