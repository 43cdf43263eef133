/** A source that nobody named is called by its feed. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { feed, type Newsdesk, startNewsdesk } from './newsdesk.ts';

let desk: Newsdesk;
const start = new Date('2026-11-23T08:00:00.000Z');
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

beforeAll(async () => {
  desk = await startNewsdesk();
});
afterAll(() => desk.stop());
beforeEach(() => desk.clear());

const titled = (title: string, item: string) => {
  const answer = feed({ id: item, title: item });
  return { ...answer, body: String(answer.body).replace(/<title>[^<]*<\/title>/, `<title>${title}</title>`) };
};

test('from its first document on, its articles too', async () => {
  await desk.addSource('s', start, { name: '127.0.0.1', unnamed: true });
  desk.publisher.answer = () => ({ status: 503 });
  await desk.tick(later(1));
  expect(await desk.source('s')).toMatchObject({ name: '127.0.0.1', unnamed: true });

  desk.publisher.answer = () => titled('The Morning &amp; Evening Bell', 'first');
  await desk.tick(later(60));
  expect((await desk.source('s')).name).toBe('The Morning & Evening Bell');
  expect((await desk.articles()).map(({ sourceName }) => sourceName)).toEqual(['The Morning & Evening Bell']);

  desk.publisher.answer = () => titled('Another', 'second');
  await desk.tick(later(120));
  expect((await desk.source('s')).name).toBe('The Morning & Evening Bell');
  expect(await desk.source('s')).not.toHaveProperty('unnamed');
});

test('one that has a name keeps it', async () => {
  await desk.addSource('s', start, { name: 'Bell' });
  desk.publisher.answer = () => titled('The Morning Bell', 'first');
  await desk.tick(later(5));
  expect((await desk.source('s')).name).toBe('Bell');
});

test('a feed without a title leaves the name as it is', async () => {
  await desk.addSource('s', start, { name: '127.0.0.1', unnamed: true });
  desk.publisher.answer = () => titled('', 'first');
  await desk.tick(later(5));
  expect(await desk.source('s')).toMatchObject({ name: '127.0.0.1', unnamed: true });
});

test('who named it meanwhile is heeded', async () => {
  await desk.addSource('s', start, { name: 'Bell' });
  const { nameSource } = await import('../../lambdas/source/source-store.ts');
  await nameSource('s', 'The Morning Bell');
  expect((await desk.source('s')).name).toBe('Bell');
});
