/** One article that many subscribers watch for, and another in the midst of it. HOT_SUBSCRIBERS sets how many. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeliverHandler, noon, startDeliver } from './delivery/deliver-handler.ts';

const count = Number(process.env.HOT_SUBSCRIBERS ?? 300);
const A_PAGE = 25;
const PAGES_AT_ONCE = 5;

let deliver: DeliverHandler;
const everybody = Array.from({ length: count }, (_, n) => `s${n}`);

beforeAll(async () => {
  deliver = await startDeliver();
  for (const id of ['hot', 'other']) {
    await deliver.putArticle({
      id,
      url: `https://news.example/${id}`,
      title: `The ${id} story`,
      sourceId: 'source',
      seenAt: noon,
    });
  }
  await Promise.all([...everybody, 'bystander'].map(join));
});
afterAll(() => deliver.stop());

async function join(subscriberId: string): Promise<void> {
  const own = { subscriberId, createdAt: noon };
  await deliver.putSubscriber({ id: subscriberId, timeZone: 'UTC', createdAt: noon });
  await deliver.putChannel({
    ...own,
    id: `mail-${subscriberId}`,
    kind: 'email',
    address: `${subscriberId}@example.com`,
    state: 'confirmed',
    checkedAt: noon,
  });
  for (const id of ['w1', 'w2']) {
    await deliver.putWatch({
      ...own,
      id,
      name: id,
      query: 'story',
      frequency: 'instant',
      channelIds: [],
      paused: false,
      version: 1,
      updatedAt: noon,
    });
  }
}

const pageOf = (storyId: string, subscriberIds: readonly string[]) => ({
  kind: 'matched',
  articleId: storyId,
  storyId,
  matchedAt: noon,
  subscribers: subscriberIds.map((subscriberId) => ({ subscriberId, watchIds: ['w1', 'w2'] })),
});

test('tells each of them once, and the bystander of the other story on the way', async () => {
  const pages = Array.from({ length: Math.ceil(count / A_PAGE) }, (_, n) =>
    pageOf('hot', everybody.slice(n * A_PAGE, (n + 1) * A_PAGE)),
  );
  pages.splice(pages.length / 2, 0, pageOf('other', ['bystander']));
  for (let n = 0; n < pages.length; n += PAGES_AT_ONCE) {
    expect(await deliver.receive(...pages.slice(n, n + PAGES_AT_ONCE))).toEqual([]);
  }
  const told = deliver.published().map((call) => call.get('TopicArn')?.split('channel-mail-').at(-1));
  expect(told.toSorted()).toEqual([...everybody, 'bystander'].toSorted());
});
