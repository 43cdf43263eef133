/**
 * What each kind of channel is sent, for one alert and for a digest.
 *
 *     alertMessage.email(alert, subscriber, links);    // { subject, body }
 *     digestMessage.sms(alerts, subscriber, links);    // { body }
 */

import type { Alert, ChannelKind, Subscriber } from '../model.ts';
import { alertEmail, digestEmail } from './email-message.ts';
import { alertToList, digestToList } from './list-message.ts';
import type { Links } from './message-links.ts';
import { alertText, digestText } from './sms-message.ts';
import { alertJson, digestJson } from './webhook-message.ts';

export interface Message {
  /** E-mails only: printable ASCII, below 100 characters. */
  readonly subject?: string;
  readonly body: string;
  /** To lists only: what their webhooks get, JSON, from the same publish. */
  readonly payload?: string;
}

/** `smsParts`: how many a text may take; one without it. */
type Compose<Told> = Readonly<
  Record<ChannelKind, (told: Told, subscriber: Subscriber, links: Links, smsParts?: number) => Message>
>;

/** The alert's article may have its body, for the sentences that matched. */
export const alertMessage: Compose<Alert> = {
  email: alertEmail,
  sms: (alert, _, { story }, parts = 1) => ({ body: alertText(alert, parts, story) }),
  webhook: (alert) => ({ body: alertJson(alert) }),
  list: alertToList,
};

/** Of at least one alert. */
export const digestMessage: Compose<readonly Alert[]> = {
  email: digestEmail,
  sms: (alerts, _, { story }, parts = 1) => ({ body: digestText(alerts, parts, story) }),
  webhook: (alerts) => ({ body: digestJson(alerts) }),
  list: digestToList,
};
