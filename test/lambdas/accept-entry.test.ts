/** One article that comes from several sources, or under several ids. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Answer, Item } from '../feed-server.ts';
import { feed, type Newsdesk, startNewsdesk } from './newsdesk.ts';

let desk: Newsdesk;
const start = new Date('2026-11-23T08:00:00.000Z');
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

beforeAll(async () => {
  desk = await startNewsdesk();
});
afterAll(() => desk.stop());
beforeEach(() => desk.clear());

describe('the same article', () => {
  const day = 24 * 60;
  const front = (...items: Item[]) => ({ front: feed(...items) });
  const world = (...items: Item[]) => ({ world: feed(...items) });
  type Round = { at?: number; front?: Answer; world?: Answer };

  /** Both sources are polled in each round; one that publishes nothing new answers 304. */
  async function rounds(...rounds: Round[]): Promise<void> {
    for (const id of ['front', 'world']) {
      await desk.addSource(id, start, { name: id, url: `${desk.publisher.url}/${id}` });
    }
    let minute = 0;
    for (const round of rounds) {
      minute = Math.max(minute + 5, round.at ?? 0);
      desk.publisher.answer = ({ url }) => round[url!.slice(1) as 'front' | 'world'] ?? { status: 304 };
      await desk.tick(later(minute));
    }
  }
  const story: Item = {
    id: 'guid',
    title: 'Storm',
    url: 'https://example.com/storm?utm_source=front',
    at: '2026-11-23T08:02:00Z',
  };
  const copy: Item = { ...story, id: 'other-guid', url: 'http://www.example.com/storm/?utm_source=world' };
  const old: Item = { id: 'old', title: 'Old' };
  const start2 = { ...front(old), ...world(old) };

  test('from two sources is one, and matched for both', async () => {
    await rounds(start2, front(old, story), world(old, copy), world(old, copy));
    const article = (await desk.articles()).find(({ title }) => title === 'Storm');
    expect(article).toMatchObject({
      sourceId: 'front',
      otherSources: [{ id: 'world', name: 'world' }],
      silent: false,
    });
    expect(desk.queued()).toEqual([article!.id, article!.id]);
    expect(await desk.titles()).toEqual(['Old', 'Storm']);
  });

  test('from the first poll of a source is silent, yet news once from another', async () => {
    await rounds(world(old), { ...front(old, story) }, world(old, copy), front(old, story), world(old, copy));
    const article = (await desk.articles()).find(({ title }) => title === 'Storm');
    expect(article).toMatchObject({ sourceId: 'world', silent: false });
    expect(desk.queued()).toEqual([article!.id]);
  });

  test('that is news of one source stays so when another brings it silently', async () => {
    await rounds(front(old), front(old, story), world(old, copy));
    expect(desk.queued()).toHaveLength(1);
    expect((await desk.articles()).find(({ title }) => title === 'Storm')).not.toHaveProperty('otherSources');
  });

  test('changes only as the source that owns it says', async () => {
    await rounds(
      start2,
      front(old, story),
      world(old, { ...copy, text: 'Less' }),
      world(old, { ...copy, text: 'More' }),
    );
    expect((await desk.articles()).find(({ title }) => title === 'Storm')).not.toHaveProperty('summary');
    await desk.clear();
    await rounds(start2, front(old, story), front(old, { ...story, text: 'More' }));
    expect((await desk.articles()).find(({ title }) => title === 'Storm')).toMatchObject({ summary: 'More' });
    expect(desk.queued()).toHaveLength(2);
  });

  test('under a new id is no news', async () => {
    await rounds(start2, front(story), front({ ...story, id: 'renewed' }));
    expect(desk.queued()).toHaveLength(1);
  });

  test('but a notice that recurs days later is', async () => {
    await rounds(start2, front(story), {
      at: 5 * day,
      ...front({ ...story, id: 'renewed', at: '2026-11-28T08:00:00Z' }),
    });
    expect(new Set(desk.queued()).size).toBe(2);
  });

  test('nor is one that another source brings days later the same', async () => {
    const later = { ...copy, at: '2026-11-28T08:00:00Z' };
    await rounds(start2, front(old, story), { at: 5 * day, ...world(old, later) });
    expect(new Set(desk.queued()).size).toBe(2);
  });

  test('nor are entries that share an address the same', async () => {
    const live = (id: string): Item => ({ id, title: `Update ${id}`, url: 'https://example.com/live' });
    await rounds(start2, front(live('1')), front(live('2'), live('1')));
    expect(new Set(desk.queued()).size).toBe(2);
  });

  test('nor two that share address and title, but not their text', async () => {
    const briefing = (id: string): Item => ({
      id,
      title: 'Briefing',
      url: 'https://example.com/',
      text: `Text ${id}`,
    });
    await rounds(start2, front(briefing('1')), front(briefing('2'), briefing('1')), front(briefing('2')));
    expect(new Set(desk.queued()).size).toBe(2);
  });
});
