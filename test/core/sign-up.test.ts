import { expect, test } from 'vitest';
import { isAbandoned } from '../../core/delivery/sign-up.ts';
import type { Channel, ChannelState, Subscriber } from '../../core/model.ts';

const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T08:00:00.000Z`;

interface Case {
  readonly subscriber?: Partial<Subscriber>;
  readonly channel?: Partial<Channel>;
  readonly others?: number;
  readonly state?: ChannelState;
  readonly now?: string;
}

// biome-ignore format: a table
test.each<[string, Case, boolean]>([
  ['a mail address that SNS dropped, a week later', {}, true],
  ['a phone that entered no code', { channel: { kind: 'sms' }, state: 'pending' }, true],
  ['within the week', { channel: { checkedAt: at(2) }, now: at(8) }, false],
  ['made by an operator', { subscriber: { signedUp: undefined } as never }, false],
  ['confirmed now', { state: 'confirmed' }, false],
  ['confirmed once', { channel: { confirmedAt: at(2) } }, false],
  ['known as confirmed', { channel: { state: 'confirmed' } }, false],
  ['with the mail sent again', { state: 'pending' }, false],
  ['asked for a code just now', { channel: { kind: 'sms', checkedAt: '2026-11-09T07:55:00.000Z' }, state: 'pending' }, false],
  ['with a second channel', { others: 1 }, false],
  ['with another channel than that', { channel: { createdAt: at(2) } }, false],
])('%s', (_title, { subscriber, channel, others = 0, state = 'gone', now = at(9) }, abandoned) => {
  const who: Subscriber = { id: 's', timeZone: 'UTC', createdAt: at(1), signedUp: true, ...subscriber };
  const one: Channel = {
    ...{ id: 'c', subscriberId: 's', kind: 'email', address: 'ana@example.com', state: 'pending' },
    ...{ createdAt: at(1), checkedAt: at(8), ...channel },
  };
  const channels = [one, ...Array.from({ length: others }, () => ({ ...one, id: 'd' }))];
  expect(isAbandoned(who, channels, state, now)).toBe(abandoned);
});

test('nobody without a channel', () => {
  const who: Subscriber = { id: 's', timeZone: 'UTC', createdAt: at(1), signedUp: true };
  expect(isAbandoned(who, [], 'gone', at(9))).toBe(false);
});
