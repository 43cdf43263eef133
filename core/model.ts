/**
 * The domain in types: what Tocsin stores and passes from step to step. Types only; times are ISO 8601
 * strings in UTC (`2026-11-23T08:00:00.000Z`), so that they sort as text.
 */

import type { Weekday } from './delivery/local-clock.ts';

/** An entry accepted once: normalised, with a stable id. */
export interface Article {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary?: string;
  readonly body?: string;
  readonly author?: string;
  readonly publishedAt?: string;
  readonly language?: string;
  readonly categories?: readonly string[];
  readonly sourceId: string;
  readonly sourceName?: string;
}

/** A subscriber's stored query, as much of it as percolation needs. */
export interface Watch {
  readonly id: string;
  readonly query: string;
}

export type Frequency = 'instant' | 'hourly' | 'daily' | 'weekly';

/** A watch with how its subscriber wants to be told. `version` grows by one with every change. */
export interface WatchSettings extends Watch {
  readonly subscriberId: string;
  readonly name: string;
  readonly frequency: Frequency;
  /** Of daily and weekly digests, on the subscriber's clock: `08:00`, which is also what is meant without it. */
  readonly digestTime?: string;
  /** Of weekly digests: Monday (1, also without it) to Sunday (7). */
  readonly digestDay?: Weekday;
  /** Passes the quiet hours of channels. */
  readonly urgent?: boolean;
  /** Until then it tells nothing: what matches is told in one digest when that time has come. */
  readonly snoozedUntil?: string;
  /** Empty: every channel of the subscriber. */
  readonly channelIds: readonly string[];
  readonly paused: boolean;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Subscriber {
  readonly id: string;
  readonly name?: string;
  /** They came by themselves: forgotten after a week in which they confirmed nothing. */
  readonly signedUp?: true;
  /** IANA zone, such as `Asia/Seoul`. */
  readonly timeZone: string;
  /** When their next weekly heartbeat is due; absent: they want none. */
  readonly heartbeatAt?: string;
  /** They asked for it, or moved: `heartbeatAt` is when, and the first Monday is still to be found. */
  readonly heartbeatAsked?: true;
  readonly createdAt: string;
}

/** Times of day, `22:00` to `07:00`. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** How a person is reached. */
export type PersonalKind = 'email' | 'sms' | 'webhook';

/** `list`: an SNS topic that many people subscribe to; SNS tells them all of one message. */
export type ChannelKind = PersonalKind | 'list';

/** `pending`: not confirmed yet. `gone`: unsubscribed, opted out or deleted. Only `confirmed` is sent to. */
export type ChannelState = 'pending' | 'confirmed' | 'gone';

export interface Channel {
  readonly id: string;
  readonly subscriberId: string;
  readonly kind: ChannelKind;
  /** E-mail address, E.164 phone number or https URL; of a list its own id. */
  readonly address: string;
  /** Of a phone number: its country (ISO 3166, `KR`), which sets the price of a text. */
  readonly country?: string;
  readonly state: ChannelState;
  /** On the subscriber's clock; what is due then waits for their end. */
  readonly quietHours?: QuietHours;
  /** When `state` was last read from SNS. */
  readonly checkedAt?: string;
  /** When SNS last said that it is confirmed. */
  readonly confirmedAt?: string;
  /** When SNS is asked without a message to send. */
  readonly nextCheckAt?: string;
  /** When its loss was told to its subscriber. */
  readonly lossToldAt?: string;
  /** How often in a row SNS gave up what was sent to it, when last, and until when nothing is sent therefore. */
  readonly failures?: number;
  readonly lastFailedAt?: string;
  readonly disabledUntil?: string;
  /** Since when it is lost or keeps failing, which operators are shown. */
  readonly troubleSince?: string;
  /** The channel's own SNS topic and its one subscription; absent for SMS. */
  readonly topicArn?: string;
  readonly subscriptionArn?: string;
  readonly createdAt: string;
}

export interface PersonalChannel extends Channel {
  readonly kind: PersonalKind;
}

/**
 * A public watch that many people follow. To the pipeline it is a subscriber with one watch and one channel, which have
 * its id as well.
 */
export interface List extends WatchSettings {
  readonly description?: string;
  /** Of its digests and mails. */
  readonly timeZone: string;
}

/** A subscriber who follows a list by text: their phone is one of the list's channels, and stays theirs. */
export interface ListMember {
  readonly listId: string;
  readonly subscriberId: string;
  readonly channelId: string;
  readonly joinedAt: string;
}

/** A place polled for news. */
export interface Source {
  readonly id: string;
  readonly url: string;
  readonly name: string;
  /** Its name is that of its host, until its feed tells a title. */
  readonly unnamed?: true;
  /** Seconds between polls, at least the configured shortest. */
  readonly intervalSeconds: number;
  /** Polls as often as the source publishes: from `intervalSeconds` to an hour. */
  readonly adaptive?: boolean;
  /** Articles are matched with the text of their page, where it can be read. */
  readonly fullText?: boolean;
  readonly paused: boolean;
  readonly createdAt: string;
}

/** What the poller remembers of a source between polls. */
export interface SourceState {
  readonly nextPollAt: string;
  /** Set by the first poll that succeeded; that poll alerts nobody. */
  readonly establishedAt?: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** How long the feed itself asks to be left alone between polls. */
  readonly ttlMinutes?: number;
  /** Hours of the day, UTC, in which it asks not to be polled. */
  readonly skipHours?: readonly number[];
  /** Where permanent redirects lead, and since when they do. */
  readonly movedTo?: string;
  readonly movedSince?: string;
  readonly failures: number;
  readonly lastError?: string;
  readonly lastPolledAt?: string;
  readonly lastSuccessAt?: string;
  /** Short hashes of the entries in the last document, so that an unchanged one costs no database call. */
  readonly seen: readonly string[];
  /** How many entries its documents have as a rule. */
  readonly usualEntries?: number;
  /** The time of the newest entry it ever showed; of one without a date, when it was seen. */
  readonly newestAt?: string;
  /** Seconds between polls that suit its rhythm, where it is adaptive. */
  readonly rhythmSeconds?: number;
  /** Articles it brought as news in the last week, by day (`2026-11-23`). */
  readonly articlesByDay?: Readonly<Record<string, number>>;
  readonly findings?: readonly Finding[];
}

/** What each code means stands in `core/source/findings.ts`. */
export type FindingCode = 'dead' | 'blocked' | 'stale' | 'shrunken' | 'gap' | 'republish';

/** Something about a source that a person should know. */
export interface Finding {
  readonly code: FindingCode;
  readonly since: string;
  readonly detail: string;
}

/** An article with what the pipeline knows of it. */
export interface StoredArticle extends Article {
  /** The story it belongs to: one alert per subscriber and story. */
  readonly storyId: string;
  /** When Tocsin first saw it. */
  readonly seenAt: string;
  /** Changes when the publisher changes the article; a changed article is matched again. */
  readonly contentHash: string;
  /** Stored without alerting anybody: the first poll of a source, and entries that are too old. */
  readonly silent: boolean;
  /** Further sources that brought it as news, in order. */
  readonly otherSources?: readonly ArticleSource[];
  readonly matchedAt?: string;
}

export interface ArticleSource {
  readonly id: string;
  readonly name: string;
}

/** The newest change of a watch, as `match` reads it. A watch has one such entry, the last. */
export interface WatchChange {
  readonly watchId: string;
  readonly subscriberId: string;
  readonly version: number;
  /** Absent: the watch is paused or deleted and must not match any more. */
  readonly query?: string;
}

/** Another article that tells the same story, as much of it as is told and shown. */
export type StoryCopy = Pick<StoredArticle, 'id' | 'url' | 'title' | 'sourceId' | 'sourceName' | 'seenAt'>;

/** When each step saw an article; the difference of two is a step's latency. */
export interface StepTimes {
  readonly publishedAt?: string;
  readonly seenAt: string;
  readonly matchedAt?: string;
  readonly sentAt?: string;
}

/** What we owe a subscriber for one story, naming all the watches that matched it. */
export interface Alert extends StepTimes {
  readonly id: string;
  readonly subscriberId: string;
  readonly storyId: string;
  readonly article: Article;
  /** The story's other articles, where they were looked for, the oldest first. */
  readonly copies?: readonly StoryCopy[];
  readonly watches: readonly AlertedWatch[];
}

/** A watch as it was when it matched: its query may change later, the alert keeps what was asked. */
export interface AlertedWatch {
  readonly watchId: string;
  readonly version: number;
  readonly name: string;
  readonly query: string;
  readonly urgent?: boolean;
  readonly matchedAt: string;
}
