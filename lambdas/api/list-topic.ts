/** Who is subscribed to a list's topic: SNS keeps them, and we keep no copy. */
import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  NotFoundException,
  SNSClient,
} from '@aws-sdk/client-sns';
import { settings } from './settings.ts';

const sns = new SNSClient({});

const topicOf = (listId: string) => settings.topicArnPrefix + listId;

export interface Subscribed {
  readonly confirmed: number;
  readonly pending: number;
}

/** A topic that somebody removed has nobody, and hides no other list. */
async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}

/** SNS counts with some delay. */
export async function countSubscribed(listId: string): Promise<Subscribed> {
  const question = new GetTopicAttributesCommand({ TopicArn: topicOf(listId) });
  const { Attributes = {} } = (await unlessMissing(sns.send(question))) ?? {};
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
  const question = new ListSubscriptionsByTopicCommand({ TopicArn: topicOf(listId), NextToken: after });
  const { Subscriptions = [], NextToken } = (await unlessMissing(sns.send(question))) ?? {};
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
