/** What a function knows of the watches, from the snapshot and from the log, and that it misses nothing. */
import { crc32 } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Article } from '../../core/model.ts';
import { longestGapMs } from '../../lambdas/watch/log-times.ts';
import { createWatchWorld, start, type WatchWorld } from './watch-world.ts';

const article: Article = { id: 'a', url: 'https://example.com/', title: 'Storm over Busan', sourceId: 's' };
const minute = 60_000;
const day = 24 * 60;

let world: WatchWorld;
beforeEach(() => {
  world = createWatchWorld();
});

const readsOf = () => world.reads.map((since) => since && (Date.parse(since) - start) / minute);

describe('without a snapshot a function knows', () => {
  test('what there was at its start', async () => {
    world.change('1', 'storm');
    world.change('2', 'snow');
    world.change('3', undefined);
    expect(await world.function().matching(article)).toEqual(['ann#1']);
    expect(world.loads()).toEqual(['log']);
  });

  test('what was added, changed, paused and resumed since', async () => {
    const { matching } = world.function();
    world.change('1', 'storm');
    await matching(article);
    world.change('2', 'busan');
    expect(await matching(article)).toEqual(['ann#1', 'ann#2']);
    world.change('1', 'snow');
    expect(await matching(article)).toEqual(['ann#2']);
    world.change('2', undefined);
    expect(await matching(article)).toEqual([]);
    world.change('2', 'storm');
    expect(await matching(article)).toEqual(['ann#2']);
  });

  test('what other clocks wrote with a time two minutes ago', async () => {
    const { matching } = world.function();
    await matching(article);
    world.change('1', 'storm', -110_000);
    expect(await matching(article)).toEqual(['ann#1']);
  });

  test('the newer of two entries that one reading meets', async () => {
    const { matching } = world.function();
    await matching(article);
    world.change('1', 'snow');
    world.change('2', 'snow');
    world.after(1);
    world.during(() => world.change('1', 'storm'));
    expect(await matching(article)).toEqual(['ann#1']);
  });
});

describe('with a snapshot a function', () => {
  beforeEach(async () => {
    world.change('kept', 'storm');
    world.change('changed', 'storm');
    world.change('removed', 'storm');
    world.after(60);
    await world.renew();
    world.reads.length = 0;
  });

  test('reads only what changed since, with two minutes more', async () => {
    world.after(10);
    world.change('new', 'busan');
    world.change('changed', 'snow');
    world.change('removed', undefined);
    const { matching } = world.function();
    expect(await matching(article)).toEqual(['ann#kept', 'ann#new']);
    world.after(5);
    expect(await matching(article)).toEqual(['ann#kept', 'ann#new']);
    expect(world.loads()).toEqual(['snapshot']);
    expect(readsOf()).toEqual([58, 68]);
  });

  test('that starts while another does knows the same', async () => {
    world.change('new', 'busan');
    const functions = [world.function(), world.function()];
    const found = await Promise.all(functions.map(({ matching }) => matching(article)));
    const expected = ['ann#changed', 'ann#kept', 'ann#new', 'ann#removed'];
    expect(found).toEqual([expected, expected]);
  });

  test('knows a watch that is changed while it loads', async () => {
    const { watches, matching } = world.function();
    world.during(() => {
      world.change('changed', 'snow');
      world.change('new', 'storm');
    });
    const first = (await watches.after(watches.begun())).percolate(article).watchIds;
    expect(first).toContain('ann#kept');
    expect(await matching(article)).toEqual(['ann#kept', 'ann#new', 'ann#removed']);
  });

  test('that slept for a week loads the new one', async () => {
    const { matching } = world.function();
    await matching(article);
    world.change('removed', undefined);
    world.after(8 * day);
    world.expire();
    expect(world.entries.has('removed')).toBe(false);
    await world.renew();
    expect(await matching(article)).toEqual(['ann#changed', 'ann#kept']);
    expect(world.loads()).toEqual(['snapshot', 'snapshot']);
  });

  test('that slept for five days reads what changed', async () => {
    const { matching } = world.function();
    await matching(article);
    world.change('removed', undefined);
    world.after(5 * day);
    world.expire();
    expect(await matching(article)).toEqual(['ann#changed', 'ann#kept']);
    expect(world.loads()).toEqual(['snapshot']);
  });

  test('does not use it when a removal may have left the log since', async () => {
    world.change('removed', undefined);
    world.after(8 * day);
    world.expire();
    expect(await world.function().matching(article)).toEqual(['ann#changed', 'ann#kept']);
    expect(world.loads()).toEqual(['log']);
    expect(world.warnings()).toEqual(['snapshot is of another time']);
  });

  test('uses it to the last day on which no removal can have left the log', async () => {
    world.after(longestGapMs / minute);
    await world.function().matching(article);
    world.after(1);
    await world.function().matching(article);
    expect(world.loads()).toEqual(['snapshot', 'log']);
  });

  test('does not use one from the future, which a clock that was set right has left', async () => {
    world.change('new', 'busan', -60 * minute);
    world.time -= 60 * minute;
    expect(await world.function().matching(article)).toContain('ann#new');
    expect(world.loads()).toEqual(['log']);
  });

  test('whose clock was set right reads anew', async () => {
    const { matching } = world.function();
    await matching(article);
    world.time -= 60 * minute;
    world.change('new', 'busan');
    expect(await matching(article)).toContain('ann#new');
    expect(world.loads()).toEqual(['snapshot', 'log']);
  });

  test.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['is empty', () => new Uint8Array()],
    ['ends in its header', (bytes) => bytes.subarray(0, 10)],
    ['ends in its details', (bytes) => bytes.subarray(0, 40)],
    ['ends in the percolator', (bytes) => bytes.subarray(0, bytes.length - 4)],
    ['has more behind it', (bytes) => Buffer.concat([bytes, Buffer.alloc(4)])],
    ['is something else', () => Buffer.from('<html>Not what you think it is</html>')],
    ['is of another version', (bytes) => withByte(bytes, 4, 2)],
    ['is of another version of the percolator', (bytes) => withByte(bytes, percolatorAt(bytes) + 4, 99)],
    ['has other details', (bytes) => withByte(bytes, 30, 0x20)],
    ['has another percolator', (bytes) => withByte(bytes, bytes.length - 1, bytes.at(-1)! ^ 1)],
    ['is of another table', (bytes) => withTable(bytes, 'ANOTHER_TABLE!')],
  ])('reads the log when the snapshot %s, says so, and the next is good', async (_, how) => {
    world.damage(how);
    const expected = ['ann#changed', 'ann#kept', 'ann#removed'];
    expect(await world.function().matching(article)).toEqual(expected);
    expect(world.loads()).toEqual(['log']);
    const warned = world.logs.find(({ message }) => message === 'snapshot cannot be used');
    expect(warned?.data.error).toMatchObject({ name: 'SnapshotError' });
    expect(await world.renew()).toMatchObject({ reason: 'unreadable', written: true });
    expect(await world.function().matching(article)).toEqual(expected);
    expect(world.loads()).toEqual(['log', 'snapshot']);
  });
});

test('a reading that fails is done again from the same cursor', async () => {
  world.change('1', 'storm');
  const { matching } = world.function();
  await matching(article);
  world.after(10);
  world.change('2', 'storm');
  world.during(() => {
    throw new Error('throttled');
  });
  await expect(matching(article)).rejects.toThrow('throttled');
  world.after(1);
  expect(await matching(article)).toEqual(['ann#1', 'ann#2']);
  expect(readsOf().at(-1)).toBe(readsOf().at(-2));
});

test('a broken watch is named once, also from a snapshot, and stops no other', async () => {
  world.change('1', 'storm');
  world.change('2', '(((');
  const { matching } = world.function();
  expect(await matching(article)).toEqual(['ann#1']);
  expect(await matching(article)).toEqual(['ann#1']);
  const broken = () => world.logs.filter(({ message }) => message === 'watch is broken');
  expect(broken()).toMatchObject([{ data: { watchId: 'ann#2' } }]);
  await world.renew();
  await world.function().matching(article);
  expect(broken()).toHaveLength(2);
});

function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array {
  bytes[at] = value;
  return bytes;
}

/** Where the percolator's own bytes begin. */
function percolatorAt(bytes: Uint8Array): number {
  return (16 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(12, true) + 3) & ~3;
}

/** @param name as long as `REGISTRY_TABLE` */
function withTable(bytes: Uint8Array, name: string): Uint8Array {
  const buffer = Buffer.from(bytes);
  buffer.write(name, buffer.indexOf('REGISTRY_TABLE'));
  buffer.writeUInt32LE(crc32(buffer.subarray(16, 16 + buffer.readUInt32LE(12))), 8);
  return buffer;
}
