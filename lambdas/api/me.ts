/** The subscriber whose token it is: who they are here, all that is kept of them, and their end. */
import * as z from 'zod/mini';
import type { Subscriber } from '../../core/model.ts';
import { readAlertItems } from './alert-store.ts';
import { readChannels } from './channel-store.ts';
import { channel } from './channels.ts';
import { endpoint } from './endpoint.ts';
import { eraseSubscriber } from './erasure.ts';
import { changeAtVersion, toEtag } from './etag.ts';
import { changeOf, name, readText, time } from './fields.ts';
import { membership } from './list-joining.ts';
import { readMemberships } from './list-members.ts';
import { tokenAnswer } from './my-tokens.ts';
import { foundOr404 } from './problems.ts';
import { readSubscriber, updateSubscriber } from './subscriber-store.ts';
import { subscriber, timeZone } from './subscribers.ts';
import { readTokens } from './token-store.ts';
import { type Versioned, versionOf } from './versioned-update.ts';
import { readWatches } from './watch-store.ts';
import { showWatch, watch } from './watches.ts';

/** Where the reading of alerts goes on: opaque, and good in the caller's own partition only. */
const alertCursor = readText<string>(500, (text) => ({ value: Buffer.from(text, 'base64url').toString() }));

/** Whether a message comes each Monday, also when nothing matched. */
const heartbeat = z.enum(['weekly', 'off']);
const me = z.extend(subscriber, { heartbeat });

function showMe<T extends Subscriber>(stored: T) {
  return { ...stored, heartbeat: stored.heartbeatAt ? ('weekly' as const) : ('off' as const) };
}

const exported = z.object({
  exportedAt: time,
  subscriber: me,
  channels: z.array(channel),
  watches: z.array(watch),
  /** Without the tokens themselves, which nobody has but you. */
  tokens: z.array(tokenAnswer),
  /** Which lists are followed by text. */
  lists: z.array(membership),
  /** Alerts, their deliveries and digests, as they are stored. */
  alerts: z.array(z.record(z.string(), z.unknown())),
  /** There are more alerts: ask again with `?cursor=` this. */
  next: z.optional(z.string()),
});

/** What outlives a subscriber, and for how long: docs/api.md, "Erasing". */
const REMAINS = [
  { what: 'The ids of your watches, without their words, so that running functions notice', days: 7 },
  { what: 'Your queries in the snapshot of all watches, until it is written anew', days: 2 },
  { what: 'Backups of the Registry table, in which subscribers, channels and watches are', days: 35 },
];
const DAY_MS = 86_400_000;

const erased = z.object({ remains: z.array(z.object({ what: z.string(), until: time })) });

const tagged = (found: Versioned) => ({ headers: { etag: toEtag(versionOf(found)) } });

export const meEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/me',
    role: 'subscriber',
    summary: 'The subscriber of the token, with their channels as last known',
    success: [200],
    answer: z.extend(me, { channels: z.array(channel) }),
    problems: ['not-found'],
    work: async ({ subscriberId }) => {
      const found = foundOr404(await readSubscriber(subscriberId));
      return { ...tagged(found), body: { ...showMe(found), channels: await readChannels(subscriberId) } };
    },
  }),
  endpoint({
    method: 'PATCH',
    path: '/v1/me',
    role: 'subscriber',
    summary: 'Change the name or the time zone; ask for a weekly heartbeat, or for none',
    success: [200],
    body: changeOf({ name, timeZone, heartbeat }),
    answer: me,
    problems: ['not-found', 'version-mismatch', 'conflict'],
    work: async ({ subscriberId, body, headers, now }) => {
      const changed = await changeAtVersion(
        headers['if-match'],
        () => readSubscriber(subscriberId),
        (before) => updateSubscriber(before, body, now),
      );
      const after = foundOr404(changed);
      return { ...tagged(after), body: showMe(after) };
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/me',
    role: 'subscriber',
    summary: 'Erase the subscriber with everything that is theirs; says what remains, and until when',
    success: [200],
    answer: erased,
    problems: ['conflict'],
    work: async ({ subscriberId, now }) => {
      await eraseSubscriber(subscriberId, now);
      const remains = REMAINS.map(({ what, days }) => ({
        what,
        until: new Date(Date.parse(now) + days * DAY_MS).toISOString(),
      }));
      return { body: { remains } };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/me/export',
    role: 'subscriber',
    summary: 'All that is kept of the subscriber; alerts in pages',
    success: [200],
    query: z.strictObject({ cursor: z.optional(alertCursor) }),
    answer: exported,
    problems: ['not-found'],
    work: async ({ subscriberId, query, now }) => {
      const [found, channels, watches, tokens, lists, { items, next }] = await Promise.all([
        readSubscriber(subscriberId),
        readChannels(subscriberId),
        readWatches(subscriberId),
        readTokens(subscriberId),
        readMemberships(subscriberId),
        readAlertItems(subscriberId, query.cursor),
      ]);
      return {
        body: {
          exportedAt: now,
          subscriber: showMe(foundOr404(found)),
          channels,
          watches: watches.map((watch) => showWatch(watch, now)),
          tokens: tokens.map((token) => ({ ...token, use: token.use ?? 'personal' })),
          lists,
          alerts: items,
          next: next && Buffer.from(next).toString('base64url'),
        },
      };
    },
  }),
];
