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

/** A request that was accepted: it has one id and one time, however many it is for. */
interface Accepted {
  readonly messageId: string;
  /** ISO 8601. */
  readonly at: string;
  readonly request: PublishRequest;
}

/** Answers the message's id once it is on the disk for every confirmed subscription. */
export function publishToTopic(store: SnsStore, topicArn: string, request: PublishRequest): string {
  refusePublish(request);
  const accepted = { messageId: randomUUID(), at: isoNow(store), request };
  const subscriptions = store.statement.byTopic.all(topicArn).map(subscriptionOf);
  transaction(store.database, () => {
    for (const subscription of subscriptions.filter(({ confirmed }) => confirmed))
      tell(store, subscription, accepted);
  });
  return accepted.messageId;
}

/** Answers the message's id once the text is in the inbox. */
export function publishToPhone(store: SnsStore, phoneNumber: string, request: PublishRequest): string {
  refusePhoneNumber(phoneNumber);
  refusePublish(request);
  const body = textFor('sms', request);
  if ([...body].length > mostSmsCharacters) throw invalid('Message too long');
  text(store, phoneNumber, body, isoNow(store));
  return randomUUID();
}

function tell(store: SnsStore, subscription: Subscription, { messageId, at, request }: Accepted): void {
  const message = textFor(subscription.protocol, request);
  if (subscription.protocol === 'email') mail(store, subscription, request.subject, message, at);
  else if (subscription.protocol === 'sms') text(store, subscription.endpoint, message, at);
  else
    queueNotice(store, subscription, {
      type: 'Notification',
      messageId,
      topicArn: subscription.topicArn,
      ...(request.subject !== undefined && { subject: request.subject }),
      message,
      ...(request.attributes && { messageAttributes: envelopeAttributes(request.attributes) }),
      timestamp: at,
    });
}

function mail(
  store: SnsStore,
  { arn, endpoint }: Subscription,
  subject: string | undefined,
  message: string,
  at: string,
) {
  const link = unsubscribeLink(store.baseUrl(), arn);
  const mail = notificationMail(subject, message, link);
  store.inbox.add({ at, protocol: 'email', to: endpoint, ...mail });
}

/** A number that opted out gets nothing, and the publisher is not told. */
function text(store: SnsStore, phoneNumber: string, body: string, at: string): void {
  if (store.statement.isOptedOut.get(phoneNumber)) return;
  store.inbox.add({ at, protocol: 'sms', to: phoneNumber, body });
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
