/** Random histories of the model's world, and how one runs. */
import fc from 'fast-check';
import { later } from '../../../core/delivery/delivery.ts';
import type { ChannelState } from '../../../core/model.ts';
import { dueMessage } from '../../../lambdas/delivery/due-message.ts';
import { duePartitions, partition } from '../../../lambdas/keys.ts';
import type { MatchedPage } from '../../../lambdas/messages.ts';
import { judge } from './judge.ts';
import * as people from './people.ts';
import { begin, beginDigest, type Functions, pass, setClock } from './time.ts';
import { type Call, type Fault, faults, makeWorld, now, setChannel, type World, wall } from './world.ts';

export type Action =
  | { readonly kind: 'match'; readonly articleId: string; readonly watchIds: readonly string[] }
  | { readonly kind: 'begin'; readonly nth: number }
  | { readonly kind: 'repeat'; readonly nth: number }
  | { readonly kind: 'steps'; readonly count: number }
  | { readonly kind: 'pass'; readonly seconds: number }
  | { readonly kind: 'jump'; readonly seconds: number }
  | { readonly kind: 'minute' }
  | { readonly kind: 'due' }
  | { readonly kind: 'nudge'; readonly nth: number }
  | { readonly kind: 'channel'; readonly id: string; readonly state: ChannelState }
  | { readonly kind: 'sweep'; readonly id: string }
  | { readonly kind: 'remove-channel'; readonly id: string }
  | { readonly kind: 'pause-watch'; readonly id: string }
  /** SNS could not hand over what it accepted an hour ago. */
  | { readonly kind: 'give-up'; readonly nth: number }
  /** 0 hours: not any more. */
  | { readonly kind: 'snooze'; readonly id: string; readonly hours: number };

/** Which call of a port goes wrong, and how. */
type PlannedFault = readonly [call: Call, nth: number, fault: Fault];

export interface History {
  readonly seed: number;
  readonly actions: readonly Action[];
  readonly faults: readonly PlannedFault[];
}

const channelId = fc.constantFrom(...people.personalChannels.map(({ id }) => id));
const watchId = fc.constantFrom(...people.watches.map(({ id }) => id));

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constant('match' as const),
      articleId: fc.constantFrom(...Object.keys(people.stories)),
      watchIds: fc.uniqueArray(watchId, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 27, arbitrary: fc.record({ kind: fc.constant('begin' as const), nth: fc.nat(20) }) },
  { weight: 7, arbitrary: fc.record({ kind: fc.constant('repeat' as const), nth: fc.nat(20) }) },
  {
    weight: 27,
    arbitrary: fc.record({ kind: fc.constant('steps' as const), count: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 13,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      seconds: fc.constantFrom(1, 5, 15, 31, 45, 70, 700, 3_700, 7 * 3_600),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('jump' as const),
      seconds: fc.constantFrom(-90, -30, 20, 45, 120),
    }),
  },
  { weight: 13, arbitrary: fc.constant({ kind: 'minute' as const }) },
  { weight: 9, arbitrary: fc.constant({ kind: 'due' as const }) },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('nudge' as const), nth: fc.nat(20) }) },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('channel' as const),
      id: channelId,
      state: fc.constantFrom<ChannelState>('pending', 'confirmed', 'gone'),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('sweep' as const), id: channelId }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('give-up' as const), nth: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove-channel' as const), id: channelId }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pause-watch' as const), id: watchId }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('snooze' as const),
      id: watchId,
      hours: fc.constantFrom(0, 0, 1, 5, 30),
    }),
  },
);

export const history: fc.Arbitrary<History> = fc.record({
  seed: fc.nat(),
  actions: fc.array(action, { minLength: 3, maxLength: 50, size: 'max' }),
  faults: fc.array(
    fc.oneof(
      fc.tuple(fc.constant('publish' as const), fc.nat(15), fc.constantFrom(...faults)),
      fc.tuple(fc.constant('change' as const), fc.nat(60), fc.constantFrom(...faults)),
      fc.tuple(fc.constant('other' as const), fc.nat(250), fc.constantFrom(...faults)),
    ),
    { maxLength: 12, size: 'max' },
  ),
});

/** @returns what went against the rules; nothing when all is well */
export async function runHistory(
  { seed, actions, faults: planned }: History,
  functions: Functions,
): Promise<string[]> {
  const world = makeWorld(seed, new Map(planned.map(([call, nth, fault]) => [`${call} ${nth}`, fault])));
  for (const each of actions) await act(world, each, functions);
  world.faults = new Map();
  await settle(world, functions);
  return [...world.violations, ...(await judge(world, actions))];
}

async function act(world: World, action: Action, functions: Functions): Promise<void> {
  const { queue } = world;
  switch (action.kind) {
    case 'match':
      queue.push(toPage(action.articleId, action.watchIds, now(world)));
      return;
    case 'begin':
      for (const message of queue.splice(action.nth % Math.max(1, queue.length), 1)) {
        begin(world, message, functions);
      }
      return;
    case 'repeat':
      queue.push(...nth(world.begun, action.nth).flatMap(({ message }) => message ?? []));
      return;
    case 'nudge':
      queue.push(...nth(world.stores.all(), action.nth).map(({ id }) => dueMessage(id)));
      return;
    case 'sweep':
      queue.push({ kind: 'channel', channelId: action.id, subscriberId: people.subscriberOf(action.id) });
      return;
    case 'give-up':
      return giveUp(world, action.nth);
    case 'steps':
      for (let n = 0; n < action.count; n++) await world.scheduler.step();
      return;
    case 'minute':
      return beginDigest(world, functions);
    case 'due':
      return await beginDue(world, functions);
    default:
      return change(world, action);
  }
}

const HOUR_MS = 3_600_000;

/** Neither texts nor what lists are told comes back; the rest does after an hour of tries, with all that it told. */
function giveUp(world: World, which: number): void {
  const handedBack = world.tellings.filter(({ channelId }) => !/-(sms|list)$/.test(channelId));
  for (const { deliveryId, at } of nth(handedBack, which)) {
    for (const telling of world.tellings) {
      if (telling.deliveryId === deliveryId && telling.at === at) telling.isGivenUp = true;
    }
    const message = { kind: 'undelivered', MessageAttributes: { delivery: { Value: deliveryId } } } as const;
    world.delayed.push({ at: Math.max(at + HOUR_MS, world.elapsed), message });
  }
}

type Change = Extract<
  Action,
  { kind: 'pass' | 'jump' | 'channel' | 'remove-channel' | 'pause-watch' | 'snooze' }
>;

/** What happens around the function. */
function change(world: World, action: Change): void {
  switch (action.kind) {
    case 'pass':
      pass(world, action.seconds);
      return;
    case 'jump':
      setClock(world, action.seconds);
      return;
    case 'channel':
      setChannel(world, action.id, action.state);
      return;
    case 'remove-channel':
      world.channels.delete(action.id);
      return;
    case 'pause-watch':
      world.watches.set(action.id, { ...world.watches.get(action.id)!, paused: true });
      return;
    case 'snooze':
      snooze(world, action.id, action.hours);
  }
}

/** One that ends sooner than before lets go what it held, unless its message is lost. */
function snooze(world: World, id: string, hours: number): void {
  const { snoozedUntil: former = '', ...watch } = world.watches.get(id)!;
  const snoozedUntil = hours > 0 ? later(now(world), hours * 3600) : undefined;
  world.watches.set(id, { ...watch, snoozedUntil });
  if ((snoozedUntil ?? '') > former) return;
  world.woken.push({ watchId: id, at: wall(world) });
  if (world.random() < 0.9)
    world.queue.push({ kind: 'awake', subscriberId: watch.subscriberId, watchId: id });
}

/** One of them, or none where there is none. */
function nth<T>(all: readonly T[], n: number): T[] {
  return all.length === 0 ? [] : [all[n % all.length]!];
}

function toPage(articleId: string, watchIds: readonly string[], matchedAt: string): MatchedPage {
  const subscribers = people.subscribers.flatMap(({ id }) => {
    const own = watchIds.filter((watchId) => watchId.startsWith(`${id}-`));
    return own.length > 0 ? [{ subscriberId: id, watchIds: own }] : [];
  });
  return { kind: 'matched', articleId, storyId: people.stories[articleId]!, matchedAt, subscribers };
}

async function queueDue(world: World): Promise<void> {
  for (let n = 0; n < duePartitions; n++) {
    world.queue.push(...(await world.stores.readDue(partition.dueNumber(n), now(world), 1_000)));
  }
  const reading = { articles: 1_212, healthySources: 14, sources: 14 };
  for (const [subscriberId, at] of world.stores.heartbeatsAt) {
    if (at <= now(world)) world.queue.push({ kind: 'subscriber', subscriberId, reading });
  }
}

/** The very moment at which something is due, with all others where they are. */
async function beginDue(world: World, functions: Functions): Promise<void> {
  const next = nextDue(world);
  if (next !== undefined) pass(world, Math.max(0, (next - wall(world)) / 1000));
  await queueDue(world);
  for (const message of world.queue.splice(0)) begin(world, message, functions);
}

const MOST_ROUNDS = 2_000;

/** Without further faults, and with all the time that it takes, everything comes to its end. */
async function settle(world: World, functions: Functions): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    for (const message of world.queue.splice(0)) begin(world, message, functions);
    while (await world.scheduler.step());
    if (world.queue.length > 0) continue;
    const next = nextDue(world);
    if (next === undefined) return;
    pass(world, Math.max(1, (next - wall(world)) / 1000));
    beginDigest(world, functions);
  }
  world.violations.push('never comes to an end');
}

function nextDue({ stores, delayed, offset }: World): number | undefined {
  const times = stores
    .all()
    .flatMap(({ delivery }) => (delivery && 'dueAt' in delivery ? [Date.parse(delivery.dueAt)] : []));
  times.push(...delayed.map(({ at }) => at + offset));
  return times.length > 0 ? Math.min(...times) : undefined;
}
