/** Lists: public watches. Operators keep them, anybody sees them and what they told lately. */
import * as z from 'zod/mini';
import { listPage } from '../../core/message/list-page.ts';
import type { List } from '../../core/model.ts';
import { inParallel } from '../in-parallel.ts';
import { newId } from '../new-id.ts';
import { listAlerts, type TimedAlert } from './alert-store.ts';
import { makeTopic } from './channel-topic.ts';
import { endpoint } from './endpoint.ts';
import { changeAtVersion, toEtag } from './etag.ts';
import { changeOf, clock, description, id, name, pageOf, pageQuery, time, toCursor } from './fields.ts';
import { changeList, type ListFields, removeList } from './list-life.ts';
import { readMemberships } from './list-members.ts';
import { listLists, putList, readList, readListOwner } from './list-store.ts';
import { countSubscribed } from './list-topic.ts';
import { ApiProblem, foundOr404 } from './problems.ts';
import { queryText, readQuery, readStoredQuery } from './query-reading.ts';
import { settings } from './settings.ts';
import { timeZone } from './subscribers.ts';
import { digestDay, frequency } from './watches.ts';

const newList = z.strictObject({
  name,
  description: z.optional(description),
  query: queryText,
  frequency: z._default(frequency, 'instant'),
  digestTime: z.optional(clock),
  digestDay: z.optional(digestDay),
  timeZone: z._default(timeZone, 'UTC'),
  paused: z._default(z.boolean(), false),
});

const listChange = changeOf({
  name,
  /** `null` removes it. */
  description: z.nullable(description),
  query: queryText,
  frequency,
  digestTime: clock,
  digestDay,
  timeZone,
  paused: z.boolean(),
});

/** SNS's counts, which lag a little, and phones. */
const members = z.object({ confirmed: z.number(), pending: z.number(), sms: z.number() });

const list = z.object({
  id,
  name: z.string(),
  description: z.optional(z.string()),
  query: z.string(),
  /** The query with all its parentheses. */
  reading: z.optional(z.string()),
  frequency,
  /** Of daily and weekly digests, on the list's clock; without it 08:00. */
  digestTime: z.optional(clock),
  /** Of weekly digests, from Monday (1) to Sunday (7); without it Monday. */
  digestDay: z.optional(z.number()),
  timeZone: z.string(),
  paused: z.boolean(),
  /** Its page, which needs no sign-in. */
  url: z.string(),
  createdAt: time,
  updatedAt: time,
  /** For operators. */
  members: z.optional(members),
  /** For subscribers: which of their phones follow it. */
  joined: z.optional(z.array(id)),
});

const story = z.object({
  id,
  title: z.string(),
  url: z.string(),
  sourceName: z.optional(z.string()),
  publishedAt: z.optional(time),
  alertedAt: time,
});

function showList(stored: List) {
  const { reading } = readStoredQuery(stored.query);
  return { ...stored, reading, url: listPage(settings.dashboardUrl, stored.id) };
}

const tagged = (stored: List) => ({ headers: { etag: toEtag(stored.version) }, body: showList(stored) });

/** What anybody may see may be kept for a minute by whoever asks without a token. */
const kept = { 'cache-control': 'public, max-age=60', vary: 'authorization' };

interface Visitor {
  readonly isOperator: boolean;
  readonly tokenId: string | undefined;
  readonly subscriberId: string | undefined;
}

/** @returns what a visitor sees of it beyond what anybody does */
async function showTo({ isOperator, subscriberId }: Visitor, { id }: List) {
  if (isOperator) {
    const [subscribed, owner] = await Promise.all([countSubscribed(id), readListOwner(id)]);
    return { members: { ...subscribed, sms: owner?.memberCount ?? 0 } };
  }
  if (subscriberId === undefined) return {};
  const own = await readMemberships(subscriberId);
  return { joined: own.filter(({ listId }) => listId === id).map(({ channelId }) => channelId) };
}

const cachingFor = ({ tokenId }: Visitor) => (tokenId === undefined ? kept : {});

function showStory({ storyId, article, alertedAt }: TimedAlert) {
  const { title, url, sourceName, publishedAt } = article;
  return { id: storyId, title, url, sourceName, publishedAt, alertedAt };
}

/** The topic first: one that nobody knows of harms nobody, a list without one would have nowhere to tell. */
async function createList(given: ListFields, now: string): Promise<List> {
  readQuery(given.query);
  const id = newId();
  const topicArn = await makeTopic(id);
  const about = { id, subscriberId: id, channelIds: [], version: 1, createdAt: now, updatedAt: now };
  const made: List = { ...given, ...about };
  const refused = await putList(made, topicArn);
  if (refused) throw new ApiProblem('conflict');
  return made;
}

/** SNS answers 30 of these a second in the smallest regions; the SDK repeats what is refused. */
const AT_ONCE = 5;

export const listEndpoints = [
  endpoint({
    method: 'POST',
    path: '/v1/lists',
    idempotent: true,
    role: 'operator',
    summary: 'Make a list, a public watch that anybody may follow; it matches articles from now on',
    success: [201],
    body: newList,
    answer: list,
    problems: ['invalid-query'],
    work: async ({ body, now }) => {
      const { headers, body: made } = tagged(await createList(body, now));
      return { headers: { ...headers, location: `/v1/lists/${made.id}` }, body: made };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/lists',
    role: 'visitor',
    summary: 'All lists, oldest first; operators see how many follow each',
    success: [200],
    query: pageQuery,
    answer: pageOf(list),
    problems: [],
    work: async ({ query, ...visitor }) => {
      const { items, next } = await listLists(query);
      const shown = await inParallel(items, AT_ONCE, async (one) => ({
        ...showList(one),
        ...(visitor.isOperator && (await showTo(visitor, one))),
      }));
      return { headers: cachingFor(visitor), body: { items: shown, next: toCursor(next) } };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/lists/{listId}',
    role: 'visitor',
    summary: 'One list; operators see how many follow it, subscribers which of their phones do',
    success: [200],
    answer: list,
    problems: ['not-found'],
    work: async ({ params, ...visitor }) => {
      const found = foundOr404(await readList(params.listId));
      const { headers, body } = tagged(found);
      return {
        headers: { ...headers, ...cachingFor(visitor) },
        body: { ...body, ...(await showTo(visitor, found)) },
      };
    },
  }),
  endpoint({
    method: 'PATCH',
    path: '/v1/lists/{listId}',
    role: 'operator',
    summary: 'Change some of a list, or pause it. Its topic is made again, should it be gone',
    success: [200],
    body: listChange,
    answer: list,
    problems: ['invalid-query', 'not-found', 'version-mismatch', 'conflict'],
    work: async ({ params, body, headers, now }) => {
      if (body.query !== undefined) readQuery(body.query);
      const { description, ...change } = body;
      const all = description === undefined ? change : { ...change, description: description ?? undefined };
      const changed = await changeAtVersion(
        headers['if-match'],
        () => readList(params.listId),
        (before) => changeList(before, all, now),
      );
      const after = foundOr404(changed);
      await makeTopic(after.id);
      return tagged(after);
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/lists/{listId}',
    role: 'operator',
    summary: 'Remove a list with its topic, its members and its alerts. May be repeated until it answers 404',
    success: [204],
    problems: ['not-found', 'version-mismatch', 'conflict'],
    work: async ({ params, headers, now }) => {
      if (!(await removeList(params.listId, headers['if-match'], now))) throw new ApiProblem('not-found');
      return {};
    },
  }),
  endpoint({
    method: 'GET',
    path: '/v1/lists/{listId}/alerts',
    role: 'visitor',
    summary: 'What a list told, newest first',
    success: [200],
    query: pageQuery,
    answer: pageOf(story),
    problems: ['not-found'],
    work: async ({ params: { listId }, query, ...visitor }) => {
      foundOr404(await readList(listId));
      const { items, next } = await listAlerts(listId, query);
      return { headers: cachingFor(visitor), body: { items: items.map(showStory), next: toCursor(next) } };
    },
  }),
];
