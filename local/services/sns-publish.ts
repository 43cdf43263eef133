/** Accepting a publish: one transaction puts mails and texts into the inbox and queues what goes out by request. */
import { randomUUID } from 'node:crypto';
import { transaction } from './database.ts';
import { notificationMail, unsubscribeLink } from './sns-mail.ts';
import { invalid, refusePhoneNumber, refusePublish, textFor } from './sns-rules.ts';
import { type Notice, type SnsStore, subscriptionOf } from './sns-store.ts';
import type { PublishRequest, Subscription } from './sns-types.ts';
import type { MessageAttributes } from './sqs-types.ts';

/** AWS: a single SMS publish carries at most 1,600 characters. */
const mostSmsCharacters = 1600;

/** Answers the message's id once it is on the disk for every confirmed subscription. */
export function publishToTopic(store: SnsStore, topicArn: string, request: PublishRequest): string {
  refusePublish(request);
  const messageId = randomUUID();
  const subscriptions = store.statement.byTopic.all(topicArn).map(subscriptionOf);
  transaction(store.database, () => {
    for (const subscription of subscriptions.filter(({ confirmed }) => confirmed))
      tell(store, subscription, messageId, request);
  });
  return messageId;
}

/** Answers the message's id once the text is in the inbox. */
export function publishToPhone(store: SnsStore, phoneNumber: string, request: PublishRequest): string {
  refusePhoneNumber(phoneNumber);
  refusePublish(request);
  const body = textFor('sms', request);
  if ([...body].length > mostSmsCharacters) throw invalid('Message too long');
  text(store, phoneNumber, body);
  return randomUUID();
}

function tell(store: SnsStore, subscription: Subscription, messageId: string, request: PublishRequest): void {
  const message = textFor(subscription.protocol, request);
  if (subscription.protocol === 'email') mail(store, subscription, request.subject, message);
  else if (subscription.protocol === 'sms') text(store, subscription.endpoint, message);
  else
    queueNotice(store, subscription, {
      type: 'Notification',
      messageId,
      topicArn: subscription.topicArn,
      ...(request.subject !== undefined && { subject: request.subject }),
      message,
      ...(request.attributes && { messageAttributes: envelopeAttributes(request.attributes) }),
      timestamp: isoNow(store),
    });
}

function mail(
  store: SnsStore,
  { arn, endpoint }: Subscription,
  subject: string | undefined,
  message: string,
) {
  const link = unsubscribeLink(store.baseUrl(), arn);
  const mail = notificationMail(subject, message, link);
  store.inbox.add({ at: isoNow(store), protocol: 'email', to: endpoint, ...mail });
}

/** A number that opted out gets nothing, and the publisher is not told. */
function text(store: SnsStore, phoneNumber: string, body: string): void {
  if (store.statement.isOptedOut.get(phoneNumber)) return;
  store.inbox.add({ at: isoNow(store), protocol: 'sms', to: phoneNumber, body });
}

const isoNow = (store: SnsStore) => new Date(store.now()).toISOString();

export function queueNotice(store: SnsStore, { arn }: Subscription, notice: Notice): void {
  store.statement.queue.run(arn, JSON.stringify(notice), store.now());
}

function envelopeAttributes(attributes: MessageAttributes): Notice['messageAttributes'] {
  const entries = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    { Type: DataType, Value: StringValue ?? BinaryValue ?? '' },
  ]);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
