/**
 * DeliverQueue's consumer. A page of matches becomes alerts and deliveries, and what is due at once is sent; a
 * delivery or digest that `digest` found due is sent, and a channel is checked. See docs/delivery.md for the states of a delivery.
 */
import { MOST_ALERTS_AN_HOUR } from '../core/pacing.ts';
import { alertStore } from './alert-store.ts';
import { alertSubscribers } from './alert-subscribers.ts';
import { readArticle } from './article-store.ts';
import { checkChannel } from './check-channel.ts';
import type { DeliverPorts } from './delivery-ports.ts';
import { deliveryStore } from './delivery-store.ts';
import { readEnvironment } from './environment.ts';
import type { Log } from './logger.ts';
import { messageLinks } from './message-links.ts';
import { type DeliverMessage, deliverMessage } from './messages.ts';
import { newId } from './new-id.ts';
import { paceStore } from './pace-store.ts';
import { publisher } from './publisher.ts';
import { queueHandler } from './queue-envelope.ts';
import { recipients } from './recipients.ts';
import { sendDelivery } from './send-delivery.ts';
import { smsBudget } from './sms-budget.ts';
import { takeBack } from './take-back.ts';

/** @throws when something is to be done again; doing all of it again is harmless */
export async function deliver(ports: DeliverPorts, message: DeliverMessage, log: Log): Promise<void> {
  if (message.kind === 'matched') return alertSubscribers(ports, message, log);
  if (message.kind === 'channel') return checkChannel(ports, message, log);
  if (message.kind === 'undelivered') return takeBack(ports, message, log);
  const { kind: _, ...id } = message;
  const stored = await ports.deliveries.read(id);
  if (stored !== undefined) await sendDelivery(ports, stored, log);
}

const ports: DeliverPorts = {
  alerts: alertStore,
  deliveries: deliveryStore,
  recipients,
  articles: { read: readArticle },
  publisher,
  budget: smsBudget,
  paces: paceStore,
  links: messageLinks,
  now: () => new Date().toISOString(),
  newId,
  random: Math.random,
  settings: {
    ...readEnvironment('retentionDays', 'smsCountries', 'smsMonthlyBudgetUsd', 'smsSubscriberBudgetUsd'),
    mostAlertsAnHour: MOST_ALERTS_AN_HOUR,
  },
};

export const handler = queueHandler(deliverMessage, (message, log) => deliver(ports, message, log));
