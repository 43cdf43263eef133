import fc from 'fast-check';
import { expect, test } from 'vitest';
import { later } from '../../core/delivery/delivery.ts';
import { type Asking, type Pace, takeTurn } from '../../core/delivery/pacing.ts';

const now = '2026-11-23T12:30:30.000Z';
const nextMinute = '2026-11-23T12:31:00.000Z';
const nextHour = '2026-11-23T13:00:00.000Z';

const alert = (...watchIds: string[]): Asking => ({ kind: 'alert', watchIds, wasHeld: false });
const held: Asking = { kind: 'alert', watchIds: ['w'], wasHeld: true };
const digest: Asking = { kind: 'digest' };
const quiet: Pace = { nextAt: now, hour: '2026-11-23T12', told: { w: 19 } };
const just: Pace = { ...quiet, nextAt: later(now, 0.5) };
const late: Pace = { ...quiet, nextAt: '2026-11-23T12:31:00.200Z' };
const full: Pace = { ...quiet, told: { w: 20 } };
const lastHour: Pace = { ...full, hour: '2026-11-23T11' };
const collecting: Pace = { ...just, collectUntil: nextMinute };

test.each<readonly [string, Pace | undefined, Asking, string | 'go']>([
  ['the first alert goes', undefined, alert('w'), 'go'],
  ['one after a second goes', quiet, alert('w'), 'go'],
  ['one within a second is collected', just, alert('w'), nextMinute],
  ['by a digest that is not before its turn', late, alert('w'), '2026-11-23T12:32:00.000Z'],
  ['one while others are collected is collected', { ...collecting, nextAt: now }, alert('w'), nextMinute],
  ['the twenty-first of a watch waits for the hour', full, alert('w'), nextHour],
  ['another watch of the alert is below its limit', full, alert('w', 'other'), 'go'],
  ['each hour counts anew', lastHour, alert('w'), 'go'],
  ['what was held goes like any other', quiet, held, 'go'],
  ['a digest goes', full, digest, 'go'],
  ['also while alerts are collected', { ...collecting, nextAt: now }, digest, 'go'],
  ['a digest within a second waits for its turn', just, digest, just.nextAt],
])('%s', (_, pace, asking, outcome) => {
  const turn = takeTurn(pace, asking, now);
  expect(turn.kind === 'go' ? 'go' : turn.until).toBe(outcome);
});

test('after what was held the others are collected for the rest of the minute', () => {
  const turn = takeTurn(quiet, held, now);
  expect(takeTurn(turn.pace, held, later(now, 20))).toMatchObject({ kind: 'wait', until: nextMinute });
});

test('whatever asks, nothing goes within a second of another, and no watch has more than its limit an hour', () => {
  const steps = fc.array(
    fc.record({
      milliseconds: fc.oneof(fc.nat(1_500), fc.nat(600_000)),
      asking: fc.constantFrom(alert('a'), alert('a', 'b'), alert('b'), held, digest),
    }),
    { maxLength: 200, size: 'max' },
  );
  fc.assert(
    fc.property(steps, (given) => {
      let time = now;
      let pace: Pace | undefined;
      const gone: string[] = [];
      const alone = new Map<string, number>();
      for (const { milliseconds, asking } of given) {
        time = later(time, milliseconds / 1000);
        const turn = takeTurn(pace, asking, time, 3);
        pace = turn.pace ?? pace;
        if (turn.kind === 'wait') expect(turn.until > time).toBe(true);
        if (turn.kind === 'wait') continue;
        if (gone.length > 0) expect(time >= later(gone.at(-1)!, 1)).toBe(true);
        gone.push(time);
        if (asking.kind === 'digest' || asking.watchIds.length > 1) continue;
        const name = `${asking.watchIds[0]} ${time.slice(0, 13)}`;
        alone.set(name, (alone.get(name) ?? 0) + 1);
        expect(alone.get(name)).toBeLessThanOrEqual(3);
      }
    }),
  );
});
