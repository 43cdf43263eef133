/**
 * A durable SNS in one SQLite file: topics, confirmed and pending subscriptions, mails and texts in the inbox, real
 * POSTs to webhooks. A publish that was answered is on the disk for everyone it is for.
 *
 *     const sns = openSns('.tocsin/sns.sqlite', { sqs, baseUrl: () => 'http://127.0.0.1:4747' });
 *     const { arn } = sns.createTopic('news');
 *     sns.subscribe({ topicArn: arn, protocol: 'email', endpoint: 'a@example.com' }); // a mail with a link: confirm
 *     sns.publish(arn, { message: 'It happened', subject: 'News' });
 */
import { topicArn } from './arn.ts';
import { type Deliveries, startDeliveries } from './sns-deliveries.ts';
import { identityOf } from './sns-post.ts';
import { publishToPhone, publishToTopic } from './sns-publish.ts';
import { notFound, refusePhoneNumber, refuseTopicName } from './sns-rules.ts';
import { openSnsStore, type SnsStore, subscriptionOf, topicOf } from './sns-store.ts';
import {
  confirm,
  confirmByToken,
  forgetPending,
  leave,
  setSubscriptionAttribute,
  subscribe,
  subscriptionByArn,
} from './sns-subscriptions.ts';
import type { Sns, Topic } from './sns-types.ts';
import type { Sqs } from './sqs-types.ts';

export interface SnsOptions {
  /** Receives for subscriptions of protocol sqs, and dead letters. */
  readonly sqs: Sqs;
  /** Where the links in mails lead: this server, without a slash at the end. */
  readonly baseUrl: () => string;
  readonly now?: () => number;
}

/** Opens the file, or makes it, and goes on with the deliveries that were due. Throws where it cannot be read. */
export function openSns(file: string, { sqs, baseUrl, now = Date.now }: SnsOptions): Sns {
  const store = openSnsStore(file, now, baseUrl);
  const deliveries = startDeliveries(store, sqs);
  setImmediate(deliveries.wake);
  return {
    inbox: store.inbox,
    ...topicMethods(store),
    ...subscriptionMethods(store, deliveries),
    ...phoneMethods(store),
    publish(arn, request) {
      topicByArn(store, arn);
      const id = publishToTopic(store, arn, request);
      deliveries.wake();
      return id;
    },
    publishSms: (phoneNumber, request) => publishToPhone(store, phoneNumber, request),
    settle: deliveries.settle,
    certificate: async () => (await identityOf(store)).certificate,
    async close() {
      await deliveries.close();
      store.database.close();
    },
  };
}

function topicMethods(store: SnsStore) {
  const save = ({ arn, attributes }: Topic) => store.statement.saveTopic.run(arn, JSON.stringify(attributes));
  return {
    createTopic(name, attributes = {}) {
      refuseTopicName(name);
      const arn = topicArn(name);
      const topic = { arn, attributes: { ...findTopic(store, arn)?.attributes, ...attributes } };
      save(topic);
      return topic;
    },
    deleteTopic(arn) {
      store.statement.deleteTopic.run(arn);
      store.statement.unsubscribeTopic.run(arn);
    },
    topics: () => store.statement.topics.all().map(topicOf),
    topic: (arn) => topicByArn(store, arn),
    findTopic: (arn) => findTopic(store, arn),
    setTopicAttribute(arn, name, value) {
      const { attributes } = topicByArn(store, arn);
      save({ arn, attributes: { ...attributes, [name]: value } });
    },
  } satisfies Partial<Sns>;
}

function subscriptionMethods(store: SnsStore, deliveries: Deliveries) {
  return {
    subscribe(request) {
      topicByArn(store, request.topicArn);
      const subscription = subscribe(store, request);
      deliveries.wake();
      return subscription;
    },
    confirm: (arn, token, ownerOnly = false) => confirmByToken(store, arn, token, ownerOnly),
    confirmNow: (arn) => confirm(store, arn),
    unsubscribe: (arn) => void store.statement.unsubscribe.run(arn),
    leave: (arn) => leave(store, arn),
    subscription: (arn) => subscriptionByArn(store, arn),
    subscriptions(arn) {
      forgetPending(store);
      const rows = arn ? store.statement.byTopic.all(arn) : store.statement.subscriptions.all();
      return rows.map(subscriptionOf);
    },
    setSubscriptionAttribute: (arn, name, value) => setSubscriptionAttribute(store, arn, name, value),
  } satisfies Partial<Sns>;
}

function phoneMethods(store: SnsStore) {
  const checked = (phoneNumber: string) => {
    refusePhoneNumber(phoneNumber);
    return phoneNumber;
  };
  return {
    isOptedOut: (phoneNumber) => store.statement.isOptedOut.get(checked(phoneNumber)) !== undefined,
    optOut: (phoneNumber) => void store.statement.optOut.run(checked(phoneNumber)),
    optIn: (phoneNumber) => void store.statement.optIn.run(checked(phoneNumber)),
    optedOut: () => store.statement.optedOut.all().map((row) => String(row.phone_number)),
  } satisfies Partial<Sns>;
}

function topicByArn(store: SnsStore, arn: string): Topic {
  const found = findTopic(store, arn);
  if (!found) throw notFound('Topic');
  return found;
}

function findTopic(store: SnsStore, arn: string): Topic | undefined {
  const found = store.statement.topic.get(arn);
  return found && topicOf(found);
}
