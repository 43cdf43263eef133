/**
 * The world around `deliver` in the model-based test: clock, registry, SNS and queue, with every call of a port
 * a place where others may run, the call may fail before or after its effect, or the function may die.
 */
import { type Delivery, PUBLISH_SECONDS } from '../../../core/delivery.ts';
import { digestSlot } from '../../../core/digest-slot.ts';
import type { Channel, ChannelState, WatchSettings } from '../../../core/model.ts';
import type { DeliverPorts, PublishOutcome, Stored } from '../../../lambdas/delivery-ports.ts';
import type { DeliverMessage } from '../../../lambdas/messages.ts';
import { memoryStores } from './memory-stores.ts';
import * as people from './people.ts';
import { type Invocation, makeScheduler, seededRandom } from './scheduler.ts';

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
  readonly storyId: string;
  readonly invocation: Working;
  readonly claimedAt: number;
  /** Whether our record of it was written. */
  isRecorded: boolean;
  /** Something came between SNS accepting and our record: the one window. */
  isExcused: boolean;
}

/** An invocation at work, with what the rules need to know about it. */
export interface Working extends Invocation {
  readonly message: DeliverMessage;
  /** Watches that were paused when it began. */
  readonly paused: ReadonlySet<string>;
  /** The earliest that the clock showed it. */
  earliestWall: number;
  /** By channel: when it was last claimed. */
  readonly claims: Map<string, number>;
  /** By channel: what it has begun to publish and not recorded yet. */
  readonly windows: Map<string, Window>;
}

interface Window {
  readonly openedAt: number;
  isExcused: boolean;
  readonly tellings: Telling[];
}

export type World = ReturnType<typeof makeWorld>;

const FUNCTION_TIMEOUT = 30_000;

export function makeWorld(seed: number, plannedFaults: ReadonlyMap<string, Fault>) {
  const random = seededRandom(seed);
  const scheduler = makeScheduler(random);
  const stores = memoryStores();
  const channels = new Map(people.channels.map((channel) => [channel.id, channel]));
  const watches = new Map(people.watches.map((watch) => [watch.id, watch]));
  const truth = new Map<string, { state: ChannelState; confirmedUntil: number }>();
  const tellings: Telling[] = [];
  const queue: DeliverMessage[] = [];
  const spent = { microUsd: 0, months: new Set<string>() };
  let elapsed = 0;
  let offset = Date.parse(people.epoch);
  const calls = { publish: 0, change: 0, other: 0 };
  let isFaulty = true;
  let ids = 0;
  let working: Working[] = [];
  const begun: Working[] = [];
  const violations: string[] = [];

  const wall = () => elapsed + offset;
  /** The latest that the clock ever showed. */
  let peak = wall();
  const now = () => new Date(wall()).toISOString();

  function die(invocation: Working): Promise<never> {
    invocation.isAlive = false;
    for (const window of invocation.windows.values()) excuse(window);
    queue.push(invocation.message);
    return new Promise(() => {});
  }

  /** Gives a call its turns and its fault. */
  function wrap<A extends unknown[], R>(
    invocation: Working,
    effect: (...args: A) => Promise<R>,
    { call = 'other', refuse = refuseByThrowing, channelOf }: FaultManners<A, R> = {},
  ) {
    return async (...args: A): Promise<R> => {
      await scheduler.turn(invocation);
      const fault = isFaulty ? plannedFaults.get(`${call} ${calls[call]++}`) : undefined;
      if (fault !== undefined && channelOf) excuse(invocation.windows.get(channelOf(...args)));
      if (fault === 'crash-before') return await die(invocation);
      if (fault !== undefined && fault !== 'lost-answer' && fault !== 'crash-after') return refuse(fault);
      const result = await effect(...args);
      await scheduler.turn(invocation);
      if (fault === 'crash-after') return await die(invocation);
      return fault === 'lost-answer' ? refuse(fault) : result;
    };
  }

  function portsFor(invocation: Working): DeliverPorts {
    const { alerts, deliveries, budget } = stores;
    const port = <A extends unknown[], R>(effect: (...args: A) => Promise<R>, manners?: FaultManners<A, R>) =>
      wrap(invocation, effect, manners);
    return {
      alerts: {
        saveAlert: port(alerts.saveAlert),
        readAlerts: port(alerts.readAlerts),
        markSent: port(alerts.markSent),
      },
      deliveries: {
        read: port(deliveries.read),
        change: port((stored: Stored, next: Delivery) => change(invocation, stored, next), {
          call: 'change',
          refuse: refuseChange,
          channelOf: ({ id }) => id.channelId,
        }),
      },
      recipients: {
        read: port(async (subscriberId, watchIds) => ({
          subscriber: people.subscribers.find(({ id }) => id === subscriberId)!,
          channels: [...channels.values()].filter((channel) => channel.subscriberId === subscriberId),
          watches: watchIds.flatMap((id) => watches.get(id) ?? []),
        })),
        saveChannelState: port(async ({ id }, state, checkedAt) => {
          const channel = channels.get(id);
          if (channel) channels.set(id, { ...channel, state, checkedAt });
        }),
      },
      articles: {
        read: port(async (id) => ({
          id,
          url: `https://news.example/${people.stories[id]}`,
          title: id,
          sourceId: 'source',
          seenAt: people.epoch,
        })),
      },
      publisher: {
        publish: (channel, message) => {
          const window = { openedAt: elapsed, isExcused: false, tellings: [] };
          invocation.windows.set(channel.id, window);
          const publish = port(() => accept(invocation, channel, message.body, window), {
            call: 'publish',
            refuse: refusePublish,
            channelOf: () => channel.id,
          });
          return publish().then((outcome) => {
            if (outcome.kind !== 'accepted') invocation.windows.delete(channel.id);
            return outcome;
          });
        },
        readChannelState: port(async ({ id }) => stateOf(id)),
      },
      budget: {
        reserve: port(async (month, ...rest) => {
          spent.months.add(month);
          return await budget.reserve(month, ...rest);
        }),
        release: port(budget.release),
      },
      now,
      newId: () => `id${ids++}`,
      random,
      settings: {
        retentionDays: 2,
        smsCountries: new Map([['KR', people.smsPriceUsd]]),
        smsMonthlyBudgetUsd: people.smsBudgetUsd,
      },
    };
  }

  async function change(invocation: Working, stored: Stored, next: Delivery) {
    const outcome = await stores.deliveries.change(stored, next);
    if (outcome.kind !== 'changed') return outcome;
    const { channelId } = stored.id;
    if (next.state === 'claimed') {
      const dueAt = stored.delivery && 'dueAt' in stored.delivery ? stored.delivery.dueAt : now();
      if (Date.parse(dueAt) > peak) violations.push(`claimed before its time: ${channelId}`);
      invocation.claims.set(channelId, peak);
    }
    if (next.state === 'sent') {
      for (const telling of invocation.windows.get(channelId)?.tellings ?? []) telling.isRecorded = true;
      invocation.windows.delete(channelId);
    }
    return outcome;
  }

  async function accept(
    invocation: Working,
    channel: Channel,
    body: string,
    window: Window,
  ): Promise<PublishOutcome> {
    if (stateOf(channel.id) === 'gone' && channel.kind === 'sms') return { kind: 'channel-gone' };
    checkConfirmed(channel);
    const storyIds = new Set(Array.from(body.matchAll(/https:\/\/news\.example\/(\w+)/g), ([, id]) => id!));
    for (const storyId of storyIds) {
      const claimedAt = invocation.claims.get(channel.id)!;
      const telling = {
        channelId: channel.id,
        storyId,
        invocation,
        claimedAt,
        isRecorded: false,
        isExcused: window.isExcused,
      };
      tellings.push(telling);
      window.tellings.push(telling);
    }
    if (channel.kind === 'sms') spent.microUsd += people.smsPriceUsd * 1_000_000;
    return { kind: 'accepted', messageId: `m${ids++}` };
  }

  /** Confirmed now, or known to have been within the time that a check is believed. */
  function checkConfirmed({ id }: Channel): void {
    const { state, confirmedUntil } = truthOf(id);
    const since = state === 'confirmed' ? 0 : elapsed - confirmedUntil;
    if (since > 7 * 3_600_000) violations.push(`published to ${id}, which is ${state}`);
  }

  const truthOf = (id: string) => truth.get(id) ?? { state: 'confirmed' as const, confirmedUntil: 0 };
  const stateOf = (id: string) => truthOf(id).state;

  return {
    stores,
    begun,
    tellings,
    violations,
    spent,
    queue,
    watches,
    channels,
    now,
    wall,
    stateOf,
    working: () => working.filter(({ isAlive }) => isAlive),
    begin(
      message: DeliverMessage,
      work: (ports: DeliverPorts, message: DeliverMessage) => Promise<void>,
    ): void {
      const invocation: Working = {
        startedAt: elapsed,
        paused: new Set([...watches.values()].filter(({ paused }) => paused).map(({ id }) => id)),
        earliestWall: wall(),
        isAlive: true,
        message,
        claims: new Map(),
        windows: new Map(),
      };
      begun.push(invocation);
      working.push(invocation);
      const end = (isDone: boolean) => {
        if (!invocation.isAlive) return;
        invocation.isAlive = false;
        if (!isDone) queue.push(message);
      };
      work(portsFor(invocation), message).then(
        () => end(true),
        (error: Error) => {
          if (!error.message.startsWith('injected')) violations.push(String(error.stack));
          end(false);
        },
      );
    },
    step: scheduler.step,
    /** A record that takes longer than what a claim keeps for it comes too late when the clock was set before. */
    pass(seconds: number): void {
      elapsed += seconds * 1000;
      peak = Math.max(peak, wall());
      for (const invocation of working) {
        for (const window of invocation.windows.values()) {
          if (elapsed - window.openedAt > PUBLISH_SECONDS * 1000) excuse(window);
        }
        if (invocation.isAlive && elapsed - invocation.startedAt > FUNCTION_TIMEOUT) void die(invocation);
      }
      working = working.filter(({ isAlive }) => isAlive);
    },
    /** The clock is set: what is between publish and record then has no claim to rely on. */
    jump(seconds: number): void {
      offset += seconds * 1000;
      peak = Math.max(peak, wall());
      for (const invocation of working) {
        invocation.earliestWall = Math.min(invocation.earliestWall, wall());
        for (const window of invocation.windows.values()) excuse(window);
      }
    },
    setChannel(id: string, state: ChannelState): void {
      const { state: former, confirmedUntil } = truthOf(id);
      truth.set(id, { state, confirmedUntil: former === 'confirmed' ? elapsed : confirmedUntil });
    },
    endFaults(): void {
      isFaulty = false;
    },
  };
}

/** How a port tells of a fault, and whose publish the call may come after. */
interface FaultManners<A extends unknown[], R> {
  readonly call?: Call;
  readonly refuse?: (fault: Fault) => R;
  readonly channelOf?: (...args: A) => string;
}

function refuseByThrowing(fault: Fault): never {
  throw new Error(`injected ${fault}`);
}

function excuse(window: Window | undefined): void {
  if (window === undefined) return;
  window.isExcused = true;
  for (const telling of window.tellings) telling.isExcused = true;
}

function refuseChange(fault: Fault) {
  if (fault === 'conflict') return { kind: 'lost' } as const;
  throw new Error(`injected ${fault}`);
}

/** SNS refuses with an error code, or does not answer. */
function refusePublish(fault: Fault): PublishOutcome {
  return { kind: fault === 'refused' || fault === 'conflict' ? 'refused' : 'unanswered', error: fault };
}

/** The earliest time at which a watch that matched at `at` may tell. */
export function earliest({ frequency, subscriberId }: WatchSettings, at: number): number {
  if (frequency === 'instant') return at;
  const { timeZone } = people.subscribers.find(({ id }) => id === subscriberId)!;
  return Date.parse(digestSlot(frequency, timeZone, new Date(at).toISOString()));
}
