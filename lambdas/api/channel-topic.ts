/**
 * The SNS topic of an e-mail or webhook channel and its one subscription. Every call may be repeated: making a
 * topic that exists returns it, subscribing a pending endpoint again sends the confirmation again.
 */
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  InvalidParameterException,
  NotFoundException,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import type { Channel } from '../../core/model.ts';
import { settings } from './settings.ts';

const sns = new SNSClient({});

export interface Topic {
  readonly topicArn: string;
  readonly subscriptionArn: string;
}

/** Stands in the "From" of the mails that SNS sends for the topic. */
const DISPLAY_NAME = 'Tocsin';

/** @returns nothing when SNS refuses the address */
export async function openTopic({ id, kind, address }: Channel): Promise<Topic | undefined> {
  const { TopicArn } = await sns.send(
    new CreateTopicCommand({ Name: topicName(id), Attributes: { DisplayName: DISPLAY_NAME } }),
  );
  const subscribe = new SubscribeCommand({
    TopicArn,
    Protocol: kind === 'webhook' ? new URL(address).protocol.slice(0, -1) : kind,
    Endpoint: address,
    ReturnSubscriptionArn: true,
  });
  try {
    const { SubscriptionArn } = await sns.send(subscribe);
    return { topicArn: TopicArn!, subscriptionArn: SubscriptionArn! };
  } catch (error) {
    if (error instanceof InvalidParameterException) return undefined;
    throw error;
  }
}

/** The topic's ARN follows from the id, so one that was made and never noted is removed too. */
export async function closeTopic({ id, subscriptionArn }: Channel): Promise<void> {
  if (subscriptionArn) await unsubscribe(subscriptionArn);
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

function topicName(channelId: string): string {
  return settings.topicArnPrefix.slice(settings.topicArnPrefix.lastIndexOf(':') + 1) + channelId;
}
