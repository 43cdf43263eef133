/** When a snapshot is written, over which, and how it stands in S3. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Context, SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bucket, key } from '../snapshots.ts';
import { type Newsdesk, startNewsdesk } from './newsdesk.ts';
import { createWatchWorld, type WatchWorld } from './watch-world.ts';

const hour = 60;
const day = 24 * hour;

describe('the schedule', () => {
  let world: WatchWorld;
  beforeEach(() => {
    world = createWatchWorld();
    for (let n = 0; n < 40; n++) world.change(`w${n}`, `storm${n}`);
  });

  /** What changes, and why the snapshot is renewed, if it is. */
  test.each<[string, string | undefined, (world: WatchWorld) => void]>([
    ['nothing', undefined, () => {}],
    ['one watch of forty', undefined, (w) => w.change('w0', 'snow')],
    ['two watches of forty', 'changes', (w) => ['w0', 'w1'].map((id) => w.change(id, 'snow'))],
    ['one watch twice', undefined, (w) => ['rain', 'snow'].map((query) => w.change('w0', query))],
    ['a day, and nothing', 'old', (w) => w.after(day)],
    ['a day less a minute', undefined, (w) => w.after(day - 1 - hour)],
    ['a week', 'old', (w) => w.after(7 * day)],
    ['the clock, set right by a week', 'old', (w) => w.after(-7 * day)],
    ['the bytes', 'unreadable', (w) => w.damage((bytes) => bytes.subarray(0, 100))],
  ])('when what changes is %s: %s', async (_, reason, happen) => {
    world.after(hour);
    expect(await world.renew()).toMatchObject({ reason: 'none', written: true, watches: 40 });
    world.after(hour);
    happen(world);
    const before = world.stored;
    const said = await world.renew();
    if (reason === undefined) expect(said).toEqual({ message: 'snapshot stays' });
    else expect(said).toMatchObject({ message: 'snapshot renewed', reason, written: true });
    expect(world.stored === before).toBe(reason === undefined);
  });

  test('does not take for a change what the snapshot knows already', async () => {
    for (let n = 0; n < 40; n++) world.change(`w${n}`, 'snow');
    await world.renew();
    world.after(1);
    expect(await world.renew()).toEqual({ message: 'snapshot stays' });
  });

  test('writes a snapshot of no watches, and the first watch renews it', async () => {
    world = createWatchWorld();
    expect(await world.renew()).toMatchObject({ reason: 'none', watches: 0 });
    expect(await world.renew()).toEqual({ message: 'snapshot stays' });
    world.change('first', 'storm');
    expect(await world.renew()).toMatchObject({ reason: 'changes', watches: 1 });
  });

  test('leaves the one that another run has written meanwhile', async () => {
    await world.renew();
    world.after(2 * day);
    world.during(async () => {
      world.change('new', 'hail');
      expect(await world.renew()).toMatchObject({ written: true, watches: 41 });
    });
    expect(await world.renew()).toMatchObject({ written: false });
    const article = { id: 'a', url: 'https://example.com/', title: 'Hail', sourceId: 's' };
    expect(await world.function().matching(article)).toEqual(['ann#new']);
    expect(world.loads()).toEqual(['snapshot']);
  });

  test('forgets within a day what was erased', async () => {
    const held = () => Buffer.from(world.stored!.bytes).includes('storm7');
    await world.renew();
    world.change('w7', undefined);
    world.after(hour);
    await world.renew();
    expect(held()).toBe(true);
    world.after(day);
    await world.renew();
    expect(held()).toBe(false);
  });

  test('is refused with any byte changed', async () => {
    const { decodeSnapshot } = await import('../../lambdas/watch/snapshot-bytes.ts');
    await world.renew();
    const stored = world.stored!.bytes;
    const accepted: number[] = [];
    for (let at = 0; at < stored.length; at++) {
      const changed = stored.slice();
      changed[at]! ^= 1 << (at & 7);
      try {
        decodeSnapshot(changed, 'REGISTRY_TABLE');
        accepted.push(at);
      } catch {}
    }
    expect(accepted).toEqual([]);
  });

  test('never hands on what is wrong with the one before', async () => {
    await world.renew();
    const [entry] = [...world.entries.values()];
    world.entries.delete(entry!.change.watchId);
    world.after(day);
    expect(await world.renew()).toMatchObject({ watches: 39 });
  });
});

describe('in S3', () => {
  let desk: Newsdesk;
  let snapshot: typeof import('../../lambdas/snapshot.ts');
  let store: typeof import('../../lambdas/watch/snapshot-store.ts');
  beforeAll(async () => {
    desk = await startNewsdesk();
    snapshot = await import('../../lambdas/snapshot.ts');
    store = await import('../../lambdas/watch/snapshot-store.ts');
  });
  afterAll(() => desk.stop());
  beforeEach(() => desk.snapshots.s3.delete(bucket, key));

  const bytes = (text: string) => new TextEncoder().encode(text);
  const read = async () => {
    const stored = await store.readSnapshot();
    return stored && new TextDecoder().decode(stored.bytes);
  };

  test('there is none at first', async () => {
    expect(await store.readSnapshot()).toBeUndefined();
  });

  test('one is written only in the place of the one that was seen', async () => {
    expect(await store.writeSnapshot(bytes('first'), undefined)).toBe(true);
    const first = (await store.readSnapshot())!.etag;
    expect(await store.writeSnapshot(bytes('second'), first)).toBe(true);
    expect(await store.writeSnapshot(bytes('late'), first)).toBe(false);
    expect(await store.writeSnapshot(bytes('late'), undefined)).toBe(false);
    expect(await read()).toBe('second');
    desk.snapshots.s3.delete(bucket, key);
    expect(await store.writeSnapshot(bytes('late'), first)).toBe(false);
    expect(await read()).toBeUndefined();
  });

  test('of several that write at once, one does', async () => {
    const written = await Promise.all(
      ['a', 'b', 'c', 'd'].map((text) => store.writeSnapshot(bytes(text), undefined)),
    );
    expect(written.filter(Boolean)).toHaveLength(1);
  });

  test('a fault of S3 is thrown', async () => {
    desk.snapshots.s3.deleteBucket(bucket);
    await expect(store.readSnapshot()).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(store.writeSnapshot(bytes('a'), undefined)).rejects.toMatchObject({ name: 'NoSuchBucket' });
    desk.snapshots.s3.createBucket(bucket);
  });

  /** Of a function that starts. */
  async function matchedBy(title: string): Promise<string[]> {
    const { readWatchChanges } = await import('../../lambdas/watch/watch-log.ts');
    const { decodeSnapshot } = await import('../../lambdas/watch/snapshot-bytes.ts');
    const { warmPercolator } = await import('../../lambdas/watch/warm-percolator.ts');
    const watches = warmPercolator({
      readChanges: readWatchChanges,
      readStored: async () => {
        const stored = await store.readSnapshot();
        return stored && decodeSnapshot(stored.bytes, 'REGISTRY_TABLE');
      },
      now: () => new Date(),
      log: desk.log,
    });
    const percolator = await watches.after(watches.begun());
    return percolator.percolate({ id: 'a', url: 'https://example.com/', title, sourceId: 's' }).watchIds;
  }

  async function watch(watchId: string, version: number, query: string | undefined): Promise<void> {
    const { dynamo } = await import('../../lambdas/aws/dynamo.ts');
    const { keys } = await import('../../lambdas/keys.ts');
    const at = new Date().toISOString();
    const Item = {
      ...keys.watchChange(at, watchId, version),
      at,
      watchId,
      subscriberId: 'ann',
      version,
      query,
    };
    await dynamo.send(new PutCommand({ TableName: 'REGISTRY_TABLE', Item }));
  }

  const run = () => snapshot.handler({}, {} as Context);
  const loads = () => desk.logs.filter(({ message }) => message === 'watches loaded').map(({ from }) => from);

  test('is what a function starts from, whole, damaged or gone', async () => {
    await watch('1', 1, 'storm');
    await watch('2', 1, 'snow');
    await run();
    expect(await matchedBy('Storm over Busan')).toEqual(['ann#1']);
    await watch('2', 2, 'storm');
    await watch('3', 1, 'busan');
    const everybody = ['ann#1', 'ann#2', 'ann#3'];
    expect(await matchedBy('Storm over Busan')).toEqual(everybody);
    const stored = desk.snapshots.s3.get(bucket, key);
    desk.snapshots.s3.put(bucket, key, { ...stored, body: stored.body.subarray(0, stored.body.length / 2) });
    expect(await matchedBy('Storm over Busan')).toEqual(everybody);
    desk.snapshots.s3.delete(bucket, key);
    desk.snapshots.s3.deleteBucket(bucket);
    expect(await matchedBy('Storm over Busan')).toEqual(everybody);
    desk.snapshots.s3.createBucket(bucket);
    expect(loads()).toEqual(['snapshot', 'snapshot', 'log', 'log']);
  });

  test('is what match starts from', async () => {
    await watch('4', 1, 'eclipse');
    await run();
    const { handler } = await import('../../lambdas/match.ts');
    const { insertArticle } = await import('../../lambdas/article/article-store.ts');
    const seenAt = new Date().toISOString();
    const article = { id: 'x', url: 'https://x.example/', title: 'An eclipse', sourceId: 's', storyId: 'x' };
    const stored = {
      ...article,
      seenAt,
      contentHash: 'x',
      silent: false,
      entryHash: 'x',
      unmatchedAt: seenAt,
    };
    await insertArticle(stored, new Date(Date.now() + 86_400_000));
    const records = [
      { body: JSON.stringify({ articleId: 'x' }), messageId: '0', eventSource: 'aws:sqs', attributes: {} },
    ];
    const answer = await handler({ Records: records } as unknown as SQSEvent, {} as Context);
    expect(answer?.batchItemFailures).toEqual([]);
    expect(desk.aws.sent.map(({ body }) => body)).toMatchObject([
      { articleId: 'x', subscribers: [{ subscriberId: 'ann', watchIds: ['4'] }] },
    ]);
  });
});
