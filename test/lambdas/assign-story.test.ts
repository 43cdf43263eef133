/** Stories through the real `match` and tables: copies in several papers, and functions that work at the same moment. */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Founder } from '../../core/story/bucket.ts';
import type { MatchedPage } from '../../lambdas/messages.ts';
import { type Newsdesk, queues, startNewsdesk } from './newsdesk.ts';

const start = Date.parse('2026-11-23T08:00:00.000Z');
const hours = (count: number) => new Date(start + count * 3_600_000).toISOString();

const harbour =
  'The harbour of Port Ellis reopened on Monday after a storm had closed it for three days, the authority said. Forty-one ships had been waiting outside, among them two ferries with 812 passengers on board.';
const korean =
  '사흘 동안 닫혀 있던 부산항이 월요일 다시 열렸다고 항만공사가 밝혔다. 바깥에서 기다리던 배는 41척이며 여객선 두 척에는 승객 812명이 타고 있었다.';
const quake = (n: number) =>
  `A magnitude ${n}.${n} earthquake struck Province ${n} on Monday at ${n}:15 local time at a depth of ${n} kilometres. Residents were advised to stay away from damaged buildings and to expect aftershocks in the coming days. Emergency services were on standby, officials said, and hospitals had been told to prepare.`;

let desk: Newsdesk;
let lambdas: Awaited<ReturnType<typeof load>>;

async function load() {
  const [{ handler }, { insertArticle, changeArticle, readArticle }, { assignStory }] = await Promise.all([
    import('../../lambdas/match.ts'),
    import('../../lambdas/article/article-store.ts'),
    import('../../lambdas/article/assign-story.ts'),
  ]);
  return { handler, insertArticle, changeArticle, readArticle, assignStory };
}

beforeAll(async () => {
  desk = await startNewsdesk();
  lambdas = await load();
});
afterAll(() => desk.stop());
beforeEach(() => desk.clear());

/** Stores an article as `poll` does. */
async function accept(id: string, body: string, seenAt = hours(0), silent = false) {
  const article = { id, url: `https://${id}.example/`, title: 'The headline', body, sourceId: id };
  const mark = silent ? {} : { unmatchedAt: seenAt };
  await lambdas.insertArticle(
    { ...article, storyId: id, seenAt, contentHash: body.slice(0, 50), silent, entryHash: id, ...mark },
    new Date(hours(1000)),
  );
}

const match = async (id: string) => lambdas.assignStory((await lambdas.readArticle(id))!);

/** Accepts and matches in this order; returns the story of each. */
async function stories(...articles: Parameters<typeof accept>[]): Promise<(string | undefined)[]> {
  const found = [];
  for (const article of articles) {
    await accept(...article);
    found.push((await match(article[0]))?.storyId);
  }
  return found;
}

async function buckets() {
  const { dynamo } = await import('../../lambdas/aws/dynamo.ts');
  const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: 'ARTICLES_TABLE' }));
  return Items.filter(({ sk }) => sk === 'BUCKET') as { founders: Founder[]; expiresAt: number }[];
}

describe('an article is of the story of', () => {
  const cases: [name: string, articles: Parameters<typeof accept>[], expected: string[]][] = [
    [
      'the copy before it',
      [
        ['a', harbour],
        ['b', `PORT ELLIS (Wire) — ${harbour}`],
      ],
      ['a', 'a'],
    ],
    [
      'a copy in Korean',
      [
        ['a', korean],
        ['b', `【부산=통신】 ${korean}`],
      ],
      ['a', 'a'],
    ],
    [
      'its own, among reports of one template',
      [
        ['a', quake(3)],
        ['b', quake(5)],
        ['c', quake(3)],
      ],
      ['a', 'b', 'a'],
    ],
    [
      'the first article, up to 72 hours after it',
      [
        ['a', harbour],
        ['b', harbour, hours(71)],
        ['c', harbour, hours(73)],
      ],
      ['a', 'a', 'c'],
    ],
    [
      'the copy that was matched first, though it was seen later',
      [
        ['a', harbour, hours(1)],
        ['b', harbour],
      ],
      ['a', 'a'],
    ],
    [
      'its own, when all it says is a title of two words',
      [
        ['a', ''],
        ['b', ''],
      ],
      ['a', 'b'],
    ],
  ]; // prettier-ignore
  test.each(cases)('%s', async (_, articles, expected) => {
    expect(await stories(...articles)).toEqual(expected);
  });

  test('which lists all that tell it', async () => {
    const { readCopies } = await import('../../lambdas/article/story-copies.ts');
    await stories(['a', harbour], ['b', harbour, hours(2)], ['c', harbour, hours(1)], ['other', korean]);
    const idsOf = async (...asked: Parameters<typeof readCopies>) =>
      (await readCopies(...asked)).map(({ id }) => id);
    expect(await idsOf('a', 'a')).toEqual(['c', 'b']);
    expect(await idsOf('a', 'b')).toEqual(['a', 'c']);
    expect(await idsOf('other', 'other')).toEqual([]);
    expect(await readCopies('a', 'a')).toContainEqual({
      id: 'c',
      url: 'https://c.example/',
      title: 'The headline',
      sourceId: 'c',
      seenAt: hours(1),
    });
  });

  test('no silent one, which would keep its news from being told', async () => {
    await accept('old', harbour, hours(-1), true);
    await lambdas.handler({ Records: [record('old')] } as never, {} as never);
    expect(await stories(['news', harbour])).toEqual(['news']);
  });

  test('its former text, however it changes', async () => {
    await stories(['a', harbour], ['b', harbour]);
    const former = (await lambdas.readArticle('b'))!;
    const change = { article: { ...former, body: quake(4) }, contentHash: 'changed', unmatchedAt: hours(1) };
    expect(await lambdas.changeArticle(former, change, new Date(hours(1000)))).toBe(true);
    expect(await match('b')).toMatchObject({ storyId: 'a', body: quake(4) });
  });
});

describe('at the same moment', () => {
  test('copies in several functions end in one story', async () => {
    for (let round = 0; round < 4; round++) {
      await desk.clear();
      const ids = Array.from({ length: 6 }, (_, n) => `copy${n}`);
      await Promise.all(ids.map((id) => accept(id, harbour)));
      const found = await Promise.all(ids.map(match));
      const [story] = new Set(found.map((article) => article?.storyId));
      expect(new Set(found.map((article) => article?.storyId))).toEqual(new Set([story]));
      for (const id of ids) expect(await lambdas.readArticle(id)).toMatchObject({ storyId: story });
    }
  });

  test('one article in two functions is of one story', async () => {
    await accept('a', harbour);
    expect(await Promise.all([match('a'), match('a')])).toEqual([
      expect.objectContaining({ storyId: 'a', storyAt: hours(0) }),
      expect.objectContaining({ storyId: 'a', storyAt: hours(0) }),
    ]);
  });

  test('many reports of one template all get their own', async () => {
    const ids = Array.from({ length: 40 }, (_, n) => `report${n}`);
    await Promise.all(ids.map((id, n) => accept(id, quake(n + 1))));
    const found = await Promise.all(ids.map(match));
    expect(found.map((article) => article?.storyId)).toEqual(ids);
  });
});

test('reads and writes are bounded, however many share the buckets', async () => {
  for (let n = 0; n < 30; n++) {
    await accept(`report${n}`, quake(n + 1), hours(n / 10));
    desk.aws.calls.length = 0;
    await match(`report${n}`);
    expect(desk.aws.calls.length).toBeLessThanOrEqual(4);
  }
  const all = await buckets();
  expect(Math.max(...all.map(({ founders }) => founders.length))).toBe(16);
  for (const { founders, expiresAt } of all) {
    expect(expiresAt * 1000).toBe(Date.parse(founders.at(-1)!.at) + 72 * 3_600_000);
  }
});

const record = (articleId: string) => ({
  body: JSON.stringify({ articleId }),
  messageId: articleId,
  eventSource: 'aws:sqs',
  attributes: { ApproximateReceiveCount: '1' },
});

test('a function that dies at any call leaves one story', async () => {
  const { keys } = await import('../../lambdas/keys.ts');
  const { dynamo } = await import('../../lambdas/aws/dynamo.ts');
  const { PutCommand } = await import('@aws-sdk/lib-dynamodb');
  const change = { at: hours(0), watchId: 'w', subscriberId: 'ann', version: 1, query: 'harbour' };
  await dynamo.send(
    new PutCommand({
      TableName: 'REGISTRY_TABLE',
      Item: { ...keys.watchChange(hours(0), 'w', 1), ...change },
    }),
  );
  const work = async (id: string) =>
    (await lambdas.handler({ Records: [record(id)] } as never, {} as never))?.batchItemFailures ?? [];
  let deaths = 0;
  let rounds = 0;
  for (const when of ['before', 'after'] as const) {
    for (let call = 0; ; call++) {
      const [first, second] = [`${when}-${call}-1`, `${when}-${call}-2`];

      const seenAt = hours(100 * rounds++);
      await accept(first, harbour, seenAt);
      await accept(second, harbour, seenAt);
      desk.aws.dieAt(call, when);
      await work(first);
      const died = desk.aws.live();
      if (died) deaths++;
      expect([...(await work(second)), ...(await work(first))]).toEqual([]);
      const pages = desk.aws.take(queues.deliver).map(({ body }) => body as MatchedPage);
      expect(new Set(pages.map(({ articleId }) => articleId))).toEqual(new Set([first, second]));
      expect(new Set(pages.map(({ storyId }) => storyId)).size).toBe(1);
      if (!died) break;
    }
  }
  expect(deaths).toBeGreaterThanOrEqual(18);
});
