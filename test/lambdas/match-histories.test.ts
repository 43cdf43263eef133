/**
 * Random histories of `match` and `sweep` against real tables: copies that come at once, messages that are repeated or
 * lost, a function that dies at any call, before it takes effect or after. In the end the mark of each article is gone,
 * everybody whose watch is true of it was handed on, nobody else was, and copies have one story.
 */
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MatchedPage } from '../../lambdas/messages.ts';
import { type Newsdesk, queues, startNewsdesk } from './newsdesk.ts';

/** Two wordings of one report, and reports of their own. */
const harbour =
  'The harbour of Port Ellis reopened on Monday after a storm had closed it for three days, the authority said. Forty-one ships had been waiting outside, among them two ferries with 812 passengers on board.';
const texts = {
  harbour,
  copy: `PORT ELLIS (Wire) - ${harbour}`,
  bridge:
    'The longest bridge of the province was opened to traffic on Monday morning, after eleven years of work.',
  snow: 'Snow kept schools closed in the north of the country on Monday, and more of it is expected by Wednesday.',
} as const;
type Name = keyof typeof texts;
const names = Object.keys(texts) as Name[];

/** By subscriber: what they watch for, and what that is true of. */
const watches = {
  ann: { query: 'harbour', of: ['harbour', 'copy'] },
  bob: { query: 'monday -snow', of: ['harbour', 'copy', 'bridge'] },
  eve: { query: 'snow OR bridge', of: ['bridge', 'snow'] },
  joe: { query: 'volcano', of: [] },
} as const satisfies Record<string, { query: string; of: readonly Name[] }>;

type Event =
  | { readonly kind: 'accept'; readonly name: Name }
  | { readonly kind: 'lose'; readonly nth: number }
  | { readonly kind: 'repeat'; readonly name: Name }
  | { readonly kind: 'match'; readonly dieAt: number; readonly when: 'before' | 'after' };

const aName = fc.constantFrom(...names);
const events: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('accept' as const), name: aName }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const), nth: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('repeat' as const), name: aName }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('match' as const),
      dieAt: fc.nat(14),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
  },
);

const seenAt = '2026-11-23T08:00:00.000Z';
const later = new Date('2026-11-23T09:00:00.000Z');

let desk: Newsdesk;
let lambdas: Awaited<ReturnType<typeof load>>;
beforeAll(async () => {
  desk = await startNewsdesk();
  lambdas = await load();
});
afterAll(() => desk.stop());

async function load() {
  process.env.MATCH_QUEUE_URL = queues.match;
  const [match, store, client, { keys }, { PutCommand }] = await Promise.all([
    import('../../lambdas/match.ts'),
    import('../../lambdas/article/article-store.ts'),
    import('../../lambdas/aws/dynamo.ts'),
    import('../../lambdas/keys.ts'),
    import('@aws-sdk/lib-dynamodb'),
  ]);
  return { match: match.handler, ...store, ...client, keys, PutCommand };
}

let round = 0;

test('nobody is missed, and nobody is handed on for nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(events, { minLength: 4, maxLength: 16 }), async (history) => {
      const newsroom = await openNewsroom();
      for (const event of history) await newsroom.happen(event);
      await newsroom.settle();
      expect(await newsroom.outcome()).toEqual(newsroom.expected());
    }),
    { numRuns: Number(process.env.MATCH_HISTORIES ?? 25) },
  );
}, 600_000);

/** The function stays warm: each round has subscribers of its own. */
async function openNewsroom() {
  await desk.clear();
  round++;
  const waiting: string[] = [];
  const accepted = new Set<Name>();
  const told = new Map<string, Set<string>>();
  for (const [name, { query }] of Object.entries(watches)) await watch(`${name}${round}`, query);

  async function accept(name: Name): Promise<void> {
    const article = { id: name, url: `https://${name}.example/`, title: 'The headline', body: texts[name] };
    const kept = {
      storyId: name,
      seenAt,
      contentHash: name,
      silent: false,
      entryHash: name,
      unmatchedAt: seenAt,
    };
    await lambdas.insertArticle(
      { ...article, sourceId: name, ...kept },
      new Date('2026-12-23T08:00:00.000Z'),
    );
    accepted.add(name);
    waiting.push(name);
  }

  /** All that wait come as one batch; those that fail are received again. */
  async function work(): Promise<void> {
    const batch = waiting.splice(0);
    const failed = await receive(batch);
    waiting.push(...batch.filter((_, n) => failed.includes(String(n))));
    for (const { body } of desk.aws.take(queues.deliver)) {
      const { articleId, subscribers } = body as MatchedPage;
      const known = told.get(articleId) ?? new Set();
      told.set(articleId, known);
      for (const { subscriberId } of subscribers)
        if (subscriberId.endsWith(String(round))) known.add(subscriberId);
    }
  }

  async function sweep(): Promise<void> {
    const unmatched = await lambdas.readUnmatched(later, 100);
    waiting.push(...unmatched.map(({ id }) => id));
  }

  return {
    async happen(event: Event): Promise<void> {
      if (event.kind === 'accept') await accept(event.name);
      if (event.kind === 'lose') waiting.splice(event.nth, 1);
      if (event.kind === 'repeat' && accepted.has(event.name)) waiting.push(event.name);
      if (event.kind !== 'match') return;
      desk.aws.dieAt(event.dieAt, event.when);
      await work();
      desk.aws.live();
    },
    async settle(): Promise<void> {
      for (let n = 0; n < 5; n++) {
        await sweep();
        await work();
      }
    },
    async outcome() {
      const articles = await desk.articles();
      return Object.fromEntries(
        articles.map(({ id, unmatchedAt, storyId }) => [
          id,
          {
            unmatchedAt,
            isOfHarbour: ['harbour', 'copy'].includes(storyId),
            story: ['harbour', 'copy'].includes(id) ? undefined : storyId,
            told: [...(told.get(id) ?? [])].toSorted(),
          },
        ]),
      );
    },
    expected() {
      const watching = Object.entries(watches) as [string, { of: readonly Name[] }][];
      return Object.fromEntries(
        [...accepted].map((name) => [
          name,
          {
            unmatchedAt: undefined,
            isOfHarbour: ['harbour', 'copy'].includes(name),
            story: ['harbour', 'copy'].includes(name) ? undefined : name,
            told: watching
              .flatMap(([who, { of }]) => (of.includes(name) ? [`${who}${round}`] : []))
              .toSorted(),
          },
        ]),
      );
    },
  };
}

async function receive(ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const records = ids.map((articleId, n) => ({
    body: JSON.stringify({ articleId }),
    messageId: String(n),
    eventSource: 'aws:sqs',
    attributes: { ApproximateReceiveCount: '1' },
  }));
  const event = { Records: records as unknown as SQSRecord[] } as SQSEvent;
  const answer = await lambdas.match(event, {} as Context);
  return answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) ?? [];
}

async function watch(subscriberId: string, query: string): Promise<void> {
  const at = new Date().toISOString();
  const watchId = `${subscriberId}-w`;
  const Item = { ...lambdas.keys.watchChange(at, watchId, 1), at, watchId, subscriberId, version: 1, query };
  await lambdas.dynamo.send(new lambdas.PutCommand({ TableName: 'REGISTRY_TABLE', Item }));
}
