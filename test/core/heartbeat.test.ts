import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type Heartbeat,
  heartbeatChannels,
  heartbeatOf,
  MOST_MATCHES,
  nextHeartbeat,
  readingOf,
  weekOf,
} from '../../core/delivery/heartbeat.ts';
import { heartbeatMessage } from '../../core/message/heartbeat-message.ts';
import type { Channel, Finding, FindingCode, Source, SourceState } from '../../core/model.ts';

describe('it is due on Monday at eight', () => {
  test.each([
    ['Asia/Seoul', '2026-11-25T10:00:00.000Z', '2026-11-29T23:00:00.000Z', '2026-11-30'],
    ['America/New_York', '2026-11-25T10:00:00.000Z', '2026-11-30T13:00:00.000Z', '2026-11-30'],
    // Clocks go back on the Sunday before: the same hour on the clock, a week and an hour later.
    ['America/New_York', '2026-10-26T12:00:00.000Z', '2026-11-02T13:00:00.000Z', '2026-11-02'],
    ['Europe/Berlin', '2027-03-22T07:00:00.000Z', '2027-03-29T06:00:00.000Z', '2027-03-29'],
    ['Pacific/Apia', '2026-11-25T10:00:00.000Z', '2026-11-29T19:00:00.000Z', '2026-11-30'],
  ])('in %s after %s', (zone, after, dueAt, week) => {
    expect(nextHeartbeat(zone, after)).toBe(dueAt);
    expect(weekOf(dueAt, zone)).toBe(week);
  });

  test('a minute past eight it is the next one', () => {
    expect(nextHeartbeat('UTC', '2026-11-23T08:00:00.000Z')).toBe('2026-11-30T08:00:00.000Z');
    expect(nextHeartbeat('UTC', '2026-11-23T07:59:59.999Z')).toBe('2026-11-23T08:00:00.000Z');
  });

  test('who moves from Seoul to New York on Monday is in the same week', () => {
    const moved = nextHeartbeat('America/New_York', '2026-11-29T23:00:00.000Z');
    expect(weekOf(moved, 'America/New_York')).toBe(weekOf('2026-11-29T23:00:00.000Z', 'Asia/Seoul'));
  });
});

const now = new Date('2026-11-30T08:00:00.000Z');
const found = (...codes: FindingCode[]): Finding[] =>
  codes.map((code) => ({ code, since: '2026-11-29T08:00:00.000Z', detail: '' }));

type Sources = readonly (Pick<Source, 'paused'> & Pick<SourceState, 'articlesByDay' | 'findings'>)[];

describe('what was read', () => {
  test.each<[string, Sources, [number, number, number]]>([
    ['no source', [], [0, 0, 0]],
    [
      'seven days of two',
      [
        { paused: false, articlesByDay: { '2026-11-30': 5, '2026-11-24': 7, '2026-11-23': 100 } },
        { paused: false, articlesByDay: { '2026-11-28': 1_200 } },
      ],
      [1_212, 2, 2],
    ],
    ['one that is paused is not counted', [{ paused: true, articlesByDay: { '2026-11-30': 5 } }], [0, 0, 0]],
    [
      'one that is dead, one that renewed its ids',
      [
        { paused: false, articlesByDay: { '2026-11-30': 5 }, findings: found('dead') },
        { paused: false, articlesByDay: {}, findings: found('republish', 'gap') },
      ],
      [5, 1, 2],
    ],
    [
      'blocked, stale, shrunken',
      (['blocked', 'stale', 'shrunken'] as const).map((code) => ({ paused: false, findings: found(code) })),
      [0, 0, 3],
    ],
  ])('%s', (_, sources, [articles, healthySources, all]) => {
    expect(readingOf(sources, now)).toEqual({ articles, healthySources, sources: all });
  });
});

const reading = { articles: 1_212, healthySources: 14, sources: 14 };
const until = '2026-11-29T23:00:00.000Z';
const alertOf = (...watchIds: string[]) => ({
  watches: watchIds.map((watchId) => ({ watchId, version: 1, name: watchId, query: 'a', matchedAt: until })),
});

test('the watches that matched most come first, five of them', () => {
  const alerts = ['c', 'f', 'a', 'e', 'b', 'd'].map((id) => alertOf('often', id));
  const { matches, watches } = heartbeatOf(alerts, reading, until);
  expect(matches).toBe(6);
  expect(watches).toEqual([
    { name: 'often', matches: 6 },
    ...['a', 'b', 'c', 'd'].map((name) => ({ name, matches: 1 })),
  ]);
});

describe('it is told', () => {
  const channel = (kind: Channel['kind'], state: Channel['state']): Channel => ({
    id: `${kind}-${state}`,
    subscriberId: 's',
    kind,
    address: 'somewhere',
    state,
    createdAt: until,
  });
  test.each([
    [
      'by mail rather than by webhook',
      [channel('webhook', 'confirmed'), channel('email', 'confirmed')],
      ['email-confirmed', 'webhook-confirmed'],
    ],
    [
      'last where nobody has confirmed',
      [channel('email', 'pending'), channel('webhook', 'gone'), channel('webhook', 'confirmed')],
      ['webhook-confirmed', 'email-pending', 'webhook-gone'],
    ],
    ['not by text', [channel('sms', 'confirmed')], []],
    ['nowhere', [], []],
  ])('%s', (_, channels, ids) => {
    expect(heartbeatChannels(channels).map(({ id }) => id)).toEqual(ids);
  });
});

const silent: Heartbeat = { ...reading, until, matches: 0, watches: [] };
const busy: Heartbeat = {
  articles: 48_100,
  healthySources: 12,
  sources: 14,
  until,
  matches: 31,
  watches: [
    { name: 'Strikes at ports', matches: 19 },
    { name: '한국 날씨', matches: 12 },
    { name: 'مضيق\nهرمز', matches: 1 },
  ],
};
const subscriber = { id: 's', timeZone: 'Asia/Seoul', createdAt: until };

describe('as it reads', () => {
  test.each([
    ['heartbeat-silent', silent],
    ['heartbeat', busy],
  ])('%s', async (stem, heartbeat) => {
    const file = (kind: string) => join(import.meta.dirname, `../fixtures/messages/${stem}.${kind}.txt`);
    const { subject, body } = heartbeatMessage.email(heartbeat, subscriber, 'https://web.example/');
    await expect(`Subject: ${subject}\n\n${body}`).toMatchFileSnapshot(file('email'));
    const json = JSON.stringify(JSON.parse(heartbeatMessage.webhook(heartbeat).body), undefined, 2);
    await expect(`${json}\n`).toMatchFileSnapshot(file('webhook'));
  });

  test.each([
    [{ ...silent, matches: 1 }, '1 match; 1,212 articles read from 14 of 14 healthy sources'],
    [{ ...silent, articles: 1 }, '0 matches; 1 article read from 14 of 14 healthy sources'],
    [
      { ...busy, matches: MOST_MATCHES },
      '2,000 or more matches; 48,100 articles read from 12 of 14 healthy sources',
    ],
  ])('%#: %s', (heartbeat, subject) => {
    expect(heartbeatMessage.email(heartbeat, subscriber, '').subject).toBe(subject);
  });
});
