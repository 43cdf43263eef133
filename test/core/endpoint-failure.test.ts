import { expect, test } from 'vitest';
import {
  countFailure,
  disabledUntil,
  type Failures,
  triedAgainAt,
} from '../../core/delivery/endpoint-failure.ts';
import type { Channel } from '../../core/model.ts';

const now = '2026-11-23T12:00:00.000Z';
const tomorrow = '2026-11-24T12:00:00.000Z';
const channel: Channel = {
  id: 'c',
  subscriberId: 's',
  kind: 'webhook',
  address: 'https://example.com/hook',
  state: 'confirmed',
  createdAt: now,
};

test.each<readonly [string, Partial<Failures>, Partial<Failures>]>([
  ['the first', {}, { failures: 1, lastFailedAt: now }],
  [
    'another of the same minutes counts with it',
    { failures: 1, lastFailedAt: '2026-11-23T11:55:00.000Z' },
    { failures: 1, lastFailedAt: '2026-11-23T11:55:00.000Z' },
  ],
  [
    'the second',
    { failures: 1, lastFailedAt: '2026-11-23T10:00:00.000Z' },
    { failures: 2, lastFailedAt: now },
  ],
  [
    'the third disables',
    { failures: 2, lastFailedAt: '2026-11-23T10:00:00.000Z' },
    { failures: 3, lastFailedAt: now, disabledUntil: tomorrow },
  ],
  [
    'after a good day it counts anew',
    { failures: 2, lastFailedAt: '2026-11-22T11:00:00.000Z' },
    { failures: 1, lastFailedAt: now },
  ],
  [
    'so it does long after it was disabled',
    { failures: 3, lastFailedAt: '2026-11-10T10:00:00.000Z', disabledUntil: '2026-11-11T10:00:00.000Z' },
    { failures: 1, lastFailedAt: now },
  ],
  [
    'once disabled, the next try disables again',
    { failures: 3, lastFailedAt: '2026-11-22T10:00:00.000Z', disabledUntil: '2026-11-23T10:00:00.000Z' },
    { failures: 4, lastFailedAt: now, disabledUntil: tomorrow },
  ],
])('%s', (_, known, counted) => {
  expect(countFailure({ ...channel, ...known }, now)).toEqual(counted);
});

test('a channel is disabled until its time', () => {
  expect(disabledUntil({ ...channel, disabledUntil: tomorrow }, now)).toBe(tomorrow);
  expect(disabledUntil({ ...channel, disabledUntil: now }, now)).toBeUndefined();
  expect(disabledUntil(channel, now)).toBeUndefined();
});

test('what came back is tried again in an hour, or when its channel is not disabled any more', () => {
  const failures: Failures = { failures: 3, lastFailedAt: now };
  expect(triedAgainAt(failures, now)).toBe('2026-11-23T13:00:00.000Z');
  expect(triedAgainAt({ ...failures, disabledUntil: tomorrow }, now)).toBe(tomorrow);
});
