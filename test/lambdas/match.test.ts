import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { MatchedPage } from '../../lambdas/messages.ts';
import { rss } from '../feed-server.ts';
import { until } from '../local/services.ts';
import { type Newsdesk, queues, startNewsdesk } from './newsdesk.ts';

let desk: Newsdesk;
let version = 0;
const start = new Date('2026-11-23T08:00:00.000Z');

beforeAll(async () => {
  desk = await startNewsdesk();
});
afterAll(() => desk.stop());
beforeEach(async () => {
  await desk.clear();
});

/** The function stays warm: each test watches for words of its own. Writes a watch's entry in the change log; undefined removes the watch. */
async function watch(subscriberId: string, watchId: string, query: string | undefined): Promise<void> {
  const { dynamo } = await import('../../lambdas/aws/dynamo.ts');
  const { keys } = await import('../../lambdas/keys.ts');
  const at = new Date().toISOString();
  version++;
  await dynamo.send(
    new PutCommand({
      TableName: 'REGISTRY_TABLE',
      Item: { ...keys.watchChange(at, watchId, version), at, watchId, subscriberId, version, query },
    }),
  );
}

/** Accepts articles with these titles; returns their ids. */
async function publish(...titles: string[]): Promise<string[]> {
  await desk.addSource('s', start);
  desk.publisher.answer = () => ({ body: rss([]) });
  await desk.tick(start);
  desk.publisher.answer = () => ({ body: rss(titles.map((title) => ({ id: title, title }))) });
  await desk.tick(new Date((await desk.source('s')).nextPollAt));
  return desk.queued();
}

/** Gives the articles to the handler as one batch. */
async function match(...ids: string[]): Promise<string[]> {
  const { handler } = await import('../../lambdas/match.ts');
  const records = ids.map((articleId, n) => ({
    body: JSON.stringify({ articleId }),
    messageId: String(n),
    eventSource: 'aws:sqs',
    attributes: { ApproximateReceiveCount: '1' },
  }));
  const answer = await handler({ Records: records as unknown as SQSRecord[] } as SQSEvent, {} as Context);
  return answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) ?? [];
}

const pages = () => desk.aws.take(queues.deliver).map(({ body }) => body as MatchedPage);
const watchers = () =>
  pages().flatMap(({ subscribers }) =>
    subscribers.map(({ subscriberId, watchIds }) => `${subscriberId}: ${watchIds.join(' ')}`),
  );

describe('match', () => {
  test('hands on who watches, by subscriber, and removes the mark', async () => {
    await watch('ann', 'a1', 'storm');
    await watch('ann', 'a2', 'busan');
    await watch('bob', 'b1', 'storm busan');
    await watch('eve', 'e1', 'snow');
    const [id] = await publish('Storm over Busan');
    expect(await match(id!)).toEqual([]);
    const [page, ...others] = pages();
    expect(others).toEqual([]);
    expect(page).toMatchObject({ kind: 'matched', articleId: id, storyId: id });
    expect(page!.subscribers).toEqual([
      { subscriberId: 'ann', watchIds: ['a1', 'a2'] },
      { subscriberId: 'bob', watchIds: ['b1'] },
    ]);
    const [article] = await desk.articles();
    expect(article).toMatchObject({ matchedAt: page!.matchedAt });
    expect(article).not.toHaveProperty('unmatchedKey');
    expect(article).not.toHaveProperty('unmatchedAt');
  });

  test('knows a watch that was written a moment ago, and one that was removed', async () => {
    const [first, second] = await publish('Typhoon Ann', 'Typhoon Bob');
    await watch('ann', 'late', 'typhoon');
    await match(first!);
    expect(watchers()).toContain('ann: late');
    await watch('ann', 'late', undefined);
    await match(second!);
    expect(watchers()).not.toContain('ann: late');
  });

  test('does nothing for an article that is matched, silent or gone', async () => {
    await watch('ann', 'any', 'storm');
    const [id] = await publish('Storm over Busan');
    await match(id!);
    desk.aws.sent.length = 0;
    expect(await match(id!, 'unknown')).toEqual([]);
    expect(pages()).toEqual([]);
  });

  describe('articles of a batch share what is read of the log', () => {
    const partitions = 4;
    const readings = () => desk.aws.calls.filter((name) => name === 'QueryCommand').length / partitions;
    const answered = (name: string) => desk.aws.answered.filter((each) => each === name).length;
    const titles = Array.from({ length: 10 }, (_, n) => `Storm number ${n}`);

    /** Warm, and with nothing counted yet. */
    async function publishTen(): Promise<string[]> {
      const [warm, ...ids] = await publish('Nothing of note', ...titles);
      await match(warm!);
      desk.aws.calls.length = 0;
      desk.aws.answered.length = 0;
      return ids;
    }

    test('once, when all were read before', async () => {
      const ids = await publishTen();
      const goOn = desk.aws.hold('TransactWriteItemsCommand');
      const matched = match(...ids);
      await until(() => answered('GetItemCommand') === ids.length);
      goOn();
      expect(await matched).toEqual([]);
      expect(readings()).toBe(1);
    });

    test('twice, when some were read while it was', async () => {
      const [first, ...others] = await publishTen();
      const goOn = desk.aws.hold('QueryCommand');
      const matched = [match(first!)];
      await until(() => readings() === 1);
      matched.push(match(...others));
      await until(() => answered('GetItemCommand') === titles.length);
      goOn();
      expect(await Promise.all(matched)).toEqual([[], []]);
      expect(readings()).toBe(2);
    });
  });

  test('hands many subscribers on in pages of 25', async () => {
    for (let n = 0; n < 60; n++) await watch(`subscriber-${n}`, `w${n}`, 'flood');
    const [id] = await publish('Flood in Daegu');
    await match(id!);
    const sent = pages();
    expect(sent.map(({ subscribers }) => subscribers.length)).toEqual([25, 25, 10]);
  });

  test('that dies at any call hands the same on when it comes again', async () => {
    await watch('zoe', 'z1', 'eclipse');
    const [warm, ...ids] = await publish(...Array.from({ length: 50 }, (_, n) => `Eclipse number ${n}`));
    await match(warm!);
    desk.aws.sent.length = 0;
    let deaths = 0;
    /** Before and after counting, which is the last call and fails nothing. */
    let done = 0;
    for (const when of ['before', 'after'] as const) {
      for (let call = 0; ; call++) {
        const id = ids.pop();
        desk.aws.dieAt(call, when);
        const failed = await match(id!);
        if (!desk.aws.live()) break;
        deaths++;
        if (failed.length === 0) done++;
        else expect(await match(id!)).toEqual([]);
        expect(new Set(watchers())).toEqual(new Set(['zoe: z1']));
        expect((await desk.articles()).find((article) => article.id === id)).not.toHaveProperty(
          'unmatchedAt',
        );
      }
    }
    expect(deaths).toBeGreaterThanOrEqual(14);
    expect(done).toBe(2);
  });

  test('leaves the mark on an article that changed meanwhile', async () => {
    const { changeArticle, markMatched, readArticle } = await import(
      '../../lambdas/article/article-store.ts'
    );
    const [id] = await publish('Storm over Busan');
    const read = (await readArticle(id!))!;
    const article = { ...read, title: 'Changed' };
    await changeArticle(read, { article, contentHash: 'other', unmatchedAt: start.toISOString() }, start);
    expect(await markMatched(read, start.toISOString())).toBe(false);
    expect((await readArticle(id!))!.unmatchedAt).toBe(start.toISOString());
  });
});

test('an article of several sources matches a watch for any of them', async () => {
  await watch('kim', 'k1', 'source:other cyclone');
  await watch('kim', 'k2', 'source:s cyclone');
  const [id] = await publish('Cyclone nears Jeju');
  await match(id!);
  expect(watchers()).toEqual(['kim: k2']);
  const { addSource } = await import('../../lambdas/article/article-sources.ts');
  const other = { id: 'other', name: 'The Other' };
  expect(await addSource(id!, other, { unmatchedAt: start.toISOString() })).toBe(true);
  expect(await addSource(id!, other, { unmatchedAt: start.toISOString() })).toBe(false);
  await match(id!);
  expect(watchers()).toEqual(['kim: k1 k2']);
});

describe('sweep', () => {
  async function sweep(now: Date) {
    const { sweepArticles } = await import('../../lambdas/sweep.ts');
    await sweepArticles(desk.log, now);
    return { queued: desk.queued(), summary: desk.logs.at(-1) };
  }
  const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

  test('queues what was never handed on, the oldest first', async () => {
    const ids = await publish('One', 'Two', 'Three');
    expect((await sweep(later(2))).queued).toEqual([]);
    const { queued, summary } = await sweep(later(5));
    expect(queued.toSorted()).toEqual(ids.toSorted());
    expect(summary).toMatchObject({ message: 'swept', articles: 3, oldestSeconds: 240 });
  });

  test('finds nothing when all is matched', async () => {
    await match(...(await publish('One', 'Two')));
    expect(await sweep(later(5))).toMatchObject({ queued: [], summary: { articles: 0, oldestSeconds: 0 } });
  });
});
