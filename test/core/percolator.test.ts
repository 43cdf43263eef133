/** Changes, broken watches and snapshots. That the right watches are found: `percolator-agrees.test.ts`. */
import { describe, expect, test, vi } from 'vitest';
import type { Watch } from '../../core/model.ts';
import { Percolator } from '../../core/percolator.ts';
import { articleOf, idsFor } from './percolator-article.ts';

describe('watches', () => {
  test('a broken one is named, the others go on', () => {
    const percolator = Percolator.build([
      { id: 's#2', query: 'iran' },
      { id: 's#1', query: '"iran' },
      { id: 's#3', query: '-iran' },
    ]);
    expect(percolator.broken).toEqual([
      { watchId: 's#1', message: 'This quotation mark is never closed' },
      { watchId: 's#3', message: 'This would match articles that contain none of your words' },
    ]);
    expect(percolator.size).toBe(1);
    expect(idsFor(percolator, 'Iran')).toEqual(['s#2']);
  });

  test('of two with one id the later counts', () => {
    const percolator = Percolator.build([
      { id: 'w', query: 'iran' },
      { id: 'w', query: 'iraq' },
    ]);
    expect(percolator.size).toBe(1);
    expect(idsFor(percolator, 'iran')).toEqual([]);
    expect(idsFor(percolator, 'iraq')).toEqual(['w']);
  });

  test('are sorted by code units, whatever their ids', () => {
    const ids = ['b', 'a#2', 'a#10', 'Z', 'é', '한', '💩', ''];
    const percolator = Percolator.build(ids.map((id) => ({ id, query: 'iran' })));
    expect(idsFor(percolator, 'iran')).toEqual([...ids].sort());
    percolator.upsert({ id: 'a#3', query: 'iran' });
    expect(idsFor(percolator, 'iran')).toEqual([...ids, 'a#3'].sort());
  });

  test('none at all', () => {
    expect(Percolator.build([]).percolate(articleOf('iran'))).toEqual({ watchIds: [], candidates: 0 });
    expect(Percolator.fromBytes(Percolator.build([]).toBytes()).size).toBe(0);
  });

  test('come, change, break, heal and go', () => {
    const percolator = Percolator.build([{ id: 'w', query: 'iran' }]);
    percolator.upsert({ id: 'w', query: 'iraq' });
    expect(idsFor(percolator, 'iran iraq')).toEqual(['w']);
    expect(idsFor(percolator, 'iran')).toEqual([]);
    percolator.upsert({ id: 'w', query: '(' });
    expect([percolator.size, percolator.broken.length]).toEqual([0, 1]);
    percolator.upsert({ id: 'w', query: 'iran' });
    expect([percolator.size, percolator.broken.length]).toEqual([1, 0]);
    percolator.remove('w');
    percolator.remove('unknown');
    expect(percolator.size).toBe(0);
    expect(idsFor(percolator, 'iran')).toEqual([]);
  });

  test('thousands of single changes keep the number of indexes small and the answers right', () => {
    const percolator = Percolator.build(numbered(0, 500));
    for (let i = 500; i < 1500; i++) {
      percolator.upsert({ id: `w${i}`, query: `word${i}` });
      percolator.remove(`w${i - 500}`);
      if (i % 50 === 0)
        expect(idsFor(percolator, `word${i} word${i - 499} word${i - 501}`)).toEqual(
          [`w${i}`, `w${i - 499}`].sort(),
        );
    }
    expect(percolator.size).toBe(500);
  });
});

const numbered = (from: number, to: number): Watch[] =>
  Array.from({ length: to - from }, (_, i) => ({ id: `w${from + i}`, query: `word${from + i}` }));

test('more watches than are planned before the first is filed, and than one block of marks holds', () => {
  const percolator = Percolator.build(numbered(0, 66_000));
  const last = Percolator.fromBytes(percolator.toBytes());
  const body = 'word0 word4095 word4096 word40000 word65535 word65536 word65999 word66000';
  const expected = body
    .split(' ')
    .slice(0, -1)
    .map((word) => word.replace('word', 'w'))
    .sort();
  for (const each of [percolator, last])
    expect(each.percolate(articleOf(body))).toEqual({ watchIds: expected, candidates: 7 });
});

describe('a snapshot', () => {
  const percolator = Percolator.build([
    ...numbered(0, 100),
    { id: 'bad', query: '(' },
    { id: 'c', query: 'C++ dep* title:x' },
  ]);
  const bytes = percolator.toBytes();

  test('is the same percolator again', () => {
    const again = Percolator.fromBytes(bytes);
    expect([again.size, again.broken]).toEqual([percolator.size, percolator.broken]);
    expect(idsFor(again, 'word7 and word8')).toEqual(['w7', 'w8']);
    expect(Percolator.fromBytes(again.toBytes()).size).toBe(percolator.size);
  });

  test('may begin anywhere in a buffer, which stays as it is', () => {
    const larger = new Uint8Array(bytes.length + 1);
    larger.set(bytes, 1);
    expect(idsFor(Percolator.fromBytes(larger.subarray(1)), 'word7')).toEqual(['w7']);
    expect(larger.subarray(1)).toEqual(bytes);
  });

  test.each<[string, (bytes: Uint8Array) => Uint8Array, string]>([
    ['nothing', () => new Uint8Array(), 'not whole'],
    ['foreign bytes', () => new TextEncoder().encode('{"watches": []}      '), 'no snapshot'],
    ['an older version', (good) => withNumber(good, 1, 0), 'version 0'],
    ['half of it', (good) => good.slice(0, good.length >> 1), 'not whole or was changed'],
    ['all but the last number', (good) => good.slice(0, -4), 'not whole or was changed'],
    ['a byte more', (good) => Uint8Array.from([...good, 0]), 'not whole or was changed'],
    [
      'a changed byte',
      (good) => good.map((byte, i) => (i === good.length - 9 ? byte ^ 1 : byte)),
      'not whole or was changed',
    ],
  ])('of %s is refused', (_, change, message) => {
    expect(() => Percolator.fromBytes(change(bytes))).toThrow(message);
    expect(() => Percolator.fromBytes(change(bytes))).toThrow(
      expect.objectContaining({ name: 'SnapshotError' }),
    );
  });

  test('of any changed bit, or the same bit of two neighbours in a sum, is refused', () => {
    const small = Percolator.build([{ id: 'w', query: 'iran -iraq' }]).toBytes();
    const accepted: string[] = [];
    for (let at = 0; at < small.length; at++)
      for (let bit = 0; bit < 8; bit++)
        for (const other of [at, at + 16]) {
          const changed = small.slice();
          changed[at]! ^= 1 << bit;
          if (other !== at && other < small.length) changed[other]! ^= 1 << bit;
          if (!isRefused(changed)) accepted.push(`${at} ${bit} ${other}`);
        }
    expect(accepted).toEqual([]);
  });

  test('leaves out what was removed', () => {
    const some = Percolator.build(numbered(0, 10));
    some.remove('w3');
    const again = Percolator.fromBytes(some.toBytes());
    expect(again.size).toBe(9);
    expect(idsFor(again, 'word3 word4')).toEqual(['w4']);
  });
});

function isRefused(bytes: Uint8Array): boolean {
  try {
    Percolator.fromBytes(bytes);
    return false;
  } catch (error) {
    return (error as Error).name === 'SnapshotError';
  }
}

function withNumber(bytes: Uint8Array, index: number, value: number): Uint8Array {
  const changed = bytes.slice();
  new DataView(changed.buffer).setInt32(4 * index, value, true);
  return changed;
}

test('where there is no Buffer, as in a browser, it is the same', async () => {
  const watches = ['iran', '"é ü"', '한국', 'dep*'].map((query) => ({ id: `한 ${query}`, query }));
  const article = { ...articleOf('Iran, é ü 한국 💩'), title: 'deployed' };
  vi.resetModules();
  vi.stubGlobal('Buffer', undefined);
  try {
    const { Percolator: Fresh } = await import('../../core/percolator.ts');
    const percolator = Fresh.build(watches);
    percolator.remove('한 dep*');
    expect(percolator.percolate(article).watchIds).toEqual(['한 "é ü"', '한 iran', '한 한국']);
  } finally {
    vi.unstubAllGlobals();
  }
});
