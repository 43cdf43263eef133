/** Random histories of the model's world, and what must hold at the end of each. */
import fc from 'fast-check';
import type { ChannelState } from '../../../core/model.ts';
import { duePartitions, partition } from '../../../lambdas/keys.ts';
import type { Log } from '../../../lambdas/logger.ts';
import type { MatchedPage } from '../../../lambdas/messages.ts';
import * as people from './people.ts';
import { type Call, earliest, type Fault, faults, makeWorld, type World } from './world.ts';

type Action =
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
  | { readonly kind: 'remove-channel'; readonly id: string }
  | { readonly kind: 'pause-watch'; readonly id: string };

/** Which call of a port goes wrong, and how. */
type PlannedFault = readonly [call: Call, nth: number, fault: Fault];

export interface History {
  readonly seed: number;
  readonly actions: readonly Action[];
  readonly faults: readonly PlannedFault[];
}

const channelId = fc.constantFrom(...people.channels.map(({ id }) => id));
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
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove-channel' as const), id: channelId }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pause-watch' as const), id: watchId }) },
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

type Deliver = typeof import('../../../lambdas/deliver.ts').deliver;

const silent = () => {};
const log: Log = { debug: silent, info: silent, warn: silent, error: silent };

/** @returns what went against the rules; nothing when all is well */
export async function runHistory(
  { seed, actions, faults: planned }: History,
  deliver: Deliver,
): Promise<string[]> {
  const world = makeWorld(seed, new Map(planned.map(([call, nth, fault]) => [`${call} ${nth}`, fault])));
  for (const each of actions) await act(world, each, deliver);
  world.endFaults();
  await settle(world, deliver);
  return [...world.violations, ...(await judge(world, actions))];
}

async function act(world: World, action: Action, deliver: Deliver): Promise<void> {
  const { queue } = world;
  switch (action.kind) {
    case 'match':
      queue.push(toPage(action.articleId, action.watchIds, world.now()));
      return;
    case 'begin': {
      const [message] = queue.splice(action.nth % Math.max(1, queue.length), 1);
      if (message) begin(world, message, deliver);
      return;
    }
    case 'repeat': {
      const again = world.begun[action.nth % Math.max(1, world.begun.length)];
      if (again) queue.push(again.message);
      return;
    }
    case 'steps':
      for (let n = 0; n < action.count; n++) await world.step();
      return;
    case 'minute':
      return await queueDue(world);
    case 'due':
      return await beginDue(world, deliver);
    case 'nudge': {
      const { id } = world.stores.all().at(action.nth % Math.max(1, world.stores.all().length)) ?? {};
      if (id) queue.push('storyId' in id ? { kind: 'delivery', ...id } : { kind: 'digest', ...id });
      return;
    }
    case 'pass':
      return world.pass(action.seconds);
    case 'jump':
      return world.jump(action.seconds);
    case 'channel':
      return world.setChannel(action.id, action.state);
    case 'remove-channel':
      world.channels.delete(action.id);
      return;
    case 'pause-watch': {
      const watch = world.watches.get(action.id)!;
      world.watches.set(action.id, { ...watch, paused: true });
    }
  }
}

function begin(world: World, message: World['queue'][number], deliver: Deliver): void {
  world.begin(message, (ports, work) => deliver(ports, work, log));
}

function toPage(articleId: string, watchIds: readonly string[], matchedAt: string): MatchedPage {
  const subscribers = people.subscribers.flatMap(({ id }) => {
    const own = watchIds.filter((watchId) => watchId.startsWith(`${id}-`));
    return own.length > 0 ? [{ subscriberId: id, watchIds: own }] : [];
  });
  return { kind: 'matched', articleId, storyId: people.stories[articleId]!, matchedAt, subscribers };
}

async function queueDue({ stores, queue, now }: World): Promise<void> {
  for (let n = 0; n < duePartitions; n++) {
    queue.push(...(await stores.readDue(partition.dueNumber(n), now(), 1_000)));
  }
}

/** The very moment at which something is due, with all others where they are. */
async function beginDue(world: World, deliver: Deliver): Promise<void> {
  const next = nextDue(world);
  if (next !== undefined) world.pass(Math.max(0, (next - world.wall()) / 1000));
  await queueDue(world);
  for (const message of world.queue.splice(0)) begin(world, message, deliver);
}

const MOST_ROUNDS = 2_000;

/** Without further faults, and with all the time that it takes, everything comes to its end. */
async function settle(world: World, deliver: Deliver): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    for (const message of world.queue.splice(0)) begin(world, message, deliver);
    while (await world.step());
    if (world.queue.length > 0) continue;
    const next = nextDue(world);
    if (next === undefined) return;
    world.pass(Math.max(1, (next - world.wall()) / 1000));
    await queueDue(world);
  }
  world.violations.push('never comes to an end');
}

function nextDue({ stores }: World): number | undefined {
  const times = stores
    .all()
    .flatMap(({ delivery }) => (delivery && 'dueAt' in delivery ? [Date.parse(delivery.dueAt)] : []));
  return times.length > 0 ? Math.min(...times) : undefined;
}

async function judge(world: World, actions: readonly Action[]): Promise<string[]> {
  const wrong: string[] = [];
  const owed = new Set<string>();
  for (const each of actions) {
    if (each.kind !== 'match') continue;
    for (const id of each.watchIds) {
      const watch = people.watches.find((watch) => watch.id === id)!;
      for (const channel of watch.channelIds) owed.add(`${channel} ${people.stories[each.articleId]}`);
    }
  }
  for (const name of owed) wrong.push(...(await judgeOne(world, actions, name)));
  for (const { channelId, storyId } of world.tellings) {
    if (!owed.has(`${channelId} ${storyId}`))
      wrong.push(`${channelId} was told of ${storyId}, which it had not asked for`);
  }
  const limit = people.smsBudgetUsd * 1_000_000 * world.spent.months.size;
  if (world.spent.microUsd > limit) wrong.push(`texts cost ${world.spent.microUsd}`);
  return wrong;
}

async function judgeOne(world: World, actions: readonly Action[], name: string): Promise<string[]> {
  const [channelId, storyId] = name.split(' ') as [string, string];
  const told = world.tellings.filter(
    (telling) => telling.channelId === channelId && telling.storyId === storyId,
  );
  const wrong: string[] = [];
  if (told.length === 0 && !(await mayBeUntold(world, actions, channelId, storyId)))
    wrong.push(`${name} is lost`);
  for (const [n, { isRecorded, isExcused, claimedAt }] of told.entries()) {
    if (isRecorded && n < told.length - 1) wrong.push(`${name} was told again after its record`);
    if (!isRecorded && !isExcused) wrong.push(`${name} was told and not recorded, for no reason`);
    if (claimedAt < earliestOf(world, channelId, storyId)) wrong.push(`${name} was told too early`);
  }
  return wrong;
}

/** Withdrawn, with its reason to be seen in this history. */
async function mayBeUntold(world: World, actions: readonly Action[], channelId: string, storyId: string) {
  const subscriberId = channelId.split('-')[0]!;
  const isOff = actions.some(({ kind }) => kind === 'pause-watch');
  const isRemoved = !world.channels.has(channelId);
  if (isOff || isRemoved) return true;
  const wasUnconfirmed = actions.some(
    (each) => each.kind === 'channel' && each.id === channelId && each.state !== 'confirmed',
  );
  const { read } = world.stores.deliveries;
  let stored = await read({ subscriberId, storyId, channelId });
  if (stored?.delivery?.state === 'in-digest') {
    stored = await read({ subscriberId, channelId, slot: stored.delivery.slot });
  }
  if (stored?.delivery?.state !== 'withdrawn' || stored.delivery.reason !== 'expired') return false;
  if (channelId.endsWith('-sms')) return true;
  // An unconfirmed channel is looked at each hour: the last look is within an hour of the end.
  const lastLook = Date.parse(stored.endsAt) - 3_600_000;
  return wasUnconfirmed && Date.parse(stored.delivery.withdrawnAt) >= lastLook;
}

/** The first time at which any page that came may tell the story on the channel. */
function earliestOf(world: World, channelId: string, storyId: string): number {
  const times = world.begun.flatMap(({ message, earliestWall, paused }) => {
    if (message.kind !== 'matched' || message.storyId !== storyId) return [];
    return message.subscribers
      .flatMap(({ watchIds }) => watchIds)
      .map((id) => people.watches.find((watch) => watch.id === id)!)
      .filter(({ id, channelIds }) => channelIds.includes(channelId) && !paused.has(id))
      .map((watch) => earliest(watch, earliestWall));
  });
  return Math.min(...times);
}
