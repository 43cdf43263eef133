/** An article is found by the address of its page, from its first writing and after its publisher moved it. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { index } from '../../core/indexes.ts';
import { feed, type Newsdesk, startNewsdesk } from './newsdesk.ts';

let desk: Newsdesk;
const start = new Date('2026-11-23T08:00:00.000Z');
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

beforeAll(async () => {
  desk = await startNewsdesk();
});
afterAll(() => desk.stop());
beforeEach(() => desk.clear());

async function titlesAt(url: string): Promise<string[]> {
  const { urlKeyOf } = await import('../../lambdas/article/article-url.ts');
  const { dynamo } = await import('../../lambdas/aws/dynamo.ts');
  const { name, pk } = index.articlesUrl;
  const { Items = [] } = await dynamo.send(
    new QueryCommand({
      TableName: 'ARTICLES_TABLE',
      IndexName: name,
      KeyConditionExpression: '#pk = :pk',
      ExpressionAttributeNames: { '#pk': pk },
      ExpressionAttributeValues: { ':pk': urlKeyOf(url) },
    }),
  );
  return Items.map(({ title }) => title);
}

test('by its address, however written, also when that changes', async () => {
  await desk.addSource('front', start, {});
  const storm = { id: 'guid', title: 'Storm', url: 'https://www.example.com/storm?utm_source=rss' };
  desk.publisher.answer = () => feed(storm);
  await desk.tick(later(5));
  expect(await titlesAt('http://example.com/storm')).toEqual(['Storm']);

  desk.publisher.answer = () => feed({ ...storm, title: 'Storm!', url: 'https://example.com/weather/storm' });
  await desk.tick(later(10));
  expect(await titlesAt('https://example.com/weather/storm')).toEqual(['Storm!']);
});
