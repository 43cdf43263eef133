/** Who is subscribed to a list's topic: SNS keeps them, and we keep no copy. */
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { settings } from './settings.ts';

const sns = new SNSClient({});

const topicOf = (listId: string) => settings.topicArnPrefix + listId;

export interface Subscribed {
  readonly confirmed: number;
  readonly pending: number;
}

/** SNS counts with some delay. */
export async function countSubscribed(listId: string): Promise<Subscribed> {
  const { Attributes = {} } = await sns.send(new GetTopicAttributesCommand({ TopicArn: topicOf(listId) }));
  const { SubscriptionsConfirmed: confirmed = 0, SubscriptionsPending: pending = 0 } = Attributes;
  return { confirmed: Number(confirmed), pending: Number(pending) };
}

export interface Subscription {
  readonly kind: 'email' | 'webhook';
  readonly address: string;
  readonly state: 'pending' | 'confirmed';
}

/**
 * A hundred at a time.
 *
 * @param after `next` of the page before
 */
export async function readSubscriptions(
  listId: string,
  after: string | undefined,
): Promise<{ items: Subscription[]; next?: string }> {
  const { Subscriptions = [], NextToken } = await sns.send(
    new ListSubscriptionsByTopicCommand({ TopicArn: topicOf(listId), NextToken: after }),
  );
  const items = Subscriptions.flatMap(({ SubscriptionArn, Protocol, Endpoint = '' }) =>
    SubscriptionArn === 'Deleted' ? [] : [toSubscription(SubscriptionArn, Protocol, Endpoint)],
  );
  return NextToken === undefined ? { items } : { items, next: NextToken };
}

function toSubscription(
  arn: string | undefined,
  protocol: string | undefined,
  address: string,
): Subscription {
  const state = arn === 'PendingConfirmation' ? 'pending' : 'confirmed';
  return { kind: protocol === 'email' ? 'email' : 'webhook', address, state };
}
