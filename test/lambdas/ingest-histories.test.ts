/**
 * Random histories of a newsroom with three feeds: articles published in one or several of them, renewed ids, changed
 * texts, and a function that dies at any call. In the end each article is there once, marked if it is news, with
 * exactly the sources that brought it as such.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { feed, type Newsdesk, startNewsdesk } from './newsdesk.ts';

const sources = ['a', 'b', 'c'] as const;
type SourceId = (typeof sources)[number];

type Event =
  | { readonly kind: 'publish'; readonly story: number; readonly by: readonly SourceId[] }
  | { readonly kind: 'change'; readonly story: number; readonly by: SourceId }
  | { readonly kind: 'renew'; readonly story: number; readonly by: SourceId }
  | { readonly kind: 'poll'; readonly dieAt: number; readonly when: 'before' | 'after' };

const stories = { old: 3, all: 9 };
const aSource = fc.constantFrom(...sources);
const aStory = fc.integer({ min: 0, max: stories.all - 1 });
const events: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('publish' as const),
      story: aStory,
      by: fc.subarray([...sources]),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('change' as const), story: aStory, by: aSource }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('renew' as const), story: aStory, by: aSource }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('poll' as const),
      dieAt: fc.integer({ min: 0, max: 60 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
  },
);

/** What each feed shows: the entry's edition of id and text by story. */
type Feeds = Record<SourceId, Map<number, { id: number; text: number }>>;

let desk: Newsdesk;
beforeAll(async () => {
  desk = await startNewsdesk();
});
afterAll(() => desk.stop());

test('no article is lost, doubled, or news where it was silent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(events, { minLength: 5, maxLength: 25 }), async (history) => {
      const newsroom = await openNewsroom();
      for (const event of history) await newsroom.happen(event);
      await newsroom.settle();
      expect(await outcome()).toEqual(newsroom.expected());
    }),
    { numRuns: 15 },
  );
});

async function openNewsroom() {
  let now = new Date('2026-11-23T08:00:00.000Z');
  const feeds: Feeds = { a: new Map(), b: new Map(), c: new Map() };
  /** Who brought each story as news, and who had it at its first poll. */
  const news = new Map<number, Set<SourceId>>();
  const wait = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000);
  };

  await desk.clear();
  desk.publisher.answer = ({ url }) => show(feeds[url!.slice(1) as SourceId]);
  for (const id of sources) await desk.addSource(id, now, { url: `${desk.publisher.url}/${id}` });
  for (let story = 0; story < stories.old; story++) feeds[sources[story]!].set(story, { id: 0, text: 0 });
  await desk.tick(now);

  function happenHere(event: Exclude<Event, { kind: 'poll' }>): void {
    if (event.kind === 'publish') {
      for (const id of event.by) {
        if (feeds[id].has(event.story)) continue;
        feeds[id].set(event.story, { id: 0, text: 0 });
        news.set(event.story, (news.get(event.story) ?? new Set()).add(id));
      }
      return;
    }
    const entry = feeds[event.by].get(event.story);
    // Both at once could not be told from another article.
    if (event.kind === 'change' && entry?.id === 0) entry.text++;
    if (event.kind === 'renew' && entry?.text === 0) entry.id++;
  }

  return {
    async happen(event: Event): Promise<void> {
      if (event.kind !== 'poll') return happenHere(event);
      wait(2);
      desk.aws.dieAt(event.dieAt, event.when);
      await desk.tick(now).catch(() => {});
      desk.aws.live();
    },
    async settle(): Promise<void> {
      for (let n = 0; n < 3; n++) {
        wait(5);
        await desk.workPolls(now);
        await desk.tick(now);
      }
    },
    expected: () =>
      Array.from({ length: stories.all }, (_, story) => ({ story, by: [...(news.get(story) ?? [])].sort() }))
        .filter(({ story, by }) => story < stories.old || by.length > 0)
        .map(({ story, by }) => ({
          title: `Story ${story}`,
          news: by.length > 0,
          by: by.length > 0 ? by : [sources[story]],
        })),
  };
}

function show(entries: Feeds[SourceId]) {
  return feed(
    ...[...entries].map(([story, { id, text }]) => ({
      id: `${story}-${id}`,
      title: `Story ${story}`,
      url: `https://example.com/${story}`,
      text: `Text ${text} of story ${story}`,
    })),
  );
}

async function outcome() {
  const articles = await desk.articles();
  return articles
    .map(({ title, silent, unmatchedAt, sourceId, otherSources = [] }) => {
      expect(unmatchedAt === undefined).toBe(silent);
      return { title, news: !silent, by: [sourceId, ...otherSources.map(({ id }) => id)].sort() };
    })
    .sort((x, y) => (x.title < y.title ? -1 : 1));
}
