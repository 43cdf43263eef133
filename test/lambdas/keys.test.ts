import { expect, test } from 'vitest';
import { keys, partition } from '../../lambdas/keys.ts';

test('no two items share a key', () => {
  const all = [
    keys.source('a'),
    keys.sourceUrl('a'),
    keys.hostLease('a'),
    keys.subscriber('a'),
    keys.channel('a', 'b'),
    keys.watch('a', 'b'),
    keys.subscriberToken('a', 'b'),
    keys.smsBudget('2026-11'),
    keys.smsBudget('2026-11#CODES'),
    keys.limit('a', 'b', '2026-11-23T08:00:00.000Z'),
    keys.code('email', 'a'),
    keys.feed('a'),
    keys.watchFeed('a', 'b'),
    keys.idempotency('a', 'b'),
    keys.address('email', 'a'),
    keys.watchChange('2026-11-23T08:00:00.000Z', 'b', 1),
    keys.token('a'),
    keys.article('a'),
    keys.entry('a', 'b'),
    keys.storyBucket('a'),
  ].map((key) => `${key.pk} ${key.sk}`);
  expect(new Set(all).size).toBe(all.length);
});

test('an alert and its deliveries are read by one prefix', () => {
  expect(keys.delivery('s', 'story', 'channel').sk.startsWith(keys.alert('s', 'story').sk)).toBe(true);
});

test('what is due is spread over its partitions', () => {
  const found = new Set(Array.from({ length: 200 }, (_, n) => partition.due(keys.alert('s', String(n)))));
  expect(found.size).toBe(8);
});
