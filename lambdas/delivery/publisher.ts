/**
 * Publishes through SNS: to the topic of an e-mail or webhook channel or of a list, or to a phone number. One try per
 * call, because what to do after a failure is the delivery's state, not the SDK's.
 */
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Channel } from '../../core/model.ts';
import { textTo } from '../aws/text-to.ts';
import { readEnvironment } from '../environment.ts';
import { readChannelState } from './channel-state.ts';
import type { OutgoingMessage, Publisher, PublishOutcome } from './delivery-ports.ts';
import { signWebhook } from './webhook-signature.ts';

const { topicArnPrefix } = readEnvironment('topicArnPrefix');

const sns = new SNSClient({ maxAttempts: 1 });

/** Well inside what a claim leaves for a publish (`PUBLISH_SECONDS`). */
const TIMEOUT_MS = 8_000;

export const publisher: Publisher = { publish, readChannelState };

async function publish(channel: Channel, message: OutgoingMessage): Promise<PublishOutcome> {
  const command = new PublishCommand(toInput(channel, message, await bodyOf(channel, message)));
  try {
    const { MessageId } = await sns.send(command, { abortSignal: AbortSignal.timeout(TIMEOUT_MS) });
    return { kind: 'accepted', messageId: MessageId! };
  } catch (error) {
    return toOutcome(error as PublishError);
  }
}

async function bodyOf(
  { id, kind }: Channel,
  { deliveryId, body, payload }: OutgoingMessage,
): Promise<string> {
  // What is no mail is a webhook; no secret of ours is shared by all members, so SNS's own signature has to do.
  if (kind === 'list') return JSON.stringify({ default: payload, email: body });
  return kind === 'webhook' ? await signWebhook(id, deliveryId, body, new Date().toISOString()) : body;
}

/** By its attribute a message that SNS gives up is known when it comes back. */
function toInput(channel: Channel, { subject, deliveryId, maxPriceUsd }: OutgoingMessage, Message: string) {
  if (channel.kind === 'sms') return textTo(channel.address, Message, maxPriceUsd!);
  const TopicArn = topicArnPrefix + channel.id;
  const delivery = { DataType: 'String', StringValue: deliveryId };
  const MessageStructure = channel.kind === 'list' ? 'json' : undefined;
  return { TopicArn, Subject: subject, Message, MessageStructure, MessageAttributes: { delivery } };
}

interface PublishError {
  readonly name: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const gone = new Set(['NotFoundException', 'EndpointDisabledException', 'OptedOutException']);

/** Messages of SNS's errors may hold phone numbers, so only their names go any further. */
function toOutcome({ name, message, $metadata }: PublishError): PublishOutcome {
  if (gone.has(name) || /opted out/i.test(message)) return { kind: 'channel-gone' };
  const status = $metadata?.httpStatusCode ?? 0;
  return { kind: status >= 400 && status < 500 ? 'refused' : 'unanswered', error: name };
}
