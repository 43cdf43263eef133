/**
 * DeliverQueue's consumer. A page of matches becomes alerts and deliveries, and what is due at once is sent; a
 * delivery or digest that `digest` found due is sent, a channel is checked, and what a snooze held is let go. See
 * docs/delivery.md for the states of a delivery.
 */
import { MOST_ALERTS_AN_HOUR } from '../core/delivery/pacing.ts';
import { readArticle } from './article/article-store.ts';
import { readCopies } from './article/story-copies.ts';
import { sendMessages } from './aws/queue.ts';
import { queueHandler } from './aws/queue-envelope.ts';
import { alertStore } from './delivery/alert-store.ts';
import { alertSubscribers } from './delivery/alert-subscribers.ts';
import { checkChannel } from './delivery/check-channel.ts';
import type { DeliverPorts } from './delivery/delivery-ports.ts';
import { deliveryStore } from './delivery/delivery-store.ts';
import { heartbeatStore } from './delivery/heartbeat-store.ts';
import { messageLinks } from './delivery/message-links.ts';
import { paceStore } from './delivery/pace-store.ts';
import { publisher } from './delivery/publisher.ts';
import { recipients } from './delivery/recipients.ts';
import { releaseWatch } from './delivery/release-watch.ts';
import { sendDelivery } from './delivery/send-delivery.ts';
import { smsBudget } from './delivery/sms-budget.ts';
import { takeBack } from './delivery/take-back.ts';
import { tellHeartbeat } from './delivery/tell-heartbeat.ts';
import { readEnvironment } from './environment.ts';
import { keepCounts } from './hourly-counts.ts';
import type { Log } from './logger.ts';
import { type DeliverMessage, deliverMessage } from './messages.ts';
import { newId } from './new-id.ts';

/** @throws when something is to be done again; doing all of it again is harmless */
export async function deliver(ports: DeliverPorts, message: DeliverMessage, log: Log): Promise<void> {
  if (message.kind === 'matched') return alertSubscribers(ports, message, log);
  if (message.kind === 'channel') return checkChannel(ports, message, log);
  if (message.kind === 'awake') return releaseWatch(ports, message, log);
  if (message.kind === 'subscriber') return tellHeartbeat(ports, message, log);
  if (message.kind === 'undelivered') return takeBack(ports, message, log);
  const { kind: _, ...id } = message;
  const stored = await ports.deliveries.read(id);
  if (stored !== undefined) await sendDelivery(ports, stored, log);
}

const { deliverQueueUrl } = readEnvironment('deliverQueueUrl');

const ports: DeliverPorts = {
  alerts: alertStore,
  deliveries: deliveryStore,
  recipients,
  articles: { read: readArticle, readCopies },
  publisher,
  budget: smsBudget,
  paces: paceStore,
  heartbeats: heartbeatStore,
  links: messageLinks,
  queueLater: (body, delaySeconds) => sendMessages(deliverQueueUrl, [{ body, delaySeconds }]),
  now: () => new Date().toISOString(),
  newId,
  random: Math.random,
  settings: {
    ...readEnvironment(
      'retentionDays',
      'smsCountries',
      'smsMonthlyBudgetUsd',
      'smsSubscriberBudgetUsd',
      'smsParts',
    ),
    mostAlertsAnHour: MOST_ALERTS_AN_HOUR,
  },
};

export const handler = queueHandler(deliverMessage, (message, log) => deliver(ports, message, log)).use(
  keepCounts(),
);
