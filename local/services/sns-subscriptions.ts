/** Subscribing: who is asked to confirm, how, and what a subscription is until then. */
import { randomBytes, randomUUID } from 'node:crypto';
import { transaction } from './database.ts';
import { ServiceError } from './service-error.ts';
import { confirmationMail, confirmLink } from './sns-mail.ts';
import { queueNotice } from './sns-publish.ts';
import { invalid, notFound, refuseSubscribe, refuseSubscriptionAttribute } from './sns-rules.ts';
import { type SnsStore, type StoredSubscription, subscriptionOf } from './sns-store.ts';
import type { Protocol, SubscribeRequest } from './sns-types.ts';

/** AWS: pending subscriptions an account may have; a pending one is removed after 48 hours. */
const mostPending = 5000;
const pendingMs = 48 * 3_600_000;

/** Adds the subscription, or answers the one this endpoint has; a pending one is asked again. */
export function subscribe(store: SnsStore, request: SubscribeRequest): StoredSubscription {
  const protocol = refuseSubscribe(request);
  for (const [name, value] of Object.entries(request.attributes ?? {}))
    refuseSubscriptionAttribute(name, value);
  const { topicArn, endpoint } = request;
  return transaction(store.database, () => {
    forgetPending(store);
    const same = store.statement.sameSubscription.get(topicArn, protocol, endpoint);
    const subscription = same ? subscriptionOf(same) : add(store, request, protocol);
    if (!subscription.confirmed) askToConfirm(store, subscription);
    return subscription;
  });
}

function add(store: SnsStore, request: SubscribeRequest, protocol: Protocol): StoredSubscription {
  const { topicArn, endpoint, attributes = {} } = request;
  const confirmed = protocol === 'sqs' || protocol === 'sms';
  if (!confirmed && Number(store.statement.pending.get()?.n) >= mostPending)
    throw new ServiceError('SubscriptionLimitExceeded', 'Too many pending subscriptions', 403);
  const arn = `${topicArn}:${randomUUID()}`;
  const token = randomBytes(32).toString('hex');
  const createdAt = store.now();
  const { addSubscription } = store.statement;
  addSubscription.run(
    arn,
    topicArn,
    protocol,
    endpoint,
    Number(confirmed),
    token,
    JSON.stringify(attributes),
    createdAt,
  );
  return { arn, topicArn, protocol, endpoint, confirmed, token, attributes, createdAt };
}

function askToConfirm(store: SnsStore, subscription: StoredSubscription): void {
  const { topicArn, token, endpoint } = subscription;
  const timestamp = new Date(store.now()).toISOString();
  if (subscription.protocol === 'email') {
    const mail = confirmationMail(topicArn, confirmLink(store.baseUrl(), topicArn, token));
    store.inbox.add({ at: timestamp, protocol: 'email', to: endpoint, ...mail });
    return;
  }
  queueNotice(store, subscription, {
    type: 'SubscriptionConfirmation',
    messageId: randomUUID(),
    topicArn,
    message: `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
    timestamp,
    token,
  });
}

/**
 * Confirms by a token; one that was used already confirms nothing new.
 *
 * @param ownerOnly nobody else may unsubscribe it: the link in its mails does nothing
 */
export function confirmByToken(
  store: SnsStore,
  topicArn: string,
  token: string,
  ownerOnly: boolean,
): StoredSubscription {
  forgetPending(store);
  const found = store.statement.byToken.get(topicArn, token);
  if (!found) throw invalid('Token');
  const { arn, attributes, confirmed } = subscriptionOf(found);
  if (ownerOnly && !confirmed) {
    const kept = { ...attributes, AuthenticateOnUnsubscribe: 'true' };
    store.statement.setAttributes.run(JSON.stringify(kept), arn);
  }
  return confirm(store, arn);
}

/** By the link in a mail, which anybody may follow. */
export function leave(store: SnsStore, arn: string): StoredSubscription {
  const left = subscriptionByArn(store, arn);
  if (left.attributes.AuthenticateOnUnsubscribe === 'true')
    throw new ServiceError('AuthorizationError', 'Only its owner may unsubscribe it', 403);
  store.statement.unsubscribe.run(arn);
  return left;
}

export function confirm(store: SnsStore, arn: string): StoredSubscription {
  store.statement.confirm.run(arn);
  return subscriptionByArn(store, arn);
}

export function subscriptionByArn(store: SnsStore, arn: string): StoredSubscription {
  forgetPending(store);
  const found = store.statement.subscription.get(arn);
  if (!found) throw notFound('Subscription');
  return subscriptionOf(found);
}

export function setSubscriptionAttribute(store: SnsStore, arn: string, name: string, value: string): void {
  refuseSubscriptionAttribute(name, value);
  const { attributes } = subscriptionByArn(store, arn);
  store.statement.setAttributes.run(JSON.stringify({ ...attributes, [name]: value }), arn);
}

export function forgetPending(store: SnsStore): void {
  store.statement.forgetPending.run(store.now() - pendingMs);
}
