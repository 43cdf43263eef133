import { expect, test } from 'vitest';
import { isLost, isStateFresh, nextCheckAt, recheckAt } from '../../core/delivery/channel-check.ts';
import type { Channel } from '../../core/model.ts';

const now = '2026-11-23T12:00:00.000Z';
const channel: Channel = {
  id: 'c',
  subscriberId: 's',
  kind: 'email',
  address: 'ana@example.com',
  state: 'confirmed',
  createdAt: now,
};

test.each([
  ['confirmed', undefined, false],
  ['confirmed', '2026-11-23T06:00:00.001Z', true],
  ['confirmed', '2026-11-23T06:00:00.000Z', false],
  ['pending', '2026-11-23T11:59:30.001Z', true],
  ['pending', '2026-11-23T11:59:30.000Z', false],
  ['gone', '2026-11-23T11:00:00.000Z', false],
] as const)('%s, seen at %s: fresh is %s', (state, checkedAt, isFresh) => {
  expect(isStateFresh({ ...channel, state, checkedAt }, now)).toBe(isFresh);
});

test.each([
  ['2026-11-23T11:30:00.000Z', '2026-11-23T12:01:00.000Z'],
  ['2026-11-23T11:00:00.000Z', '2026-11-23T12:15:00.000Z'],
  ['2026-11-22T12:00:00.000Z', '2026-11-23T13:00:00.000Z'],
  ['2026-11-20T12:20:07.000Z', '2026-11-23T12:20:07.000Z'],
])('a channel made at %s is looked at again at %s', (createdAt, at) => {
  expect(recheckAt(createdAt, now)).toBe(at);
});

const yesterday = '2026-11-22T12:00:00.000Z';

test.each([
  ['confirmed', {}, 'confirmed', false],
  ['confirmed', {}, 'gone', true],
  ['confirmed', {}, 'pending', true],
  ['pending', {}, 'pending', false],
  ['pending', {}, 'gone', true],
  ['gone', {}, 'gone', true],
  ['gone', { lossToldAt: now }, 'gone', false],
  ['gone', { confirmedAt: yesterday, lossToldAt: now }, 'gone', false],
  ['gone', { confirmedAt: now, lossToldAt: yesterday }, 'gone', true],
  ['pending', { confirmedAt: yesterday }, 'pending', true],
  ['gone', { lossToldAt: now }, 'confirmed', false],
] as const)('known as %s with %j, now %s: lost is %s', (state, times, found, lost) => {
  expect(isLost({ ...channel, state, ...times }, found)).toBe(lost);
});

test.each([
  ['confirmed', 0, '2026-11-24T12:00:00.000Z'],
  ['confirmed', 1, '2026-11-24T06:00:00.000Z'],
  ['pending', 0, '2026-11-23T15:00:00.000Z'],
] as const)('a channel that is %s is checked again, with jitter %d, at %s', (state, jitter, at) => {
  expect(nextCheckAt(state, now, jitter)).toBe(at);
});
