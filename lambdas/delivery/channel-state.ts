/** The state of a channel as SNS has it: SNS tells nobody when an address is confirmed, unsubscribed or opted out. */
import {
  CheckIfPhoneNumberIsOptedOutCommand,
  GetSubscriptionAttributesCommand,
  NotFoundException,
  SNSClient,
} from '@aws-sdk/client-sns';
import type { Channel, ChannelState } from '../../core/model.ts';

const sns = new SNSClient({});

/** A list is not asked about: whoever joined it is told, and its topic takes a message for nobody as well. */
export async function readChannelState(channel: Channel): Promise<ChannelState> {
  if (channel.kind === 'list') return 'confirmed';
  return channel.kind === 'sms' ? readPhoneState(channel) : readSubscriptionState(channel);
}

/** For an e-mail or webhook channel, which has a subscription. */
export async function readSubscriptionState({ subscriptionArn }: Channel): Promise<ChannelState> {
  if (subscriptionArn === undefined) return 'pending';
  const question = new GetSubscriptionAttributesCommand({ SubscriptionArn: subscriptionArn });
  try {
    const { Attributes } = await sns.send(question);
    return Attributes?.PendingConfirmation === 'true' ? 'pending' : 'confirmed';
  } catch (error) {
    if (error instanceof NotFoundException) return 'gone';
    throw error;
  }
}

/** SNS knows no confirmation of phone numbers: that one is ours, and only STOP is theirs. */
async function readPhoneState({ address, state }: Channel): Promise<ChannelState> {
  if (state === 'pending') return 'pending';
  const { isOptedOut } = await sns.send(new CheckIfPhoneNumberIsOptedOutCommand({ phoneNumber: address }));
  return isOptedOut ? 'gone' : 'confirmed';
}
