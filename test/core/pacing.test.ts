import fc from 'fast-check';
import { expect, test } from 'vitest';
import { later } from '../../core/delivery/delivery.ts';
import { ALLOWANCE, type Asking, type Pace, takeTurn } from '../../core/delivery/pacing.ts';

const now = '2026-11-23T12:30:30.000Z';
const soon = '2026-11-23T12:30:33.000Z';
const gathered = '2026-11-23T12:30:41.000Z';
const nextMinute = '2026-11-23T12:31:00.000Z';
const nextHour = '2026-11-23T13:00:00.000Z';

const alert = (...watchIds: string[]): Asking => ({ kind: 'alert', watchIds, wasHeld: false });
const held: Asking = { kind: 'alert', watchIds: ['w'], wasHeld: true };
const digest: Asking = { kind: 'digest', watchIds: ['w', 'w'] };
const quiet: Pace = { nextAt: now, hour: '2026-11-23T12', told: { w: 19 } };
/** A message half a second ago. */
const just: Pace = { ...quiet, nextAt: later(now, 1.5) };
/** All but one of the allowance is used, or all of it. */
const almostUsed: Pace = { ...quiet, wholeAt: later(now, (ALLOWANCE - 1) * 60) };
const used: Pace = { ...quiet, wholeAt: later(now, (ALLOWANCE - 1) * 60 + 29) };
const full: Pace = { ...quiet, told: { w: 20 } };
const lastHour: Pace = { ...full, hour: '2026-11-23T11' };
const collecting: Pace = { ...just, collectUntil: soon };

test.each<readonly [string, Pace | undefined, Asking, string | 'go']>([
  ['the first alert goes', undefined, alert('w'), 'go'],
  ['one a little later goes too', quiet, alert('w'), 'go'],
  ['one right after another is collected', just, alert('w'), '2026-11-23T12:30:32.000Z'],
  ['the last of the allowance goes', almostUsed, alert('w'), 'go'],
  ['then the next is collected until another has come back', used, alert('w'), nextMinute],
  ['one while others are collected is collected', collecting, alert('w'), soon],
  [
    'but not when their digest is due, which may be on its way',
    { ...quiet, collectUntil: now },
    alert('w'),
    'go',
  ],
  ['and so is one above its limit, which costs no message', { ...full, ...collecting }, alert('w'), soon],
  ['the twenty-first of a watch waits for the hour', full, alert('w'), nextHour],
  ['another watch of the alert is below its limit', full, alert('w', 'other'), 'go'],
  ['each hour counts anew', lastHour, alert('w'), 'go'],
  ['what was held waits for the rest of it', quiet, held, gathered],
  ['and so does that rest', { ...quiet, collectUntil: gathered }, held, gathered],
  ['or until the allowance has one', used, held, nextMinute],
  ['a digest goes', full, digest, 'go'],
  ['also while alerts are collected', { ...collecting, nextAt: now }, digest, 'go'],
  ['a digest right after a message waits for its turn', just, digest, just.nextAt],
  ['and for the allowance', used, digest, '2026-11-23T12:30:59.000Z'],
])('%s', (_, pace, asking, outcome) => {
  const turn = takeTurn(pace, asking, now);
  expect(turn.kind === 'go' ? 'go' : turn.until).toBe(outcome);
});

/** @returns what becomes of a flood: a message's time after its beginning, or that of the digest that it joins */
function flood(everySeconds: number, seconds: number): number[] {
  let pace: Pace | undefined;
  const told = new Set<number>();
  for (let at = 0; at < seconds; at += everySeconds) {
    const time = later(now, at);
    if (pace?.collectUntil !== undefined && pace.collectUntil <= time) {
      const turn = takeTurn(pace, digest, pace.collectUntil);
      pace = { ...turn.pace!, collectUntil: undefined };
    }
    const turn = takeTurn(pace, alert('w'), time);
    pace = turn.pace ?? pace;
    told.add(turn.kind === 'go' ? at : (Date.parse(turn.until) - Date.parse(now)) / 1000);
  }
  return [...told];
}

test.each<readonly [string, number, number, number[]]>([
  ['three stories that come ten seconds apart are told at once', 10, 30, [0, 10, 20]],
  ['a burst of thirty is told in two messages within three seconds', 0.05, 1.5, [0, 3]],
  ['one of a minute in a few, and then in one', 1, 60, [0, 3, 6, 9, 12, 61]],
  [
    'a flood of half an hour once a minute, and in the end with the hour',
    1,
    1740,
    [...[0, 3, 6, 9, 12, 61, 121, 181, 241, 301, 361, 421, 481, 541, 601, 661, 721, 781, 841, 901], 1770],
  ],
])('%s', (_, everySeconds, seconds, told) => {
  expect(flood(everySeconds, seconds)).toEqual(told);
});

test('whatever asks, however long it stands still, a second sees no more than the allowance, and a watch its limit', () => {
  const steps = fc.array(
    fc.record({
      milliseconds: fc.oneof(fc.nat(1_500), fc.nat(600_000)),
      stall: fc.nat(40_000),
      asking: fc.constantFrom(alert('a'), alert('a', 'b'), alert('b'), held, digest),
    }),
    { maxLength: 200, size: 'max' },
  );
  fc.assert(
    fc.property(steps, (given) => {
      let time = now;
      let pace: Pace | undefined;
      const published: number[] = [];
      const alone = new Map<string, number>();
      for (const { milliseconds, stall, asking } of given) {
        time = later(time, milliseconds / 1000);
        const turn = takeTurn(pace, asking, time, 3);
        pace = turn.pace ?? pace;
        if (turn.kind === 'wait') expect(turn.until > time).toBe(true);
        if (turn.kind === 'wait') continue;
        published.push(Date.parse(time) + stall);
        if (asking.kind === 'digest' || asking.watchIds.length > 1) continue;
        const name = `${asking.watchIds[0]} ${time.slice(0, 13)}`;
        alone.set(name, (alone.get(name) ?? 0) + 1);
        expect(alone.get(name)).toBeLessThanOrEqual(3);
      }
      for (const at of published) {
        const within = published.filter((other) => other >= at && other < at + 1_000);
        expect(within.length).toBeLessThanOrEqual(ALLOWANCE);
      }
    }),
  );
});
