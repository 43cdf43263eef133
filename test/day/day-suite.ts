/** What a day has to come to: exactly the written messages, and nothing that the plain definition does not say. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Day, liveThrough } from './day.ts';
import { owedTo } from './oracle.ts';
import { smsBudgetUsd, smsPriceUsd } from './people.ts';
import type { Subscribed } from './readership.ts';
import { messagesTo, report, storiesIn, storyOf } from './report.ts';

/** @param start ISO 8601, at 14:00; @param fixture file in test/fixtures/day */
export function describeDay(name: string, start: string, fixture: string): void {
  describe(name, () => {
    let day: Day;
    beforeAll(async () => {
      day = await liveThrough(start);
    }, 600_000);

    const toldTo = (channel: Subscribed) => messagesTo(day, channel).flatMap(storiesIn).sort();
    const heldFor = ({ id }: Subscribed) =>
      day.held
        .filter(({ channelId }) => channelId === id)
        .map(storyOf)
        .sort();

    test('each channel is told exactly what is written', async () => {
      await expect(report(day)).toMatchFileSnapshot(join(import.meta.dirname, '../fixtures/day', fixture));
    });

    test('each channel is told of each story once, or it is held', () => {
      for (const channel of day.channels) {
        const told = toldTo(channel);
        expect(told).toEqual([...new Set(told)]);
        const both = heldFor(channel).filter((story) => told.includes(story));
        // What was told since a channel was last seen confirmed is held again when it is lost.
        expect(both).toEqual(channel.channel.unsubscribedAt ? told : []);
      }
    });

    test('all that is owed is told or held, and nothing else', () => {
      for (const channel of day.channels) {
        const accounted = new Set([...toldTo(channel), ...heldFor(channel), ...toldByMail(channel)]);
        const fallen = channel.channel.kind === 'email' ? fallenFrom(channel) : [];
        expect([...accounted].sort()).toEqual([...new Set([...owedTo(channel), ...fallen])].sort());
      }
    });

    test('texts use up the budget of each month, and no more', () => {
      for (const channel of day.channels.filter(({ channel: { kind } }) => kind === 'sms')) {
        const months = Object.groupBy(messagesTo(day, channel), ({ at }) => at.slice(0, 7));
        const affordable = Math.floor(smsBudgetUsd / smsPriceUsd);
        for (const texts of Object.values(months)) expect(texts).toHaveLength(affordable);
      }
    });

    test('papers are asked politely, and no message dies', () => {
      expect(day.unchanged).toBeGreaterThan(500);
      expect(day.dead).toBe(0);
    });

    /** What a text had no budget for. */
    const toldByMail = (channel: Subscribed) =>
      channel.channel.kind === 'sms'
        ? owedTo(channel).filter((story) => !toldTo(channel).includes(story))
        : [];
    const fallenFrom = ({ reader }: Subscribed) =>
      day.channels.filter((other) => other.reader === reader).flatMap(toldByMail);
  });
}
