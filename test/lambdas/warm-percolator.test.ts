import { beforeEach, describe, expect, test } from 'vitest';
import type { Article, WatchChange } from '../../core/model.ts';
import type { Log } from '../../lambdas/logger.ts';
import { warmPercolator } from '../../lambdas/watch/warm-percolator.ts';

const start = new Date('2026-11-23T08:00:00.000Z');
const article: Article = { id: 'a', url: 'https://example.com/', title: 'Storm over Busan', sourceId: 's' };

/** The log as the table has it: one entry a watch, with the time of its last change. */
let entries: Map<string, { at: Date; change: WatchChange }>;
let reads: (string | undefined)[];
let warnings: unknown[];
let time: Date;
let upToDate: ReturnType<typeof warmPercolator>;

beforeEach(() => {
  entries = new Map();
  reads = [];
  warnings = [];
  time = start;
  upToDate = warmPercolator(read, () => time, log);
});

function change(watchId: string, version: number, query?: string): void {
  const entry = { watchId, subscriberId: 'ann', version, ...(query !== undefined && { query }) };
  entries.set(watchId, { at: time, change: entry });
}

const matching = async () => (await upToDate()).percolate(article).watchIds;
const after = (minutes: number) => {
  time = new Date(time.getTime() + minutes * 60_000);
};

describe('the warm percolator knows', () => {
  test('what there was at its start', async () => {
    change('1', 1, 'storm');
    change('2', 1, 'snow');
    expect(await matching()).toEqual(['ann#1']);
  });

  test('what was added, changed, paused and resumed since', async () => {
    change('1', 1, 'storm');
    await matching();
    change('2', 1, 'busan');
    expect(await matching()).toEqual(['ann#1', 'ann#2']);
    change('1', 2, 'snow');
    expect(await matching()).toEqual(['ann#2']);
    change('2', 2);
    expect(await matching()).toEqual([]);
    change('2', 3, 'storm');
    expect(await matching()).toEqual(['ann#2']);
  });

  test('what was removed before its start', async () => {
    change('1', 4);
    expect(await matching()).toEqual([]);
  });

  test('the newer of two versions, whichever comes first', async () => {
    await matching();
    change('1', 2, 'storm');
    await matching();
    change('1', 1, 'snow');
    expect(await matching()).toEqual(['ann#1']);
  });

  test('what other clocks wrote with a time two minutes ago', async () => {
    await matching();
    time = new Date(start.getTime() - 110_000);
    change('1', 1, 'storm');
    time = start;
    expect(await matching()).toEqual(['ann#1']);
  });
});

test('it reads everything once, then two minutes more than is new, and everything again after a day', async () => {
  await upToDate();
  after(10);
  await upToDate();
  after(1);
  await upToDate();
  after(60 * 25);
  await upToDate();
  expect(reads).toEqual([
    undefined,
    new Date(start.getTime() - 120_000).toISOString(),
    new Date(start.getTime() + 480_000).toISOString(),
    undefined,
  ]);
});

test('a tombstone that expired meanwhile is not missed after a day', async () => {
  change('1', 1, 'storm');
  await matching();
  entries.delete('1');
  after(60 * 24 * 8);
  expect(await matching()).toEqual([]);
});

test('a reading that fails is done again from the same cursor', async () => {
  await upToDate();
  after(10);
  const failing = entries;
  entries = undefined as never;
  await expect(upToDate()).rejects.toThrow();
  entries = failing;
  after(1);
  await upToDate();
  expect(reads.at(-1)).toBe(reads.at(-2));
});

test('a broken watch is named once and stops no other', async () => {
  change('1', 1, 'storm');
  change('2', 1, '(((');
  expect(await matching()).toEqual(['ann#1']);
  expect(await matching()).toEqual(['ann#1']);
  expect(warnings).toEqual([expect.objectContaining({ watchId: 'ann#2' })]);
});

test('calls at once share a reading that began after them', async () => {
  await Promise.all(Array.from({ length: 10 }, upToDate));
  expect(reads).toHaveLength(1);
  const first = upToDate();
  await Promise.resolve();
  await Promise.all([first, ...Array.from({ length: 9 }, upToDate)]);
  expect(reads.length).toBeLessThanOrEqual(3);
});

async function read(since: Date | undefined): Promise<WatchChange[]> {
  reads.push(since?.toISOString());
  const found = [...entries.values()].filter(({ at }) => since === undefined || at >= since);
  await Promise.resolve();
  return found.map(({ change }) => change);
}

const silent = () => {};
const log: Log = {
  debug: silent,
  info: silent,
  error: silent,
  warn: (_message, ...data) => void warnings.push(data[0]),
};
