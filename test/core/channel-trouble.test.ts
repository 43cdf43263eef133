import { expect, test } from 'vitest';
import { channelFinding, channelTroubleSince } from '../../core/delivery/channel-trouble.ts';
import type { Channel } from '../../core/model.ts';

const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T08:00:00.000Z`;
const now = at(20);

const channel = (parts: Partial<Channel>): Channel => ({
  id: 'c',
  subscriberId: 's',
  kind: 'email',
  address: 'ana@example.com',
  state: 'confirmed',
  createdAt: at(1),
  ...parts,
});

// biome-ignore format: a table
test.each<[string, Partial<Channel>, Partial<Channel>, string | undefined]>([
  ['confirmed stays confirmed', {}, { state: 'confirmed' }, undefined],
  ['confirmed is gone', {}, { state: 'gone' }, now],
  ['confirmed is asked again', {}, { state: 'pending' }, undefined],
  ['gone stays gone', { state: 'gone', confirmedAt: at(2), troubleSince: at(5) }, { state: 'gone' }, at(5)],
  ['gone, seen so by who noted no confirmation', { state: 'gone', troubleSince: at(5) }, { state: 'gone' }, at(5)],
  ['gone is confirmed again', { state: 'gone', troubleSince: at(5) }, { state: 'confirmed' }, undefined],
  ['never confirmed, and gone', { state: 'pending' }, { state: 'gone' }, undefined],
  ['never confirmed', { state: 'pending' }, { state: 'pending' }, undefined],
  ['a message came back', {}, { failures: 1 }, undefined],
  ['too many came back', {}, { failures: 3, disabledUntil: at(21) }, now],
  ['disabled for long', { disabledUntil: at(19), troubleSince: at(18) }, { disabledUntil: at(21) }, at(18)],
  ['tried again since an hour', { disabledUntil: '2026-11-20T07:00:00.000Z', troubleSince: at(18) }, { state: 'confirmed' }, at(18)],
  ['well since a day', { disabledUntil: at(19), troubleSince: at(18) }, { state: 'confirmed' }, undefined],
])('%s', (_title, before, change, since) => {
  expect(channelTroubleSince(channel(before), change, now)).toBe(since);
});

test.each<[Partial<Channel>, string, RegExp]>([
  [{ state: 'gone' }, 'gone', /mail scanner/],
  [{ state: 'gone', kind: 'sms' }, 'gone', /STOP/],
  [{ state: 'gone', kind: 'webhook' }, 'gone', /Unsubscribed/],
  [{ failures: 4, kind: 'webhook' }, 'failing', /came back 4 times/],
])('%j is %s', (parts, code, words) => {
  const finding = channelFinding(channel(parts));
  expect(finding).toEqual({ code, detail: expect.stringMatching(words) });
});
