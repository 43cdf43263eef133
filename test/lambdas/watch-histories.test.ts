/**
 * Random histories of watches that are made, changed, paused and removed, of snapshots and of functions that start,
 * sleep and die, with clocks that differ by up to two minutes and step: what a function finds is what the plain filter
 * finds in the watches that were acknowledged. More of them: `HISTORIES=20000`.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matches } from '../../core/matches.ts';
import type { Article } from '../../core/model.ts';
import { parseQuery } from '../../core/query.ts';
import { createWatchWorld, type WatchWorld } from './watch-world.ts';

const numRuns = Number(process.env.HISTORIES ?? 400);
const article: Article = { id: 'a', url: 'https://example.com/', title: 'Storm over Busan', sourceId: 's' };
const ids = ['1', '2', '3', '4', '5'];

/** Half of the overlap: two clocks differ by at most all of it. */
const skew = fc.integer({ min: -60_000, max: 60_000 });
const nothing = undefined;
const query = fc.constantFrom('storm', 'busan', 'storm -seoul', 'snow', '"over busan"', nothing, nothing);
const change = fc.record({ id: fc.constantFrom(...ids), query, skew });
/** What happens while the log is read, which may take its time. */
const changes = fc.record({ all: fc.array(change, { maxLength: 3 }), slow: fc.constantFrom(0, 0, 1, 5) });
type Meanwhile = typeof changes extends fc.Arbitrary<infer T> ? T : never;
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const minutes = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 0.01, 0.5, 1, 2, 3) },
  { weight: 2, arbitrary: fc.integer({ min: 4, max: 3000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 8_000, max: 20_000 }) },
);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('change'), change }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait'), minutes }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('renew'), skew, meanwhile: changes, two: fc.boolean() }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('match'), which: fc.nat(2), skew, meanwhile: changes }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('die'), which: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('damage'), at: fc.nat(2000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose') }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

test('a function finds what the watches say that were acknowledged', async () => {
  const seen = { loads: new Map<unknown, number>(), matches: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const world = createWatchWorld();
      const functions = new Map<number, ReturnType<WatchWorld['function']>>();
      for (const each of steps) {
        world.expire();
        if (each.do === 'match') seen.matches++;
        await take(world, functions, each);
      }
      for (const from of world.loads()) seen.loads.set(from, (seen.loads.get(from) ?? 0) + 1);
    }),
    { numRuns },
  );
  expect(seen.matches).toBeGreaterThan(numRuns);
  expect([...seen.loads.keys()].sort()).toEqual(['log', 'snapshot']);
});

async function take(
  world: WatchWorld,
  functions: Map<number, ReturnType<WatchWorld['function']>>,
  each: Step,
): Promise<void> {
  switch (each.do) {
    case 'change':
      return apply(world, [each.change]);
    case 'wait':
      return world.after(each.minutes);
    case 'renew':
      world.during(async () => {
        pass(world, each.meanwhile);
        if (each.two) await world.renew(-each.skew);
      });
      await world.renew(each.skew);
      return world.during(() => {});
    case 'match':
      return match(world, functions, each);
    case 'die':
      return void functions.delete(each.which);
    case 'damage':
      return world.damage((bytes) => damaged(bytes, each.at));
    case 'lose':
      return world.lose();
  }
}

/** What changes while the log is read may be found as it was or as it is. */
async function match(
  world: WatchWorld,
  functions: Map<number, ReturnType<WatchWorld['function']>>,
  { which, skew: skewMs, meanwhile }: Extract<Step, { do: 'match' }>,
): Promise<void> {
  const warm = functions.get(which) ?? world.function(skewMs);
  functions.set(which, warm);
  warm.clock.skewMs = skewMs;
  const before = plainFilter(world);
  world.during(() => pass(world, meanwhile));
  const found = new Set(await warm.matching(article));
  const after = plainFilter(world);
  for (const id of ids.map((each) => `ann#${each}`)) {
    if (before.has(id) === after.has(id)) expect([id, found.has(id)]).toEqual([id, after.has(id)]);
  }
}

function plainFilter({ entries }: WatchWorld): Set<string> {
  const active = [...entries].filter(
    ([
      ,
      {
        change: { query },
      },
    ]) => query !== undefined,
  );
  const matching = active.filter(
    ([
      ,
      {
        change: { query },
      },
    ]) => matches(parseQuery(query!), article),
  );
  return new Set(matching.map(([id]) => `ann#${id}`));
}

function pass(world: WatchWorld, { all, slow }: Meanwhile): void {
  apply(world, all);
  world.after(slow);
}

function apply(world: WatchWorld, all: readonly Change[]): void {
  for (const { id, query: text, skew: skewMs } of all) world.change(id, text, skewMs);
}

/** Cut off, or with another byte. */
function damaged(bytes: Uint8Array, at: number): Uint8Array {
  if (at % 2 === 0) return bytes.subarray(0, at % bytes.length);
  bytes[at % bytes.length]! ^= 1 + (at & 31);
  return bytes;
}
