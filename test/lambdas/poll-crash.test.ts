import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PollMessage } from '../../lambdas/messages.ts';
import { Died } from '../aws-calls.ts';
import { rss } from '../feed-server.ts';
import { type Newsdesk, queues, startNewsdesk } from './newsdesk.ts';

let desk: Newsdesk;
const start = new Date('2026-11-23T08:00:00.000Z');
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);

/** What a source publishes before and after; the last one is the same article in both. */
const item = (source: string, id: string, title = `${source}${id}`) => ({
  id,
  title,
  url: `https://example.com/${source}/${id}`,
});
const before = (source: string) => rss([item(source, '1'), item(source, '2', 'Before')]);
const after = (source: string) =>
  rss([
    item(source, '1'),
    item(source, '2', 'After'),
    item(source, '3'),
    item(source, '4'),
    item('both', '5'),
  ]);
const sourceOf = (path: string) => path.slice(1, 2);

beforeAll(async () => {
  desk = await startNewsdesk();
});
afterAll(() => desk.stop());
beforeEach(() => desk.clear());

/** Two sources of one host with news to come: everything that a poll can do happens in the next tick. */
async function setTheScene(): Promise<void> {
  for (const id of ['a', 'b']) {
    await desk.addSource(id, minutes(-2), { url: `${desk.publisher.url}/${id}.xml` });
  }
  desk.publisher.answer = ({ url }) => ({ body: before(sourceOf(url!)) });
  await desk.tick(minutes(-2));
  for (const id of ['a', 'b'])
    await desk.addSource(id, start, { ...(await desk.source(id)), nextPollAt: start.toISOString() });
  desk.publisher.answer = ({ url }) => ({ body: after(sourceOf(url!)) });
  desk.aws.take(queues.match);
  desk.aws.calls.length = 0;
}

/** What must be the same however often it died. */
async function endState() {
  const sources = await Promise.all(['a', 'b'].map((id) => desk.source(id)));
  return {
    articles: (await desk.articles())
      .map(({ id, title, silent, unmatchedKey, sourceId, otherSources = [] }) => ({
        id,
        title,
        silent,
        unmatchedKey,
        sources: [sourceId, ...otherSources.map((source) => source.id)].sort(),
      }))
      .sort((x, y) => (x.id < y.id ? -1 : 1)),
    sources: sources.map(({ id, seen, failures, dueKey }) => ({ id, seen, failures, dueKey })),
    lease: await desk.lease(),
  };
}

test('a poll that dies at any call is polled again, and nothing is lost or doubled', async () => {
  await setTheScene();
  await desk.tick(start);
  const expected = await endState();
  const alerting = expected.articles.filter(({ unmatchedKey }) => unmatchedKey);
  expect(expected.articles.filter(({ silent }) => silent)).toHaveLength(4);
  expect(alerting.map(({ title }) => title).sort()).toEqual(['a3', 'a4', 'b3', 'b4', 'both5']);
  expect(alerting.find(({ title }) => title === 'both5')!.sources).toEqual(['a', 'b']);

  // Dying after a call is dying before the next: one of the two is enough.
  for (let call = 0; ; call++) {
    await desk.clear();
    await setTheScene();
    desk.aws.dieAt(call, 'after');
    await desk.tick(start).catch((error) => expect(error).toBeInstanceOf(Died));
    if (!desk.aws.live()) {
      expect(call).toBeGreaterThan(20);
      break;
    }
    for (const later of [1, 4]) {
      await desk.workPolls(minutes(later));
      await desk.tick(minutes(later));
    }
    expect({ call, ...(await endState()) }).toEqual({ call, ...expected });
  }
});

describe('a message of the PollQueue', () => {
  async function dispatched(now: Date): Promise<PollMessage> {
    const { dispatchPolls } = await import('../../lambdas/dispatch.ts');
    await dispatchPolls(desk.log, now);
    return desk.aws.take(queues.poll)[0]!.body as PollMessage;
  }
  async function work(message: PollMessage, now: Date): Promise<void> {
    const { pollHost } = await import('../../lambdas/poll.ts');
    await pollHost(message, desk.log, { now: () => now, random: () => 0 });
  }

  test('that comes twice polls once', async () => {
    await setTheScene();
    desk.publisher.requests.length = 0;
    const message = await dispatched(start);
    await work(message, start);
    await work(message, start);
    expect(desk.publisher.requests).toHaveLength(1);
    expect(desk.aws.take(queues.poll)).toHaveLength(1);
  });

  test('that comes late polls nothing when another was dispatched', async () => {
    await setTheScene();
    desk.publisher.requests.length = 0;
    const late = await dispatched(start);
    expect(desk.aws.take(queues.poll)).toEqual([]);
    const next = await dispatched(minutes(3));
    await work(late, minutes(3));
    expect(desk.publisher.requests).toHaveLength(0);
    await work(next, minutes(3));
    expect(desk.publisher.requests).toHaveLength(1);
  });

  test('that comes late is worked off when nobody else took the host', async () => {
    await setTheScene();
    desk.publisher.requests.length = 0;
    await work(await dispatched(start), minutes(30));
    expect(desk.publisher.requests).toHaveLength(1);
  });

  test('dispatches nothing while the host is leased', async () => {
    await setTheScene();
    await dispatched(start);
    const { dispatchPolls } = await import('../../lambdas/dispatch.ts');
    await dispatchPolls(desk.log, minutes(1));
    expect(desk.aws.take(queues.poll)).toEqual([]);
    expect(desk.logs.at(-1)).toMatchObject({ hosts: 1, busyHosts: 1 });
  });

  test('puts the source on which the last holder died last', async () => {
    await setTheScene();
    const first = await dispatched(start);
    const { takeTurn } = await import('../../lambdas/source/host-lease.ts');
    const [{ sourceId }] = first.polls as [PollMessage['polls'][number]];
    const turn = { pollsLeft: first.polls.length, sourceId, lastAt: start.toISOString() };
    expect(await takeTurn(first, turn, start)).toBe(true);
    expect((await dispatched(minutes(4))).polls.at(-1)).toMatchObject({ sourceId });
  });
});

test('a state is not written when the lease is another’s by then', async () => {
  await setTheScene();
  const { writeState, readSource } = await import('../../lambdas/source/source-store.ts');
  const { takeLease } = await import('../../lambdas/source/host-lease.ts');
  const host = new URL(desk.publisher.url).host;
  const source = (await readSource('a'))!;
  const state = { ...source, failures: 9 } as Parameters<typeof writeState>[2];
  await takeLease({ host, leaseId: 'first' }, minutes(1), start);
  await takeLease({ host, leaseId: 'second' }, minutes(9), minutes(2));
  expect(await writeState({ host, leaseId: 'first' }, source, state, { stopped: false })).toBe(false);
  expect((await desk.source('a')).failures).toBe(0);
});
