/** What `deliver` needs from outside, in its own words. Each port has the real adapter and one in memory. */
import type { Delivery, DeliveryId } from '../../core/delivery/delivery.ts';
import type { Failures } from '../../core/delivery/endpoint-failure.ts';
import type { Heartbeat } from '../../core/delivery/heartbeat.ts';
import type { Pace } from '../../core/delivery/pacing.ts';
import type { Links } from '../../core/message/message-links.ts';
import type {
  Alert,
  Article,
  Channel,
  ChannelKind,
  ChannelState,
  StoryCopy,
  Subscriber,
  WatchSettings,
} from '../../core/model.ts';
import type { DueMessage } from './due-message.ts';

/** A delivery as stored: to change it is conditional on its revision. */
export interface Stored {
  readonly id: DeliveryId;
  /** Undefined while there is none. */
  readonly delivery: Delivery | undefined;
  /** Grows with every write; 0 while there is none. */
  readonly revision: number;
  /** What is held until then is withdrawn. */
  readonly endsAt: string;
  /** Of a digest: the stories it will name. */
  readonly storyIds: readonly string[];
  /** Of a heartbeat: what it tells. */
  readonly heartbeat?: Heartbeat;
}

/** More stories than this go into the next digest: an item of DynamoDB holds 400 KB. */
export const digestCapacity = 5_000;

/**
 * `lost`: somebody changed it first. `frozen`: the digest to leave is being sent already, or the one to join is,
 * or is full.
 */
export type ChangeOutcome =
  | { readonly kind: 'changed'; readonly stored: Stored }
  | { readonly kind: 'lost' }
  | { readonly kind: 'frozen'; readonly slot: string };

export interface AlertStore {
  /** Writes the alert, or adds those of its watches that the stored one does not name yet. */
  saveAlert(alert: Alert, alertedAt: string, endsAt: string): Promise<void>;
  /** Those that exist, in any order. */
  readAlerts(subscriberId: string, storyIds: readonly string[]): Promise<Alert[]>;
  /** Notes on each alert when its first delivery was sent. */
  markSent(subscriberId: string, storyIds: readonly string[], sentAt: string): Promise<void>;
}

export interface DeliveryStore {
  read(id: DeliveryId): Promise<Stored | undefined>;
  /** Writes the next state, and the membership in digests that follows from it, all or nothing. */
  change(stored: Stored, next: Delivery): Promise<ChangeOutcome>;
  /** Digests of a channel that still take stories, and those that a snooze holds. */
  readHeld(subscriberId: string, channelId: string): Promise<Stored[]>;
  /** Deliveries and digests that were sent on a channel at a time or later. */
  readSent(subscriberId: string, channelId: string, since: string): Promise<Stored[]>;
}

/** A member of a list is told on a channel of their own, which the list has only borrowed. */
export interface RecipientChannel extends Channel {
  /** Of the member; absent: the recipient's own. */
  readonly timeZone?: string;
}

export interface Recipient {
  readonly subscriber: Subscriber;
  readonly channels: readonly RecipientChannel[];
  /** Those of the watches asked for that exist. */
  readonly watches: readonly WatchSettings[];
}

export interface Recipients {
  /** Undefined when the subscriber is gone. */
  read(subscriberId: string, watchIds: readonly string[]): Promise<Recipient | undefined>;
  /** Does nothing when the channel is gone. */
  saveChannelState(channel: Channel, state: ChannelState, checkedAt: string): Promise<void>;
  /** False when somebody else checks it already; until a time nobody else does. */
  claimCheck(channel: Channel, until: string): Promise<boolean>;
  /** What the sweep found. Does nothing when the channel is gone. */
  saveCheck(channel: Channel, check: ChannelCheck): Promise<void>;
  /** False when somebody counted since the channel was read. */
  saveFailures(channel: Channel, failures: Failures): Promise<boolean>;
  /** Erases a sign-up with its one channel. False when it is none any more. */
  forget(channel: Channel): Promise<boolean>;
  /** Closes a channel whose subscriber is gone. Does nothing when it is gone itself. */
  closeOrphan(subscriberId: string, channelId: string): Promise<void>;
}

export interface ChannelCheck {
  readonly state: ChannelState;
  readonly checkedAt: string;
  readonly nextCheckAt: string;
  readonly confirmedAt?: string;
  readonly lossToldAt?: string;
}

export interface ArticleStore {
  /** With its body and times; undefined when it has expired. */
  read(articleId: string): Promise<SeenArticle | undefined>;
  /** What else tells a story, the oldest first, without one that is known already. */
  readCopies(storyId: string, articleId: string): Promise<StoryCopy[]>;
}

export type SeenArticle = Article & { readonly seenAt: string };

/** What goes out: e-mails have a subject. `maxPriceUsd` bounds what a text may cost. */
export interface OutgoingMessage {
  /** The same whenever the same delivery is sent again. */
  readonly deliveryId: string;
  readonly subject?: string;
  readonly body: string;
  /** Of a list: what its webhooks get, JSON. */
  readonly payload?: string;
  readonly maxPriceUsd?: number;
}

/** `refused`: SNS certainly did not take it. `unanswered`: it may have. */
export type PublishOutcome =
  | { readonly kind: 'accepted'; readonly messageId: string }
  | { readonly kind: 'channel-gone' }
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'unanswered'; readonly error: string };

export interface Publisher {
  publish(channel: Channel, message: OutgoingMessage): Promise<PublishOutcome>;
  /** Asks SNS. */
  readChannelState(channel: Channel): Promise<ChannelState>;
}

export interface SmsBudget {
  /** False when it would exceed the limit. The same token reserves once. */
  reserve(month: string, microUsd: number, limitMicroUsd: number, token: string): Promise<boolean>;
  /** Gives back what was reserved with the token and certainly not spent. */
  release(month: string, microUsd: number, token: string): Promise<void>;
}

/** The pace of a channel as stored: to change it is conditional on its revision. */
export interface StoredPace {
  readonly pace: Pace | undefined;
  /** 0 while there is none. */
  readonly revision: number;
}

export interface Paces {
  read(subscriberId: string, channelId: string): Promise<StoredPace>;
  /** False when somebody changed it first. */
  replace(subscriberId: string, channelId: string, known: StoredPace, pace: Pace): Promise<boolean>;
}

export interface HeartbeatStore {
  /** The alerts of a span of time, with their watches: so many at the most as a heartbeat counts. */
  readWeek(subscriberId: string, from: string, to: string): Promise<Pick<Alert, 'watches'>[]>;
  /**
   * Writes a new heartbeat, and when the subscriber's next one is due, all or nothing.
   *
   * @param dueAt of this one, as it was read
   * @returns false when there is one of that week, or another time was set since
   */
  begin(heartbeat: Stored, dueAt: string, nextAt: string): Promise<boolean>;
  /** No heartbeat this time. Does nothing when another time was set since. */
  skip(subscriberId: string, dueAt: string, nextAt: string): Promise<void>;
}

export interface LinkMaker {
  /** The dashboard. */
  readonly manage: string;
  /** @param alerts of the message, the first of which a text links to */
  linksOf(delivery: Stored, kind: ChannelKind, alerts: readonly Alert[]): Promise<Links>;
}

/** Gives a message to DeliverQueue, which hands it out after so many seconds, at most 900. */
export type QueueLater = (message: DueMessage, delaySeconds: number) => Promise<void>;

export interface DeliverPorts {
  readonly alerts: AlertStore;
  readonly deliveries: DeliveryStore;
  readonly recipients: Recipients;
  readonly articles: ArticleStore;
  readonly publisher: Publisher;
  readonly budget: SmsBudget;
  readonly paces: Paces;
  readonly heartbeats: HeartbeatStore;
  readonly links: LinkMaker;
  readonly queueLater: QueueLater;
  /** The time now, ISO 8601. */
  readonly now: () => string;
  readonly newId: () => string;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly settings: DeliverSettings;
}

export interface DeliverSettings {
  readonly retentionDays: number;
  /** USD a part, by ISO 3166 country. */
  readonly smsCountries: ReadonlyMap<string, number>;
  readonly smsMonthlyBudgetUsd: number;
  /** 0: no limit of their own. */
  readonly smsSubscriberBudgetUsd: number;
  /** Of an alert's text, at the most. */
  readonly smsParts: number;
  /** Of one watch, as messages of their own; what is more becomes a digest. */
  readonly mostAlertsAnHour: number;
}
