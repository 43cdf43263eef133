/** What the API answers, as far as the dashboard shows it. `/v1/openapi.json` says all of it. */

export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

export type Frequency = 'instant' | 'hourly' | 'daily' | 'weekly';

export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface Watch {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly reading?: string;
  readonly warnings: readonly Warning[];
  readonly frequency: Frequency;
  /** `08:00`, of daily and weekly digests, on the subscriber's clock. */
  readonly digestTime?: string | undefined;
  /** Of weekly digests; Monday is 1. */
  readonly digestDay?: number | undefined;
  /** Passes quiet hours. */
  readonly urgent: boolean;
  readonly channelIds: readonly string[];
  readonly paused: boolean;
  /** Until then what matches is held, and told as one digest afterwards. */
  readonly snoozedUntil?: string;
  readonly version: number;
}

/** What a person chooses of a watch. */
export type WatchBody = Pick<
  Watch,
  'name' | 'query' | 'frequency' | 'digestTime' | 'digestDay' | 'urgent' | 'channelIds'
>;

export interface Preview {
  readonly articles: number;
  readonly since?: string;
  readonly matched: number;
  readonly perDay?: number;
  readonly warnings: readonly Warning[];
  readonly items: readonly PreviewedArticle[];
}

export interface PreviewedArticle {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly sourceName?: string;
  readonly publishedAt?: string;
  readonly seenAt: string;
  readonly highlights: readonly { readonly start: number; readonly end: number }[];
  readonly excerpts: readonly string[];
}

export interface Clause {
  /** As it stands in the query. */
  readonly text: string;
  readonly start: number;
  readonly matched: boolean;
  readonly spans: readonly { readonly field: string; readonly start: number; readonly end: number }[];
}

export interface Explanation {
  readonly outcome: string;
  readonly why: string;
  readonly article: ExplainedArticle;
  readonly clauses: readonly Clause[];
  readonly alertId?: string;
  readonly deliveries: readonly Delivery[];
  /** While no channel was told: when the first will be. */
  readonly heldUntil?: string;
}

export interface ExplainedArticle {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly seenAt: string;
  readonly matchedAt?: string;
  readonly silent: boolean;
}

export interface AlertedArticle {
  readonly url: string;
  readonly title: string;
  readonly summary?: string;
  readonly author?: string;
  readonly language?: string;
  readonly categories?: readonly string[];
  readonly sourceId: string;
  readonly sourceName?: string;
}

export interface Alert {
  readonly id: string;
  readonly article: AlertedArticle;
  readonly watches: readonly { readonly watchId: string; readonly name: string; readonly query: string }[];
  readonly publishedAt?: string;
  readonly seenAt: string;
  readonly matchedAt?: string;
  readonly sentAt?: string;
}

/** Another article that tells the same story. */
export interface Copy {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly sourceName?: string;
  readonly seenAt: string;
}

/** An alert looked at closely. */
export interface AlertDetail extends Alert {
  readonly deliveries: readonly Delivery[];
  readonly copies: readonly Copy[];
}

export interface Delivery {
  readonly channelId: string;
  readonly state: 'open' | 'waiting' | 'claimed' | 'in-digest' | 'sent' | 'failed' | 'withdrawn';
  readonly why?: string;
  readonly dueAt?: string;
  readonly digestAt?: string;
  readonly sentAt?: string;
  readonly failedAt?: string;
  readonly withdrawnAt?: string;
}

export type ChannelKind = 'email' | 'sms' | 'webhook';

export interface Channel {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly address: string;
  readonly state: 'pending' | 'confirmed' | 'gone';
  /** It did not answer for long: nothing is sent to it until then. */
  readonly disabledUntil?: string;
  /** `22:00` to `07:00`, on the subscriber's clock. */
  readonly quietHours?: { readonly from: string; readonly to: string };
}

/** US dollars of a calendar month. */
export interface SmsAccount {
  readonly spentUsd: number;
  /** Absent: no limit of one's own. */
  readonly limitUsd?: number;
}

export interface Subscriber {
  readonly id: string;
  readonly name?: string;
  readonly timeZone: string;
  readonly createdAt: string;
}

export interface Me extends Subscriber {
  /** Whether a message comes each Monday, also when nothing rang. */
  readonly heartbeat: 'weekly' | 'off';
  readonly channels: readonly Channel[];
}

export interface Source {
  readonly id: string;
  readonly url: string;
  readonly name: string;
  readonly intervalSeconds: number;
  readonly paused: boolean;
  readonly nextPollAt?: string;
  readonly lastPolledAt?: string;
  readonly lastSuccessAt?: string;
  readonly lastError?: string;
  readonly failures: number;
  readonly articlesPerWeek: number;
  readonly findings: readonly { readonly code: string; readonly since: string; readonly detail: string }[];
}
