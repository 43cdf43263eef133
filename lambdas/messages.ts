/**
 * What travels through the queues, one schema per message. A message that does not fit is poison: it goes to the DLQ.
 * `zod/mini` is a sixth of `zod` in a bundle, and every function has this file.
 */
import * as z from 'zod/mini';

const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
const id = text(200);
const time = z.iso.datetime();

/**
 * PollQueue: the polls of one host within one minute, in order. `poll` does the first and queues the rest
 * again with the delay to the next, so that a host never sees two of us.
 */
export const pollMessage = z.object({
  host: text(255),
  leaseId: id,
  polls: z.array(z.object({ sourceId: id, at: time })).check(z.minLength(1), z.maxLength(100)),
});
export type PollMessage = z.infer<typeof pollMessage>;

/** ReadQueue: articles of one host whose pages are to be read before they are matched, until a time. */
export const readMessage = z.object({
  host: text(255),
  until: time,
  articleIds: z.array(id).check(z.minLength(1), z.maxLength(100)),
});
export type ReadMessage = z.infer<typeof readMessage>;

/** MatchQueue: an article that carries the mark `unmatched`. */
export const matchMessage = z.object({ articleId: id });
export type MatchMessage = z.infer<typeof matchMessage>;

/** DeliverQueue: a page of the subscribers whose watches matched one article. */
export const matchedPage = z.object({
  kind: z.literal('matched'),
  articleId: id,
  storyId: id,
  matchedAt: time,
  subscribers: z
    .array(z.object({ subscriberId: id, watchIds: z.array(id).check(z.minLength(1)) }))
    .check(z.minLength(1), z.maxLength(25)),
});
export type MatchedPage = z.infer<typeof matchedPage>;

/** DeliverQueue: one delivery that is due. */
export const dueDelivery = z.object({
  kind: z.literal('delivery'),
  subscriberId: id,
  storyId: id,
  channelId: id,
});
export type DueDelivery = z.infer<typeof dueDelivery>;

/** DeliverQueue: one digest that is due; `slot` is the time it collects until. */
export const dueDigest = z.object({
  kind: z.literal('digest'),
  subscriberId: id,
  channelId: id,
  slot: time,
});
export type DueDigest = z.infer<typeof dueDigest>;

/** DeliverQueue: one weekly heartbeat that is due. */
export const dueHeartbeat = z.object({
  kind: z.literal('heartbeat'),
  subscriberId: id,
  channelId: id,
  week: z.iso.date(),
});
export type DueHeartbeat = z.infer<typeof dueHeartbeat>;

const count = z.number().check(z.int(), z.gte(0));

/** DeliverQueue: a subscriber whose heartbeat is to be made, with what all sources brought in the week. */
export const dueSubscriber = z.object({
  kind: z.literal('subscriber'),
  subscriberId: id,
  reading: z.object({ articles: count, healthySources: count, sources: count }),
});
export type DueSubscriber = z.infer<typeof dueSubscriber>;

/** DeliverQueue: a channel whose state is to be read from SNS. */
export const dueChannel = z.object({ kind: z.literal('channel'), subscriberId: id, channelId: id });
export type DueChannel = z.infer<typeof dueChannel>;

/** DeliverQueue: a watch whose snooze was ended, or ends sooner; what it held is due with it. */
export const awakeWatch = z.object({ kind: z.literal('awake'), subscriberId: id, watchId: id });
export type AwakeWatch = z.infer<typeof awakeWatch>;

/** DeliverQueue: what SNS could not deliver. It is the dead-letter queue of all subscriptions. */
export const undelivered = z.pipe(
  z.object({
    Type: z.literal('Notification'),
    MessageAttributes: z.object({ delivery: z.object({ Value: text(500) }) }),
  }),
  z.transform(({ MessageAttributes }) => ({ kind: 'undelivered' as const, MessageAttributes })),
);
export type Undelivered = z.infer<typeof undelivered>;

export const deliverMessage = z.union([
  z.discriminatedUnion('kind', [
    matchedPage,
    dueDelivery,
    dueDigest,
    dueHeartbeat,
    dueChannel,
    dueSubscriber,
    awakeWatch,
  ]),
  undelivered,
]);
export type DeliverMessage = z.infer<typeof deliverMessage>;
