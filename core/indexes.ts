/**
 * The secondary indexes of the tables, with their key attributes: `lib/` creates them, `lambdas/` query them.
 * An index holds whole items, or, where `include` is given, only its keys and those attributes: every write of an
 * item is paid again for each index that holds it. This file imports nothing. Which access pattern each serves
 * stands in `lambdas/keys.ts`.
 */
export const index = {
  registryDue: { name: 'due', pk: 'dueKey', sk: 'dueAt', include: ['id', 'url', 'intervalSeconds'] },
  registryListing: { name: 'listing', pk: 'listKey', sk: 'listAt' },
  registryTrouble: {
    name: 'trouble',
    pk: 'troubleKey',
    sk: 'troubleSince',
    include: ['paused', 'id', 'subscriberId', 'kind', 'state', 'failures'],
  },
  articlesUnmatched: { name: 'unmatched', pk: 'unmatchedKey', sk: 'unmatchedAt', include: ['id'] },
  articlesRecent: { name: 'recent', pk: 'day', sk: 'seenAt' },
  articlesUrl: { name: 'url', pk: 'urlKey', sk: 'seenAt', include: ['id', 'title'] },
  alertsTimeline: { name: 'timeline', pk: 'timelineKey', sk: 'alertedAt' },
  alertsDue: {
    name: 'due',
    pk: 'dueKey',
    sk: 'dueAt',
    include: ['subscriberId', 'channelId', 'storyId', 'slot', 'week'],
  },
} as const;

/** The attribute by which DynamoDB expires items: seconds since 1970. */
export const ttlAttribute = 'expiresAt';
