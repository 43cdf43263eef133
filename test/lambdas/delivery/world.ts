/** The world around `deliver` in the model-based test: clock, registry, SNS, queue, and what was told in it. */
import { nextHeartbeat } from '../../../core/delivery/heartbeat.ts';
import type { Channel, ChannelState, WatchSettings } from '../../../core/model.ts';
import type { DeliverMessage } from '../../../lambdas/messages.ts';
import { type MemoryStores, memoryStores } from './memory-stores.ts';
import * as people from './people.ts';
import { type Invocation, makeScheduler, type Scheduler, seededRandom } from './scheduler.ts';

/** What can happen to a call. `refused` and `no-answer` come before its effect, `lost-answer` after it. */
export const faults = [
  'refused',
  'no-answer',
  'lost-answer',
  'conflict',
  'crash-before',
  'crash-after',
] as const;
export type Fault = (typeof faults)[number];

/** Where faults are planned most: the rest counts as `other`. */
export type Call = 'publish' | 'change' | 'other';

/** One telling of one story on one channel: a publish that SNS accepted. */
export interface Telling {
  readonly channelId: string;
  /** As SNS knows it. */
  readonly deliveryId: string;
  /** In milliseconds that really passed. */
  readonly at: number;
  /** SNS could not hand it over after all. */
  isGivenUp: boolean;
  readonly storyId: string;
  readonly claimedAt: number;
  /** Whether our record of it was written. */
  isRecorded: boolean;
  /** Something came between SNS accepting and our record: the one window. */
  isExcused: boolean;
}

/** From the beginning of a publish to the record of it. */
export interface Window {
  readonly openedAt: number;
  isExcused: boolean;
  readonly tellings: Telling[];
}

/** An invocation at work, with what the rules need to know about it. */
export interface Working extends Invocation {
  /** Absent for a minute of `digest`. */
  readonly message: DeliverMessage | undefined;
  /** Watches that were paused when it began. */
  readonly paused: ReadonlySet<string>;
  /** By watch: until when it was snoozed when it began. */
  readonly snoozed: ReadonlyMap<string, string>;
  /** The earliest that the clock showed it. */
  earliestWall: number;
  /** By channel: when it was last claimed. */
  readonly claims: Map<string, number>;
  /** By channel: when that claim is over, by the clock. */
  readonly claimEnds: Map<string, number>;
  /** By channel: the stories of that delivery. */
  readonly claimed: Map<string, readonly string[]>;
  /** By channel. */
  readonly windows: Map<string, Window>;
}

export interface World {
  readonly random: () => number;
  readonly scheduler: Scheduler;
  readonly stores: MemoryStores;
  readonly channels: Map<string, Channel>;
  readonly watches: Map<string, WatchSettings>;
  /** What SNS knows of each channel, and until when it was confirmed. */
  readonly truth: Map<string, { readonly state: ChannelState; readonly confirmedUntil: number }>;
  readonly queue: DeliverMessage[];
  /** What the queue hands out later. */
  delayed: { readonly at: number; readonly message: DeliverMessage }[];
  /** Every invocation that ever was. */
  readonly begun: Working[];
  readonly tellings: Telling[];
  /** When snoozes were ended before their time, by the clock. */
  readonly woken: { readonly watchId: string; readonly at: number }[];
  /** By channel: when SNS accepted a publish. */
  readonly published: Map<string, number[]>;
  readonly violations: string[];
  readonly spent: { microUsd: number; readonly months: Set<string> };
  /** By call and number; taken away when nothing is to fail any more. */
  faults: ReadonlyMap<string, Fault>;
  readonly calls: Record<Call, number>;
  ids: number;
  /** Milliseconds that really passed, and what the clock adds to them. */
  elapsed: number;
  offset: number;
  /** The latest that the clock ever showed. */
  peak: number;
}

export function makeWorld(seed: number, plannedFaults: ReadonlyMap<string, Fault>): World {
  const random = seededRandom(seed);
  const offset = Date.parse(people.epoch);
  const stores = memoryStores();
  for (const { id, timeZone } of people.persons) {
    stores.heartbeatsAt.set(id, nextHeartbeat(timeZone, people.epoch));
  }
  const truth = { state: 'confirmed', confirmedUntil: 0 } as const;
  return {
    random,
    scheduler: makeScheduler(random),
    stores,
    channels: new Map(people.channels.map((channel) => [channel.id, channel])),
    watches: new Map(people.watches.map((watch) => [watch.id, watch])),
    truth: new Map(people.channels.map(({ id }) => [id, truth])),
    queue: [],
    delayed: [],
    begun: [],
    tellings: [],
    woken: [],
    published: new Map(),
    violations: [],
    spent: { microUsd: 0, months: new Set() },
    faults: plannedFaults,
    calls: { publish: 0, change: 0, other: 0 },
    ids: 0,
    elapsed: 0,
    offset,
    peak: offset,
  };
}

export function wall({ elapsed, offset }: World): number {
  return elapsed + offset;
}

export function now(world: World): string {
  return new Date(wall(world)).toISOString();
}

export function excuse(window: Window | undefined): void {
  if (window === undefined) return;
  window.isExcused = true;
  for (const telling of window.tellings) telling.isExcused = true;
}

/** The function dies where it is; its message is received again. */
export function die(world: World, invocation: Working): void {
  invocation.isAlive = false;
  for (const window of invocation.windows.values()) excuse(window);
  if (invocation.message) world.queue.push(invocation.message);
}

export function setChannel({ truth, elapsed }: World, id: string, state: ChannelState): void {
  const former = truth.get(id)!;
  truth.set(id, { state, confirmedUntil: former.state === 'confirmed' ? elapsed : former.confirmedUntil });
}
