/**
 * The JSON document that SNS posts to a webhook, signed, and the headers around it.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
import { sign } from 'node:crypto';
import { confirmLink, unsubscribeLink } from './sns-mail.ts';
import type { Notice } from './sns-store.ts';

export interface EnvelopeContext {
  readonly baseUrl: string;
  readonly subscriptionArn: string;
  /** PEM. */
  readonly privateKey: string;
  /** `1` signs SHA-1, `2` SHA-256: the topic's attribute SignatureVersion. */
  readonly signatureVersion: string;
}

export const certificatePath = '/_local/SimpleNotificationService.pem';

/** The envelope's text. */
export function envelope(notice: Notice, context: EnvelopeContext): string {
  const { type: Type, messageId: MessageId, topicArn: TopicArn, message: Message } = notice;
  const signed: Record<string, string> = {
    Type,
    MessageId,
    ...(notice.token !== undefined && { Token: notice.token }),
    TopicArn,
    ...(notice.subject !== undefined && { Subject: notice.subject }),
    Message,
    ...(notice.token !== undefined && {
      SubscribeURL: confirmLink(context.baseUrl, TopicArn, notice.token),
    }),
    Timestamp: notice.timestamp,
  };
  return JSON.stringify(
    {
      ...signed,
      SignatureVersion: context.signatureVersion,
      Signature: signature(signed, context),
      SigningCertURL: context.baseUrl + certificatePath,
      ...(notice.type === 'Notification' && {
        UnsubscribeURL: unsubscribeLink(context.baseUrl, context.subscriptionArn),
        MessageAttributes: notice.messageAttributes,
      }),
    },
    undefined,
    2,
  );
}

/** Every signed member in name order, name and value each on a line. */
function signature(members: Record<string, string>, context: EnvelopeContext): string {
  const names = Object.keys(members).sort();
  const text = names.map((name) => `${name}\n${members[name]}\n`).join('');
  const algorithm = context.signatureVersion === '2' ? 'sha256' : 'sha1';
  return sign(algorithm, Buffer.from(text), context.privateKey).toString('base64');
}

/** @param raw the message goes out as it was published, without an envelope */
export function webhookHeaders(
  notice: Notice,
  subscriptionArn: string,
  raw: boolean,
): Record<string, string> {
  return {
    'content-type': 'text/plain; charset=UTF-8',
    'user-agent': 'Amazon Simple Notification Service Agent',
    'x-amz-sns-message-type': notice.type,
    'x-amz-sns-message-id': notice.messageId,
    'x-amz-sns-topic-arn': notice.topicArn,
    ...(notice.type === 'Notification' && { 'x-amz-sns-subscription-arn': subscriptionArn }),
    ...(raw && { 'x-amz-sns-rawdelivery': 'true' }),
  };
}
