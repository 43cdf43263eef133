/** A subscriber's watches: what they want to hear of, and how. */
import * as z from 'zod/mini';
import type { Weekday } from '../../core/delivery/local-clock.ts';
import { snoozeEnd } from '../../core/delivery/snooze.ts';
import type { WatchSettings } from '../../core/model.ts';
import { newId } from '../new-id.ts';
import { endpoint } from './endpoint.ts';
import { toEtag } from './etag.ts';
import { removeFeed } from './feed-store.ts';
import { changeOf, clock, id, name, pageOf, pageQuery, time, toCursor } from './fields.ts';
import { ApiProblem, foundOr404 } from './problems.ts';
import { queryReading, queryText, readQuery, readStoredQuery } from './query-reading.ts';
import { announceSnooze, refuseSnooze, snoozeField } from './snooze.ts';
import { changeWatch, onWatch, type WatchFields } from './watch-change.ts';
import { refuseForeignChannels } from './watch-channels.ts';
import { listWatches, putWatch, readWatch, removeWatch } from './watch-store.ts';

export const frequency = z.enum(['instant', 'hourly', 'daily', 'weekly']);
/** Monday is 1. */
export const digestDay = z.pipe(
  z.number().check(z.int(), z.gte(1), z.lte(7)),
  z.transform((day: number) => day as Weekday),
);
/** Empty: all of the subscriber's channels. */
const channelIds = z.pipe(
  z.array(id).check(z.maxLength(20)),
  z.transform((ids: string[]) => [...new Set(ids)]),
);

const newWatch = z.strictObject({
  name,
  query: queryText,
  frequency: z._default(frequency, 'instant'),
  digestTime: z.optional(clock),
  digestDay: z.optional(digestDay),
  urgent: z._default(z.boolean(), false),
  channelIds: z._default(channelIds, []),
  paused: z._default(z.boolean(), false),
});

const watchChange = changeOf({
  name,
  query: queryText,
  frequency,
  digestTime: clock,
  digestDay,
  urgent: z.boolean(),
  channelIds,
  paused: z.boolean(),
  snoozedUntil: snoozeField,
});

export const watch = z.object({
  id,
  name: z.string(),
  query: z.string(),
  ...queryReading.shape,
  frequency,
  /** Of daily and weekly digests, on the subscriber's clock; without it 08:00. */
  digestTime: z.optional(clock),
  /** Of weekly digests, from Monday (1) to Sunday (7); without it Monday. */
  digestDay: z.optional(z.number()),
  /** Passes the quiet hours of channels. */
  urgent: z.boolean(),
  /** Until then it tells nothing; what matches is told in one digest at its end. Absent: it tells. */
  snoozedUntil: z.optional(time),
  channelIds: z.array(id),
  paused: z.boolean(),
  version: z.number(),
  createdAt: time,
  updatedAt: time,
});

export function showWatch(stored: WatchSettings, now: string) {
  return {
    ...stored,
    snoozedUntil: snoozeEnd(stored, now),
    urgent: stored.urgent ?? false,
    channelIds: [...stored.channelIds],
    ...readStoredQuery(stored.query),
  };
}

const tagged = (stored: WatchSettings, now: string) => ({
  headers: { etag: toEtag(stored.version) },
  body: showWatch(stored, now),
});

async function refuseInvalid(
  subscriberId: string,
  { query, channelIds }: Partial<WatchFields>,
): Promise<void> {
  if (query !== undefined) readQuery(query);
  if (channelIds) await refuseForeignChannels(subscriberId, channelIds);
}

async function createWatch(subscriberId: string, fields: WatchFields, now: string): Promise<WatchSettings> {
  await refuseInvalid(subscriberId, fields);
  const made = { ...fields, id: newId(), subscriberId, version: 1, createdAt: now, updatedAt: now };
  const refused = await putWatch(made);
  if (refused) throw new ApiProblem(refused.itemExists ? 'limit-reached' : 'not-found');
  return made;
}

/** PUT and PATCH differ in what their schemas ask for, not in what is done. */
async function editWatch(
  { subscriberId, params, headers, now }: WatchRequest,
  change: Partial<WatchFields>,
): Promise<WatchSettings> {
  await refuseInvalid(subscriberId, change);
  refuseSnooze(change.snoozedUntil, now);
  return foundOr404(
    await onWatch(subscriberId, params.watchId, headers['if-match'], async (before) => {
      const after = await changeWatch(before, change, now);
      if (after && 'snoozedUntil' in change) await announceSnooze(before, after);
      return after;
    }),
  );
}

/** In a watch there is nothing in the place of `null`. */
function toChange({ snoozedUntil, ...rest }: z.output<typeof watchChange>): Partial<WatchFields> {
  return snoozedUntil === undefined ? rest : { ...rest, snoozedUntil: snoozedUntil ?? undefined };
}

/** What has no default of its own, for a replacement. */
const unset = { digestTime: undefined, digestDay: undefined };

interface WatchRequest {
  readonly subscriberId: string;
  readonly params: { readonly watchId: string };
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly now: string;
}

export const watchEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/watches',
    idempotent: true,
    role: 'subscriber',
    summary: 'Make a watch; it matches articles from now on',
    success: [201],
    body: newWatch,
    answer: watch,
    problems: ['invalid-query', 'limit-reached', 'not-found'],
    work: async ({ subscriberId, body, now }) => {
      const made = tagged(await createWatch(subscriberId, body, now), now);
      const headers = { ...made.headers, location: `/v1/watches/${made.body.id}` };
      return { headers, body: made.body };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/watches',
    role: 'subscriber',
    summary: 'All watches',
    success: [200],
    query: pageQuery,
    answer: pageOf(watch),
    problems: [],
    work: async ({ subscriberId, query, now }) => {
      const { items, next } = await listWatches(subscriberId, query);
      return { body: { items: items.map((one) => showWatch(one, now)), next: toCursor(next) } };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/watches/{watchId}',
    role: 'subscriber',
    summary: 'One watch',
    success: [200],
    answer: watch,
    problems: ['not-found'],
    work: async ({ subscriberId, params, now }) =>
      tagged(foundOr404(await readWatch(subscriberId, params.watchId)), now),
  }),
  endpoint({
    method: 'PUT',
    path: '/v1/watches/{watchId}',
    role: 'subscriber',
    summary: 'Replace a watch; what is left out gets its default',
    success: [200],
    body: newWatch,
    answer: watch,
    problems: ['invalid-query', 'not-found', 'version-mismatch', 'conflict'],
    work: async (request) => tagged(await editWatch(request, { ...unset, ...request.body }), request.now),
  }),
  endpoint({
    method: 'PATCH',
    path: '/v1/watches/{watchId}',
    role: 'subscriber',
    summary: 'Change some of a watch, pause it, or snooze it until a time',
    success: [200],
    body: watchChange,
    answer: watch,
    problems: ['invalid-query', 'not-found', 'version-mismatch', 'conflict'],
    work: async (request) => tagged(await editWatch(request, toChange(request.body)), request.now),
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/watches/{watchId}',
    role: 'subscriber',
    summary: 'Remove a watch; its alerts stay',
    success: [204],
    problems: ['not-found', 'version-mismatch', 'conflict'],
    work: async ({ subscriberId, params, headers, now }) => {
      foundOr404(
        await onWatch(subscriberId, params.watchId, headers['if-match'], async (before) =>
          (await removeWatch(before, now)) ? true : undefined,
        ),
      );
      await removeFeed({ subscriberId, watchId: params.watchId });
      return {};
    },
  }),
];
