/**
 * SNS's operations as its Query protocol carries them: one function per operation, from its form to its result.
 * https://docs.aws.amazon.com/sns/latest/api/API_Operations.html
 */
import { accountId, topicArn } from './arn.ts';
import { entriesOf, type Form, textOf, type XmlValue } from './query-protocol.ts';
import { publishBatch, publishRequest } from './sns-publish-input.ts';
import { invalid } from './sns-rules.ts';
import type { Sns, Subscription, Topic } from './sns-types.ts';

export type SnsOperation = (form: Form) => XmlValue;

export function snsOperations(sns: Sns): Record<string, SnsOperation> {
  return {
    ...topicOperations(sns),
    ...subscriptionOperations(sns),
    ...phoneOperations(sns),
    Publish: (form) => {
      const request = publishRequest(form);
      const phoneNumber = textOf(form, 'PhoneNumber');
      if (phoneNumber !== undefined) return { MessageId: sns.publishSms(phoneNumber, request) };
      const target = textOf(form, 'TopicArn') ?? textOf(form, 'TargetArn');
      if (!target) throw invalid('TopicArn or TargetArn Reason: no value for required parameter');
      return { MessageId: sns.publish(target, request) };
    },
    PublishBatch: (form) => publishBatch(sns, required(form, 'TopicArn'), form),
  };
}

function topicOperations(sns: Sns): Record<string, SnsOperation> {
  return {
    CreateTopic: (form) => {
      const name = required(form, 'Name');
      const attributes = stringsOf(form, 'Attributes');
      const existing = sns.findTopic(topicArn(name));
      if (existing && Object.keys(attributes).some((key) => existing.attributes[key] !== attributes[key]))
        throw invalid('Attributes Reason: Topic already exists with different attributes');
      return { TopicArn: sns.createTopic(name, attributes).arn };
    },
    DeleteTopic: (form) => nothing(sns.deleteTopic(required(form, 'TopicArn'))),
    ListTopics: (form) => page(form, 'Topics', sns.topics(), ({ arn }) => ({ TopicArn: arn })),
    GetTopicAttributes: (form) => {
      const topic = sns.topic(required(form, 'TopicArn'));
      return { Attributes: topicAttributes(topic, sns.subscriptions(topic.arn)) };
    },
    SetTopicAttributes: (form) =>
      nothing(
        sns.setTopicAttribute(
          required(form, 'TopicArn'),
          required(form, 'AttributeName'),
          textOf(form, 'AttributeValue') ?? '',
        ),
      ),
    TagResource: () => ({}),
    UntagResource: () => ({}),
  };
}

function subscriptionOperations(sns: Sns): Record<string, SnsOperation> {
  return {
    Subscribe: (form) => {
      const subscription = sns.subscribe({
        topicArn: required(form, 'TopicArn'),
        protocol: required(form, 'Protocol'),
        endpoint: textOf(form, 'Endpoint') ?? '',
        attributes: stringsOf(form, 'Attributes'),
      });
      const shown = subscription.confirmed || textOf(form, 'ReturnSubscriptionArn') === 'true';
      return { SubscriptionArn: shown ? subscription.arn : 'pending confirmation' };
    },
    ConfirmSubscription: (form) => ({
      SubscriptionArn: sns.confirm(
        required(form, 'TopicArn'),
        required(form, 'Token'),
        textOf(form, 'AuthenticateOnUnsubscribe') === 'true',
      ).arn,
    }),
    Unsubscribe: (form) => nothing(sns.unsubscribe(subscriptionArn(form))),
    GetSubscriptionAttributes: (form) => ({
      Attributes: subscriptionAttributes(sns.subscription(subscriptionArn(form))),
    }),
    SetSubscriptionAttributes: (form) =>
      nothing(
        sns.setSubscriptionAttribute(
          subscriptionArn(form),
          required(form, 'AttributeName'),
          textOf(form, 'AttributeValue') ?? '',
        ),
      ),
    ListSubscriptions: (form) => page(form, 'Subscriptions', sns.subscriptions(), listed),
    ListSubscriptionsByTopic: (form) => {
      const { arn } = sns.topic(required(form, 'TopicArn'));
      return page(form, 'Subscriptions', sns.subscriptions(arn), listed);
    },
  };
}

function phoneOperations(sns: Sns): Record<string, SnsOperation> {
  const phoneNumber = (form: Form) => required(form, 'phoneNumber');
  return {
    CheckIfPhoneNumberIsOptedOut: (form) => ({ isOptedOut: sns.isOptedOut(phoneNumber(form)) }),
    OptInPhoneNumber: (form) => nothing(sns.optIn(phoneNumber(form))),
    ListPhoneNumbersOptedOut: () => ({ phoneNumbers: sns.optedOut() }),
  };
}

function topicAttributes(topic: Topic, subscriptions: readonly Subscription[]): XmlValue {
  const confirmed = subscriptions.filter((subscription) => subscription.confirmed).length;
  return new Map([
    ['TopicArn', topic.arn],
    ['Owner', accountId],
    ['DisplayName', ''],
    ['SubscriptionsConfirmed', String(confirmed)],
    ['SubscriptionsPending', String(subscriptions.length - confirmed)],
    ['SubscriptionsDeleted', '0'],
    ...Object.entries(topic.attributes),
  ]);
}

function subscriptionAttributes(subscription: Subscription): XmlValue {
  const { AuthenticateOnUnsubscribe: _, ...shown } = subscription.attributes;
  return new Map([
    ['SubscriptionArn', subscription.arn],
    ['TopicArn', subscription.topicArn],
    ['Protocol', subscription.protocol],
    ['Endpoint', subscription.endpoint],
    ['Owner', accountId],
    ['PendingConfirmation', String(!subscription.confirmed)],
    ['ConfirmationWasAuthenticated', 'false'],
    ['RawMessageDelivery', 'false'],
    ...Object.entries(shown),
  ]);
}

/** AWS shows no ARN of a pending subscription in lists. */
function listed({ arn, confirmed, protocol, endpoint, topicArn }: Subscription): XmlValue {
  return {
    SubscriptionArn: confirmed ? arn : 'PendingConfirmation',
    Owner: accountId,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  };
}

const pageSize = 100;

function page<T>(form: Form, name: string, all: readonly T[], show: (item: T) => XmlValue): XmlValue {
  const start = Number(textOf(form, 'NextToken') ?? 0);
  if (!Number.isInteger(start) || start < 0) throw invalid('NextToken');
  const next = start + pageSize;
  return {
    [name]: all.slice(start, next).map(show),
    NextToken: next < all.length ? String(next) : undefined,
  };
}

function stringsOf(form: Form, name: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entriesOf(form, name)).map(([key, value]) => [key, String(value)]),
  );
}

function subscriptionArn(form: Form): string {
  const arn = required(form, 'SubscriptionArn');
  if (/^arn:aws:sns:[^:]+:\d{12}:[\w-]+:[\w-]+$/.test(arn)) return arn;
  throw invalid('SubscriptionArn Reason: An ARN must have at least 6 elements, not 1');
}

function required(form: Form, name: string): string {
  const value = textOf(form, name);
  if (value) return value;
  throw invalid(name);
}

const nothing = (_done: unknown): XmlValue => ({});
