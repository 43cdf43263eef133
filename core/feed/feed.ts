/** A feed as published, in one shape for every format. Text is plain, URLs are absolute, times are ISO 8601 in UTC. */

export interface Feed {
  readonly title?: string;
  readonly description?: string;
  /** The page the feed belongs to; its own address when it names none. */
  readonly url?: string;
  readonly language?: string;
  readonly updatedAt?: string;
  /** Where the publisher announces news by WebSub. */
  readonly hubUrl?: string;
  /** The feed's own address, as it names it. */
  readonly selfUrl?: string;
  /** How long the publisher asks to keep a copy before the next poll. */
  readonly ttlMinutes?: number;
  /** Hours of the day, UTC, in which the publisher asks not to be polled. */
  readonly skipHours?: readonly number[];
  readonly entries: readonly Entry[];
}

export interface Entry {
  /** Unique within its feed: the publisher's id, else the link, else a hash of the text. */
  readonly id: string;
  /** Where a reader reads it: the feed's own page when the entry names none. */
  readonly url: string;
  readonly title: string;
  readonly summary?: string;
  /** The whole text, where the feed carries it; paragraphs end in line breaks. */
  readonly content?: string;
  readonly author?: string;
  readonly publishedAt?: string;
  readonly updatedAt?: string;
  readonly language?: string;
  readonly categories?: readonly string[];
  readonly enclosures?: readonly Enclosure[];
}

export interface Enclosure {
  readonly url: string;
  readonly type?: string;
  /** Bytes. */
  readonly length?: number;
}
