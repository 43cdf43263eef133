/** Shapes of the local SNS. Every method throws ServiceError with SNS's own code; writes are durable on return. */
import type { Inbox } from './inbox-store.ts';
import type { MessageAttributes } from './sqs-types.ts';

export const protocols = ['email', 'http', 'https', 'sqs', 'sms'] as const;
export type Protocol = (typeof protocols)[number];

export interface Topic {
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly confirmed: boolean;
  /** DeliveryPolicy, RawMessageDelivery, RedrivePolicy, as they were set, and AuthenticateOnUnsubscribe. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export interface SubscribeRequest {
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface PublishRequest {
  readonly message: string;
  readonly subject?: string;
  /** `json`: `message` is an object with a text for each protocol and a `default`. */
  readonly messageStructure?: string;
  readonly attributes?: MessageAttributes;
}

export interface Sns {
  /** Mails, texts and the webhook deliveries that were taken. */
  readonly inbox: Inbox;
  createTopic(name: string, attributes?: Readonly<Record<string, string>>): Topic;
  deleteTopic(topicArn: string): void;
  topics(): Topic[];
  topic(topicArn: string): Topic;
  findTopic(topicArn: string): Topic | undefined;
  setTopicAttribute(topicArn: string, name: string, value: string): void;
  /** Asks the endpoint to confirm, unless the protocol needs none (sqs, sms). The same endpoint is subscribed once. */
  subscribe(request: SubscribeRequest): Subscription;
  /** Confirms by the token that the endpoint was sent. @param ownerOnly the link in its mails does not unsubscribe */
  confirm(topicArn: string, token: string, ownerOnly?: boolean): Subscription;
  /** Confirms without a token, for subscriptions that the person at this machine set up. */
  confirmNow(subscriptionArn: string): Subscription;
  unsubscribe(subscriptionArn: string): void;
  /** As by the link in a mail. @returns what is gone */
  leave(subscriptionArn: string): Subscription;
  subscription(subscriptionArn: string): Subscription;
  subscriptions(topicArn?: string): Subscription[];
  setSubscriptionAttribute(subscriptionArn: string, name: string, value: string): void;
  /** Accepts a message for every confirmed subscription; answers its id. */
  publish(topicArn: string, request: PublishRequest): string;
  /** Accepts a text for a phone number; answers its id. A number that opted out gets nothing. */
  publishSms(phoneNumber: string, request: PublishRequest): string;
  isOptedOut(phoneNumber: string): boolean;
  /** As when the person answers STOP. */
  optOut(phoneNumber: string): void;
  optIn(phoneNumber: string): void;
  optedOut(): string[];
  /** PEM of the certificate that webhook receivers verify signatures with. */
  certificate(): Promise<string>;
  /** Carries out what is due now and resolves when nothing is at work: for a clock that is set. */
  settle(): Promise<void>;
  close(): Promise<void>;
}
