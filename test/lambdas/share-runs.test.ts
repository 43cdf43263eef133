import { beforeEach, describe, expect, test } from 'vitest';
import { type SharedRuns, shareRuns } from '../../lambdas/watch/share-runs.ts';

/** Runs that end when the test says so. */
let runs: PromiseWithResolvers<number>[];
let shared: SharedRuns<number>;
beforeEach(() => {
  runs = [];
  shared = shareRuns(() => {
    const run = Promise.withResolvers<number>();
    runs.push(run);
    return run.promise;
  });
});

const settled = () => new Promise((resolve) => setImmediate(resolve));
async function end(number: number): Promise<void> {
  runs[number - 1]!.resolve(number);
  await settled();
}

describe('a call takes the first run that begins after its mark', () => {
  test('ten calls at once share one', async () => {
    const marks = Array.from({ length: 10 }, shared.begun);
    const calls = marks.map(shared.after);
    await settled();
    expect(runs).toHaveLength(1);
    await end(1);
    expect(await Promise.all(calls)).toEqual(Array(10).fill(1));
  });

  test('one that has begun since, under way or done', async () => {
    const [early, later, last] = Array.from({ length: 3 }, shared.begun);
    const first = shared.after(early!);
    await settled();
    const second = shared.after(later!);
    await end(1);
    expect(await Promise.all([first, second, shared.after(last!)])).toEqual([1, 1, 1]);
    expect(runs).toHaveLength(1);
  });

  test('the next when the one under way began before', async () => {
    const first = shared.after(shared.begun());
    await settled();
    const [a, b] = [shared.after(shared.begun()), shared.after(shared.begun())];
    await settled();
    expect(runs).toHaveLength(1);
    await end(1);
    expect(runs).toHaveLength(2);
    await end(2);
    expect(await Promise.all([first, a, b])).toEqual([1, 2, 2]);
  });

  test('a new one when the last that is done began before', async () => {
    const first = shared.after(shared.begun());
    await settled();
    await end(1);
    await first;
    const second = shared.after(shared.begun());
    await settled();
    expect(runs).toHaveLength(2);
    await end(2);
    expect(await second).toBe(2);
  });
});

describe('a run that fails', () => {
  test('fails those who share it, and no others', async () => {
    const mark = shared.begun();
    const calls = [shared.after(mark), shared.after(mark)];
    const outcomes = Promise.allSettled(calls);
    await settled();
    runs[0]!.reject(new Error('throttled'));
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const again = shared.after(mark);
    await settled();
    await end(2);
    expect(await again).toBe(2);
  });

  test('does not stop the next', async () => {
    const first = shared.after(shared.begun());
    first.catch(() => {});
    await settled();
    const second = shared.after(shared.begun());
    runs[0]!.reject(new Error('throttled'));
    await settled();
    await end(2);
    expect(await second).toBe(2);
  });
});
