/**
 * Groups what matched by subscriber, in pages small enough for a message each: a story that half the world watches
 * is handed on to as many consumers as there are pages.
 *
 *     groupBySubscriber(['ann#1', 'ann#2', 'bob#7'])
 *     // [{ subscriberId: 'ann', watchIds: ['1', '2'] }, { subscriberId: 'bob', watchIds: ['7'] }]
 */

export interface MatchedSubscriber {
  readonly subscriberId: string;
  readonly watchIds: readonly string[];
}

/** Subscribers, and watches of theirs, that fit on a page: ids are short, so it stays far below 200 KB. */
export const pageLimits = { subscribers: 25, watches: 2_000 };

/** A watch's id as the percolator knows it. Ids contain no `#`, so that sorting groups by subscriber. */
export function percolatorId(subscriberId: string, watchId: string): string {
  return `${subscriberId}#${watchId}`;
}

/** @param ids of the percolator, sorted */
export function groupBySubscriber(ids: readonly string[]): MatchedSubscriber[] {
  const groups = Map.groupBy(ids, (id) => id.slice(0, id.indexOf('#')));
  return [...groups].map(([subscriberId, members]) => ({
    subscriberId,
    watchIds: members.map((id) => id.slice(subscriberId.length + 1)),
  }));
}

/** A subscriber with more watches than fit on a page stands on several; the alert is one all the same. */
export function toPages(matched: readonly MatchedSubscriber[]): MatchedSubscriber[][] {
  const pages: MatchedSubscriber[][] = [];
  let room = { subscribers: 0, watches: 0 };
  for (const part of matched.flatMap(split)) {
    if (room.subscribers < 1 || room.watches < part.watchIds.length) {
      pages.push([]);
      room = { ...pageLimits };
    }
    pages.at(-1)!.push(part);
    room = { subscribers: room.subscribers - 1, watches: room.watches - part.watchIds.length };
  }
  return pages;
}

function split({ subscriberId, watchIds }: MatchedSubscriber): MatchedSubscriber[] {
  const count = Math.ceil(watchIds.length / pageLimits.watches);
  return Array.from({ length: count }, (_, n) => ({
    subscriberId,
    watchIds: watchIds.slice(n * pageLimits.watches, (n + 1) * pageLimits.watches),
  }));
}
