/** The mails that SNS writes around a message: plain text, a link to leave, and the request to confirm. */
import type { Subscription } from './sns-types.ts';

export interface Mail {
  readonly subject: string;
  readonly body: string;
}

export function confirmLink(baseUrl: string, topicArn: string, token: string): string {
  return `${baseUrl}/_local/confirm?${new URLSearchParams({ TopicArn: topicArn, Token: token })}`;
}

export function unsubscribeLink(baseUrl: string, subscriptionArn: string): string {
  return `${baseUrl}/_local/unsubscribe?${new URLSearchParams({ SubscriptionArn: subscriptionArn })}`;
}

export function confirmationMail(topicArn: string, link: string): Mail {
  return {
    subject: 'AWS Notification - Subscription Confirmation',
    body: `You have chosen to subscribe to the topic:
${topicArn}

To confirm this subscription, click or visit the link below (If this was in error no action is necessary):
${link}

Please do not reply directly to this email.`,
  };
}

export function notificationMail(subject: string | undefined, text: string, link: string): Mail {
  return {
    subject: subject ?? 'AWS Notification Message',
    body: `${text}

--
If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:
${link}

Please do not reply directly to this email.`,
  };
}

/** What the page says after a link in a mail was followed. */
export function confirmedText({ endpoint, topicArn }: Subscription): string {
  return `${endpoint} now receives what is published to ${topicArn}.`;
}
