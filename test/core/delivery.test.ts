import { expect, test } from 'vitest';
import {
  advance,
  backOffSeconds,
  type Delivery,
  type DeliveryEvent,
  type Ending,
  MOST_ATTEMPTS,
  mayPublish,
} from '../../core/delivery/delivery.ts';

const before = '2026-11-23T07:59:59.999Z';
const now = '2026-11-23T08:00:00.000Z';
const claimEnd = '2026-11-23T08:00:40.000Z';
const hour = '2026-11-23T09:00:00.000Z';
const morning = '2026-11-24T08:00:00.000Z';

const waiting: Delivery = { state: 'waiting', dueAt: now, attempts: 0 };
const held: Delivery = { state: 'waiting', dueAt: hour, attempts: 0, hold: 'channel-pending' };
const snoozed: Delivery = { state: 'waiting', dueAt: morning, attempts: 0, hold: 'snoozed' };
const claimed: Delivery = { state: 'claimed', dueAt: claimEnd, attempts: 1, claimId: 'mine' };
const exhausted: Delivery = { ...claimed, attempts: MOST_ATTEMPTS };
const dead: Delivery = { ...exhausted, dueAt: before };
const inDigest: Delivery = { state: 'in-digest', slot: morning };
const sent: Delivery = { state: 'sent', sentAt: before, messageId: 'm' };
const failed: Delivery = { state: 'failed', failedAt: before, error: 'Throttled' };
const withdrawn: Delivery = { state: 'withdrawn', withdrawnAt: before, reason: 'channel-removed' };

const match: DeliveryEvent = { kind: 'match' };
const matchDaily: DeliveryEvent = { kind: 'match', slot: morning };
const matchHourly: DeliveryEvent = { kind: 'match', slot: hour };
const claim: DeliveryEvent = { kind: 'claim', claimId: 'mine' };
const end = (ending: Ending): DeliveryEvent => ({ kind: 'end', claimId: 'mine', ending });
const accept = end({ kind: 'accept', messageId: 'm' });
const fail = end({ kind: 'fail', error: 'Throttled', jitter: 0 });
const holdUntil = (until: string) => end({ kind: 'hold', hold: 'channel-pending', until, endsAt: morning });
const withdraw = end({ kind: 'withdraw', reason: 'channel-removed' });
const redrive: DeliveryEvent = { kind: 'redrive' };
const justWaiting: Delivery = { state: 'waiting', dueAt: now, attempts: 0 };

type Transition = readonly [
  name: string,
  from: Delivery | undefined,
  event: DeliveryEvent,
  to: Delivery | 'refused',
];

const transitions: readonly Transition[] = [
  ['a first match is due at once', undefined, match, justWaiting],
  ['or with its digest', undefined, matchDaily, inDigest],
  ['an earlier match pulls it out of its digest', inDigest, match, justWaiting],
  ['or into an earlier one', inDigest, matchHourly, { state: 'in-digest', slot: hour }],
  ['a match of the same digest is grouped', inDigest, matchDaily, 'refused'],
  ['a later match is grouped', { state: 'in-digest', slot: hour }, matchDaily, 'refused'],
  ['a match of what waits is grouped', waiting, match, 'refused'],
  ['a match of what is held is grouped', held, match, 'refused'],
  ['a match of what is being sent is grouped', claimed, match, 'refused'],
  ['a match of what was sent is grouped', sent, match, 'refused'],
  ['a match of what failed is grouped', failed, match, 'refused'],
  ['a match of what was withdrawn is grouped', withdrawn, match, 'refused'],
  [
    'what has to wait for its turn may join a digest',
    claimed,
    end({ kind: 'collect', slot: hour }),
    { state: 'in-digest', slot: hour },
  ],
  [
    'what was sent to a channel that is lost is held again',
    sent,
    { kind: 'return', until: hour, hold: 'channel-gone' },
    { state: 'waiting', dueAt: hour, attempts: 0, hold: 'channel-gone' },
  ],
  ['what a snooze holds is due when that is ended', snoozed, { kind: 'wake' }, { ...snoozed, dueAt: now }],
  ['no other hold is', held, { kind: 'wake' }, 'refused'],
  ['nothing else is', failed, { kind: 'return', until: hour, hold: 'channel-gone' }, 'refused'],
  ['what is due is claimed', waiting, claim, claimed],
  ['a digest is claimed at its slot', { state: 'open', dueAt: now }, claim, claimed],
  ['a digest is not claimed before', { state: 'open', dueAt: hour }, claim, 'refused'],
  ['what is not due is not claimed', held, claim, 'refused'],
  ['what is absent is not claimed', undefined, claim, 'refused'],
  ['a claim in force is respected', { ...claimed, claimId: 'other' }, claim, 'refused'],
  ['a claim that ended is taken over', { ...claimed, dueAt: before }, claim, { ...claimed, attempts: 2 }],
  [
    'claims that never end well fail in the end',
    dead,
    claim,
    { state: 'failed', failedAt: now, error: 'every claim ended without a result' },
  ],
  ['what stands in a digest is not claimed', inDigest, claim, 'refused'],
  ['what was sent is not claimed', sent, claim, 'refused'],
  ['what failed is not claimed', failed, claim, 'refused'],
  ['what SNS took is sent', claimed, accept, { state: 'sent', sentAt: now, messageId: 'm' }],
  [
    'even when the claim has just ended',
    { ...claimed, dueAt: before },
    accept,
    { state: 'sent', sentAt: now, messageId: 'm' },
  ],
  ["the end of another's claim is refused", { ...claimed, claimId: 'other' }, accept, 'refused'],
  ['nothing is sent without a claim', waiting, accept, 'refused'],
  [
    'what SNS did not take waits',
    claimed,
    fail,
    { state: 'waiting', dueAt: '2026-11-23T08:00:30.000Z', attempts: 1, hold: 'retry' },
  ],
  ['until it has failed', exhausted, fail, { state: 'failed', failedAt: now, error: 'Throttled' }],
  ['what may not be sent is held', claimed, holdUntil(hour), held],
  ['a hold starts the attempts anew', exhausted, holdUntil(hour), held],
  [
    'a hold ends with the alert',
    claimed,
    holdUntil(morning),
    { state: 'withdrawn', withdrawnAt: now, reason: 'expired' },
  ],
  ...(['pacing', 'quiet-hours'] as const).map(
    (hold): Transition => [
      `${hold} that ends by itself does not end with the alert`,
      claimed,
      end({ kind: 'hold', hold, until: morning, endsAt: hour }),
      { state: 'waiting', dueAt: morning, attempts: 0, hold },
    ],
  ),
  [
    'a removed channel withdraws',
    claimed,
    withdraw,
    { state: 'withdrawn', withdrawnAt: now, reason: 'channel-removed' },
  ],
  ['what failed is driven again', failed, redrive, justWaiting],
  ['nothing else is', sent, redrive, 'refused'],
];

test.each(transitions)('%s', (_name, from, event, to) => {
  expect(advance(from, event, now)).toEqual(to);
});

test.each([
  [1, 0, 30],
  [1, 1, 15],
  [2, 0, 60],
  [7, 0, 1920],
  [8, 0, 3600],
  [10, 0.5, 2700],
])('attempt %i with jitter %d backs off %d seconds', (attempts, jitter, seconds) => {
  expect(backOffSeconds(attempts, jitter)).toBe(seconds);
});

test.each([
  [claimed, now, true],
  [claimed, '2026-11-23T08:00:28.000Z', true],
  [claimed, '2026-11-23T08:00:28.001Z', false],
  [held, now, false],
])('%j at %s: may publish is %s', (delivery, at, may) => {
  expect(mayPublish(delivery, at)).toBe(may);
});
