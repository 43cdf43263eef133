/**
 * The SNS topic of an e-mail or webhook channel and its one subscription. Every call may be repeated: making a
 * topic that exists returns it, subscribing a pending endpoint again sends the confirmation again.
 */
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  InvalidParameterException,
  NotFoundException,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import type { PersonalChannel } from '../../core/model.ts';
import { settings } from './settings.ts';

const sns = new SNSClient({});

export interface Topic {
  readonly topicArn: string;
  readonly subscriptionArn: string;
}

/** Stands in the "From" of the mails that SNS sends for the topic. */
const DISPLAY_NAME = 'Tocsin';

/** What SNS gives up comes back to DeliverQueue. */
const redrivePolicy = {
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: settings.undeliveredQueueArn }),
};

/** Tries for 55 minutes, three times at once and then ever more slowly; SNS allows an hour. */
const webhookPolicy = {
  DeliveryPolicy: JSON.stringify({
    healthyRetryPolicy: {
      numRetries: 15,
      numNoDelayRetries: 3,
      minDelayTarget: 10,
      maxDelayTarget: 600,
      numMinDelayRetries: 2,
      numMaxDelayRetries: 3,
      backoffFunction: 'exponential',
    },
    throttlePolicy: { maxReceivesPerSecond: 10 },
  }),
};

/** @returns nothing when SNS refuses the address */
export async function openTopic({ id, ...endpoint }: PersonalChannel): Promise<Topic | undefined> {
  const topicArn = await makeTopic(id);
  const subscriptionArn = await subscribe(topicArn, endpoint, redrivePolicy);
  return subscriptionArn === undefined ? undefined : { topicArn, subscriptionArn };
}

/** @param id of the channel. @returns the topic's ARN */
export async function makeTopic(id: string): Promise<string> {
  const { TopicArn } = await sns.send(
    new CreateTopicCommand({ Name: topicName(id), Attributes: { DisplayName: DISPLAY_NAME } }),
  );
  return TopicArn!;
}

/**
 * Subscribes an address, which SNS then asks to confirm unless it has.
 *
 * @returns the subscription's ARN; nothing when SNS refuses the address
 */
export async function subscribe(
  TopicArn: string,
  { kind, address }: Pick<PersonalChannel, 'kind' | 'address'>,
  policy: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const command = new SubscribeCommand({
    TopicArn,
    Protocol: kind === 'webhook' ? new URL(address).protocol.slice(0, -1) : kind,
    Endpoint: address,
    Attributes: kind === 'webhook' ? { ...policy, ...webhookPolicy } : policy,
    ReturnSubscriptionArn: true,
  });
  try {
    return (await sns.send(command)).SubscriptionArn;
  } catch (error) {
    if (error instanceof InvalidParameterException) return undefined;
    throw error;
  }
}

/** The topic's ARN follows from the id, so one that was made and never noted is removed too. */
export async function closeTopic({ id, subscriptionArn }: PersonalChannel): Promise<void> {
  if (subscriptionArn) await unsubscribe(subscriptionArn);
  await removeTopic(id);
}

/** With whoever is subscribed to it. @param id of the channel */
export async function removeTopic(id: string): Promise<void> {
  await sns.send(new DeleteTopicCommand({ TopicArn: settings.topicArnPrefix + id }));
}

/** SNS does not remove a pending subscription; it does so itself two days later. */
async function unsubscribe(subscriptionArn: string): Promise<void> {
  try {
    await sns.send(new UnsubscribeCommand({ SubscriptionArn: subscriptionArn }));
  } catch (error) {
    if (!(error instanceof NotFoundException || error instanceof InvalidParameterException)) throw error;
  }
}

/**
 * Confirms as if its reader had followed the link in the mail.
 *
 * @param canLeave whether the link that SNS puts into every message unsubscribes. Mail scanners follow it, so it does
 * only where nothing else does: in the mails of lists
 * @returns false when the token is none of the topic's, or too old
 */
export async function confirmTopic(topicArn: string, token: string, canLeave: boolean): Promise<boolean> {
  const confirm = new ConfirmSubscriptionCommand({
    TopicArn: topicArn,
    Token: token,
    AuthenticateOnUnsubscribe: String(!canLeave),
  });
  try {
    await sns.send(confirm);
    return true;
  } catch (error) {
    if (error instanceof NotFoundException || error instanceof InvalidParameterException) return false;
    throw error;
  }
}

function topicName(channelId: string): string {
  return settings.topicArnPrefix.slice(settings.topicArnPrefix.lastIndexOf(':') + 1) + channelId;
}
