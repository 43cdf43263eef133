/**
 * Every DynamoDB key of the system, one function per item. No key is written out elsewhere. The names of the
 * indexes stand in `core/indexes.ts`, which `lib/` shares.
 *
 * Registry (pk, sk)
 * | access pattern                              | key or index                                            |
 * | ------------------------------------------- | ------------------------------------------------------- |
 * | a source with its polling state             | SOURCE#id / SOURCE                                      |
 * | sources due before a time                   | index `due`: dueKey = SOURCE, dueAt <= time             |
 * | channels whose state is to be checked       | index `due`: dueKey = CHANNEL, dueAt <= time            |
 * | subscribers whose heartbeat is due          | index `due`: dueKey = HEARTBEAT, dueAt <= time          |
 * | all sources, all subscribers                | index `listing`: listKey = SOURCE or SUBSCRIBER, listAt |
 * | sources that are dead or blocked            | index `trouble`: troubleKey = SOURCE, troubleSince      |
 * | channels that were lost or keep failing     | index `trouble`: troubleKey = CHANNEL, troubleSince     |
 * | the lease of a host                         | HOST#host / LEASE                                       |
 * | a subscriber with channels and watches      | SUBSCRIBER#id / SUBSCRIBER, CHANNEL#id, WATCH#id        |
 * | a subscriber's tokens, to remove them       | SUBSCRIBER#id / TOKEN#id                                |
 * | the source with a URL (one)                 | SOURCEURL#sha256 / SOURCEURL                            |
 * | all lists, with their watches               | index `listing`: listKey = LIST, listAt, on the watch   |
 * | a list as a subscriber                      | SUBSCRIBER#id / LIST, CHANNEL#id, WATCH#id              |
 * | phones that follow a list, and who owns them | SUBSCRIBER#listId / CHANNEL#channelId                  |
 * | the lists that a phone follows              | SUBSCRIBER#id / MEMBER#channelId#listId                 |
 * | who owns an address (one subscriber)        | ADDRESS#kind#address / ADDRESS                          |
 * | watches changed since a time (consistent)   | WATCHLOG#0..3 / time#watchId#version: one entry a watch |
 * | a token                                     | TOKEN#sha256 / TOKEN                                    |
 * | whose watch a feed shows                    | FEED#sha256 / FEED                                      |
 * | a watch's feed, to remove it                | SUBSCRIBER#id / FEED#watchId                            |
 * | what signatures are derived from            | SIGNINGKEY / SIGNINGKEY                                 |
 * | the one-time code sent to an address        | ADDRESS#kind#address / CODE                             |
 *
 * Articles (pk, sk)
 * | an article                                  | ARTICLE#id / ARTICLE                                    |
 * | what a source said of an entry, remembered  | SOURCE#id / ENTRY#hash                                  |
 * | stories with a piece of text (fingerprint)  | BUCKET#key / BUCKET                                     |
 * | a story's articles after its first          | STORY#id / COPY#seenAt#articleId                        |
 * | articles never handed on                    | index `unmatched`: unmatchedKey = ARTICLE, unmatchedAt  |
 * | newest articles                             | index `recent`: day = 2026-11-23, seenAt                |
 * | articles at an address, newest first        | index `url`: urlKey = URL#hash, seenAt                  |
 *
 * Alerts (pk, sk)
 * | an alert and its deliveries                 | SUBSCRIBER#id / STORY#id, STORY#id#CHANNEL#id           |
 * | a digest, with the stories it will name     | SUBSCRIBER#id / DIGEST#channelId#slot                   |
 * | the heartbeat of a week                     | SUBSCRIBER#id / HEARTBEAT#2026-11-30                    |
 * | what a channel was told lately              | SUBSCRIBER#id / PACE#channelId                          |
 * | where a text's short link leads             | SHORT#code / SHORT                                      |
 * | what was spent on texts in a month          | BUDGET#2026-11 / BUDGET                                 |
 * | what was spent on codes in a month          | BUDGET#2026-11#CODES / BUDGET                           |
 * | what was answered to a create, to say it again | SUBSCRIBER#id / IDEMPOTENCY#sha256                  |
 * | and for one subscriber                      | BUDGET#2026-11#id / BUDGET                              |
 * | what happened in an hour                    | HOUR#2026-11-25T08 / HOUR                               |
 * | how often somebody asked in a span of time  | LIMIT#name#who#start / LIMIT                            |
 * | a subscriber's alerts, newest first         | index `timeline`: timelineKey = SUBSCRIBER#id, alertedAt |
 * | open deliveries and digests due by a time   | index `due`: dueKey = DUE#0..7, dueAt <= time           |
 * | deliveries that failed                      | index `due`: dueKey = FAILED, dueAt                     |
 */

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export const watchLogPartitions = 4;
export const duePartitions = 8;

const subscriberPk = (subscriberId: string) => `SUBSCRIBER#${subscriberId}`;

export const keys = {
  source: (id: string): Key => ({ pk: `SOURCE#${id}`, sk: 'SOURCE' }),
  sourceUrl: (sha256: string): Key => ({ pk: `SOURCEURL#${sha256}`, sk: 'SOURCEURL' }),
  hostLease: (host: string): Key => ({ pk: `HOST#${host}`, sk: 'LEASE' }),
  subscriber: (id: string): Key => ({ pk: subscriberPk(id), sk: 'SUBSCRIBER' }),
  channel: (subscriberId: string, id: string): Key => ({
    pk: subscriberPk(subscriberId),
    sk: `CHANNEL#${id}`,
  }),
  watch: (subscriberId: string, id: string): Key => ({ pk: subscriberPk(subscriberId), sk: `WATCH#${id}` }),
  /** In the place of `subscriber`, so that nobody takes a list for a person. */
  list: (id: string): Key => ({ pk: subscriberPk(id), sk: 'LIST' }),
  membership: (subscriberId: string, channelId: string, listId: string): Key => ({
    pk: subscriberPk(subscriberId),
    sk: `MEMBER#${channelId}#${listId}`,
  }),
  address: (kind: string, address: string): Key => ({ pk: `ADDRESS#${kind}#${address}`, sk: 'ADDRESS' }),
  watchChange: (at: string, id: string, version: number): Key => ({
    pk: `WATCHLOG#${partitionOf(id, watchLogPartitions)}`,
    sk: `${at}#${id}#${version}`,
  }),
  subscriberToken: (subscriberId: string, id: string): Key => ({
    pk: subscriberPk(subscriberId),
    sk: `TOKEN#${id}`,
  }),
  code: (kind: string, address: string): Key => ({ pk: `ADDRESS#${kind}#${address}`, sk: 'CODE' }),
  feed: (sha256: string): Key => ({ pk: `FEED#${sha256}`, sk: 'FEED' }),
  watchFeed: (subscriberId: string, watchId: string): Key => ({
    pk: subscriberPk(subscriberId),
    sk: `FEED#${watchId}`,
  }),
  token: (sha256: string): Key => ({ pk: `TOKEN#${sha256}`, sk: 'TOKEN' }),
  signingKey: (): Key => ({ pk: 'SIGNINGKEY', sk: 'SIGNINGKEY' }),
  article: (id: string): Key => ({ pk: `ARTICLE#${id}`, sk: 'ARTICLE' }),
  /** In the Articles table, where it expires. */
  entry: (sourceId: string, entryHash: string): Key => ({
    pk: `SOURCE#${sourceId}`,
    sk: `ENTRY#${entryHash}`,
  }),
  storyBucket: (key: string): Key => ({ pk: `BUCKET#${key}`, sk: 'BUCKET' }),
  /** In the Articles table. */
  storyCopy: (storyId: string, seenAt: string, articleId: string): Key => ({
    pk: `STORY#${storyId}`,
    sk: `COPY#${seenAt}#${articleId}`,
  }),
  alert: (subscriberId: string, storyId: string): Key => ({
    pk: subscriberPk(subscriberId),
    sk: `STORY#${storyId}`,
  }),
  delivery: (subscriberId: string, storyId: string, channelId: string): Key => ({
    pk: subscriberPk(subscriberId),
    sk: `STORY#${storyId}#CHANNEL#${channelId}`,
  }),
  digest: (subscriberId: string, channelId: string, slot: string): Key => ({
    pk: subscriberPk(subscriberId),
    sk: `DIGEST#${channelId}#${slot}`,
  }),
  heartbeat: (subscriberId: string, week: string): Key => ({
    pk: subscriberPk(subscriberId),
    sk: `HEARTBEAT#${week}`,
  }),
  pace: (subscriberId: string, channelId: string): Key => ({
    pk: subscriberPk(subscriberId),
    sk: `PACE#${channelId}`,
  }),
  shortLink: (code: string): Key => ({ pk: `SHORT#${code}`, sk: 'SHORT' }),
  /** @param month `2026-11`, `2026-11#CODES` for the share of codes, or `2026-11#id` of a subscriber */
  smsBudget: (month: string): Key => ({ pk: `BUDGET#${month}`, sk: 'BUDGET' }),
  /** In the Alerts table. @param at a time in that hour, ISO 8601 */
  hour: (at: string): Key => ({ pk: `HOUR#${at.slice(0, 13)}`, sk: 'HOUR' }),
  /** In the Alerts table. @param caller a subscriber, or a token of an operator's */
  idempotency: (caller: string, sha256: string): Key => ({
    pk: subscriberPk(caller),
    sk: `IDEMPOTENCY#${sha256}`,
  }),
  /** In the Alerts table, which is not backed up. @param who a hash, @param start of the span, a time */
  limit: (name: string, who: string, start: string): Key => ({
    pk: `LIMIT#${name}#${who}#${start}`,
    sk: 'LIMIT',
  }),
};

/** Partition keys of queries that read more than one item. */
export const partition = {
  sourcesDue: 'SOURCE',
  sourcesInTrouble: 'SOURCE',
  channelsInTrouble: 'CHANNEL',
  channelsDue: 'CHANNEL',
  heartbeatsDue: 'HEARTBEAT',
  sources: 'SOURCE',
  subscribers: 'SUBSCRIBER',
  lists: 'LIST',
  subscriber: subscriberPk,
  watchLog: (n: number) => `WATCHLOG#${n}`,
  unmatched: 'ARTICLE',
  /** @param hash of the canonical URL */
  articleUrl: (hash: string) => `URL#${hash}`,
  storyCopies: (storyId: string) => ({ pk: `STORY#${storyId}`, skPrefix: 'COPY#' }),
  due: (key: Key) => `DUE#${partitionOf(key.pk + key.sk, duePartitions)}`,
  dueNumber: (n: number) => `DUE#${n}`,
  failed: 'FAILED',
  channels: (subscriberId: string) => ({ pk: subscriberPk(subscriberId), skPrefix: 'CHANNEL#' }),
  watches: (subscriberId: string) => ({ pk: subscriberPk(subscriberId), skPrefix: 'WATCH#' }),
  /** @param channelId absent: of all channels */
  memberships: (subscriberId: string, channelId?: string) => ({
    pk: subscriberPk(subscriberId),
    skPrefix: channelId === undefined ? 'MEMBER#' : `MEMBER#${channelId}#`,
  }),
  subscriberTokens: (subscriberId: string) => ({ pk: subscriberPk(subscriberId), skPrefix: 'TOKEN#' }),
  watchFeeds: (subscriberId: string) => ({ pk: subscriberPk(subscriberId), skPrefix: 'FEED#' }),
  allDeliveries: (subscriberId: string) => ({ pk: subscriberPk(subscriberId), skPrefix: 'STORY#' }),
  digests: (subscriberId: string, channelId: string) => ({
    pk: subscriberPk(subscriberId),
    skPrefix: `DIGEST#${channelId}#`,
  }),
  deliveries: (subscriberId: string, storyId: string) => ({
    pk: subscriberPk(subscriberId),
    skPrefix: `STORY#${storyId}#CHANNEL#`,
  }),
};

/** Whose item it is. @param pk as `keys.subscriber` makes it */
export function subscriberOf(pk: string): string {
  return pk.slice(subscriberPk('').length);
}

/** Spreads keys over a fixed number of partitions (FNV-1a). */
function partitionOf(text: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % partitions;
}
