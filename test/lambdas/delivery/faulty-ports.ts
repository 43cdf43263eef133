/** The ports of one invocation in the model's world, and what the rules see of each claim, publish and record. */
import { isLost, lastConfirmed } from '../../../core/delivery/channel-check.ts';
import { type Delivery, later } from '../../../core/delivery/delivery.ts';
import { quietUntil } from '../../../core/delivery/quiet-hours.ts';
import type { Channel } from '../../../core/model.ts';
import type {
  DeliverPorts,
  OutgoingMessage,
  Publisher,
  PublishOutcome,
  Recipients,
  Stored,
} from '../../../lambdas/delivery/delivery-ports.ts';
import { faulty, type Manners, refuseChange, refusePublish, refuseReplace } from './faulty-calls.ts';
import * as people from './people.ts';
import { now, type Window, type Working, type World } from './world.ts';

type Port = <A extends unknown[], R>(
  effect: (...args: A) => Promise<R>,
  manners?: Manners<A, R>,
) => (...args: A) => Promise<R>;

export function portsFor(world: World, invocation: Working): DeliverPorts {
  const port: Port = (effect, manners) => faulty(world, invocation, effect, manners);
  const { alerts, deliveries, budget, paces, heartbeats } = world.stores;
  return {
    alerts: {
      saveAlert: port(alerts.saveAlert),
      readAlerts: port(alerts.readAlerts),
      markSent: port(alerts.markSent),
    },
    deliveries: {
      read: port(deliveries.read),
      readHeld: port(deliveries.readHeld),
      readSent: port(deliveries.readSent),
      change: port((stored: Stored, next: Delivery) => change(world, invocation, stored, next), {
        call: 'change',
        refuse: refuseChange,
        channelOf: ({ id }) => id.channelId,
      }),
    },
    recipients: recipientsOf(world, port),
    articles: { read: port(readArticle), readCopies: port(readCopies) },
    publisher: publisherOf(world, invocation, port),
    budget: {
      reserve: port(async (month, ...rest) => {
        world.spent.months.add(month.slice(0, 7));
        return await budget.reserve(month, ...rest);
      }),
      release: port(budget.release),
    },
    paces: { read: port(paces.read), replace: port(paces.replace, { refuse: refuseReplace }) },
    heartbeats: {
      readWeek: port(heartbeats.readWeek),
      begin: port(heartbeats.begin, { refuse: refuseReplace }),
      skip: port(heartbeats.skip),
    },
    links: {
      manage: 'https://web.example',
      linksOf: port(async () => ({ act: 'https://api.example/a/1', manage: 'https://web.example' })),
    },
    queueLater: port(async (message, delaySeconds) => {
      world.delayed.push({ at: world.elapsed + delaySeconds * 1000, message });
    }),
    now: () => now(world),
    newId: () => `id${world.ids++}`,
    random: world.random,
    settings: {
      retentionDays: 2,
      smsCountries: new Map([['KR', people.smsPriceUsd]]),
      smsMonthlyBudgetUsd: people.smsBudgetUsd,
      smsSubscriberBudgetUsd: people.smsSubscriberBudgetUsd,
      smsParts: 1,
      mostAlertsAnHour: people.mostAlertsAnHour,
    },
  };
}

function recipientsOf({ channels, watches, stores }: World, port: Port): Recipients {
  const save = (id: string, change: Partial<Channel>) => {
    const channel = channels.get(id);
    if (channel) channels.set(id, { ...channel, ...change });
  };
  return {
    read: port(async (subscriberId, watchIds) => ({
      subscriber: {
        ...people.subscribers.find(({ id }) => id === subscriberId)!,
        heartbeatAt: stores.heartbeatsAt.get(subscriberId)!,
      },
      channels: [...channels.values()].filter((channel) => channel.subscriberId === subscriberId),
      watches: watchIds.flatMap((id) => watches.get(id) ?? []),
    })),
    saveChannelState: port(async (channel, state, checkedAt) => {
      const confirmedAt = state === 'confirmed' ? checkedAt : lastConfirmed(channel);
      save(channel.id, {
        state,
        checkedAt,
        confirmedAt,
        ...(isLost(channel, state) && { nextCheckAt: checkedAt }),
      });
    }),
    claimCheck: port(async ({ id, nextCheckAt }, until) => {
      const isAsKnown = channels.get(id)?.nextCheckAt === nextCheckAt;
      if (isAsKnown) save(id, { nextCheckAt: until });
      return isAsKnown;
    }),
    saveFailures: port(async ({ id, lastFailedAt }, failures) => {
      const isAsKnown = channels.get(id)?.lastFailedAt === lastFailedAt;
      if (isAsKnown) save(id, failures);
      return isAsKnown;
    }),
    saveCheck: port(async ({ id }, check) => save(id, check)),
    // Nobody in this world signed up by themselves, or leaves.
    forget: port(async () => false),
    closeOrphan: port(async () => {}),
  };
}

/** Any: a message leads to them as well, which must not count as a telling. */
async function readCopies(storyId: string) {
  const copy = { id: 'copy', title: storyId, sourceId: 'other', seenAt: people.epoch };
  return [{ ...copy, url: `https://copies.example/${storyId}` }];
}

async function readArticle(id: string) {
  const url = `https://news.example/${people.stories[id]}`;
  return { id, url, title: id, sourceId: 'source', seenAt: people.epoch };
}

function publisherOf(world: World, invocation: Working, port: Port): Publisher {
  return {
    publish: async (channel, message) => {
      // Only a clock that was set back lets a claim go on that was over: somebody else may have it by now.
      const isExcused = world.peak >= invocation.claimEnds.get(channel.id)!;
      const window: Window = { openedAt: world.elapsed, isExcused, tellings: [] };
      invocation.windows.set(channel.id, window);
      const publish = port(() => accept(world, invocation, channel, message, window), {
        call: 'publish',
        refuse: refusePublish,
        channelOf: () => channel.id,
      });
      const outcome = await publish();
      if (outcome.kind !== 'accepted') invocation.windows.delete(channel.id);
      return outcome;
    },
    readChannelState: port(async ({ id }) => world.truth.get(id)!.state),
  };
}

async function accept(
  world: World,
  { claims, claimed }: Working,
  channel: Channel,
  { body, deliveryId }: OutgoingMessage,
  window: Window,
): Promise<PublishOutcome> {
  if (channel.kind === 'sms' && world.truth.get(channel.id)!.state === 'gone')
    return { kind: 'channel-gone' };
  checkConfirmed(world, channel);
  checkPace(world, channel);
  const week = /\/heartbeat\/(.+)/.exec(deliveryId)?.[1];
  const named = Array.from(body.matchAll(/https:\/\/news\.example\/(\w+)/g), ([, id]) => id!);
  // A text names the first of its stories only.
  const storyIds = new Set(channel.kind === 'sms' ? claimed.get(channel.id) : week ? [week] : named);
  if (storyIds.size > 0) await checkQuiet(world, channel, [...storyIds]);
  for (const storyId of storyIds) {
    const claimedAt = claims.get(channel.id)!;
    const telling = {
      channelId: channel.id,
      deliveryId,
      at: world.elapsed,
      isGivenUp: false,
      storyId,
      claimedAt,
      isRecorded: false,
      isExcused: window.isExcused,
    };
    world.tellings.push(telling);
    window.tellings.push(telling);
  }
  if (channel.kind === 'sms') world.spent.microUsd += people.smsPriceUsd * 1_000_000;
  return { kind: 'accepted', messageId: `m${world.ids++}` };
}

/** A check is believed for six hours; the clock may have been set meanwhile. */
const BELIEVED_MS = 7 * 3_600_000;

function checkConfirmed({ truth, elapsed, violations }: World, { id }: Channel): void {
  const { state, confirmedUntil } = truth.get(id)!;
  if (state !== 'confirmed' && elapsed - confirmedUntil > BELIEVED_MS) {
    violations.push(`published to ${id}, which is ${state}`);
  }
}

/** The clock is set by so much at most, and a publish takes its time: then quiet hours may have begun meanwhile. */
const SLACK_SECONDS = 300;

/** In quiet hours only what an urgent watch matched is told, and what comes along in its digest. */
async function checkQuiet(world: World, channel: Channel, storyIds: readonly string[]): Promise<void> {
  const { id, subscriberId, quietHours } = channel;
  const { timeZone } = people.subscribers.find((subscriber) => subscriber.id === subscriberId)!;
  const times = [-SLACK_SECONDS, 0, SLACK_SECONDS].map((seconds) => later(now(world), seconds));
  const isQuiet = times.every((time) => quietUntil(quietHours, timeZone, time) !== undefined);
  if (!isQuiet) return;
  const alerts = await world.stores.alerts.readAlerts(subscriberId, storyIds);
  if (!alerts.some(({ watches }) => watches.some(({ urgent }) => urgent))) {
    world.violations.push(`${id} was told in its quiet hours`);
  }
}

const SECOND_MS = 1_000;

/**
 * A publish may stand still between its turn and SNS, and another may come to its turn meanwhile: what must never
 * happen is what SNS punishes.
 */
function checkPace({ published, elapsed, violations }: World, { id }: Channel): void {
  const times = published.get(id) ?? [];
  times.push(elapsed);
  published.set(id, times);
  const withinASecond = times.filter((at) => elapsed - at < SECOND_MS).length;
  if (withinASecond > people.mostAtOnce) violations.push(`${id} was told ${withinASecond} times in a second`);
}

/** What is held again may be told again. */
function returnTellings({ tellings }: World, { id, storyIds }: Stored): void {
  const returned = 'storyId' in id ? [id.storyId] : 'week' in id ? [id.week] : storyIds;
  for (const telling of tellings) {
    if (telling.channelId !== id.channelId || !returned.includes(telling.storyId)) continue;
    telling.isRecorded = false;
    telling.isExcused = true;
  }
}

async function change(world: World, invocation: Working, stored: Stored, next: Delivery) {
  const outcome = await world.stores.deliveries.change(stored, next);
  const { channelId } = stored.id;
  if (outcome.kind !== 'changed') return outcome;
  if (next.state === 'claimed') {
    const { delivery } = stored;
    const dueAt = delivery && 'dueAt' in delivery ? Date.parse(delivery.dueAt) : 0;
    if (dueAt > world.peak) world.violations.push(`claimed before its time: ${channelId}`);
    invocation.claims.set(channelId, world.peak);
    invocation.claimEnds.set(channelId, Date.parse(next.dueAt));
    invocation.claimed.set(channelId, 'storyId' in stored.id ? [stored.id.storyId] : stored.storyIds);
  }
  if (stored.delivery?.state === 'sent') returnTellings(world, stored);
  if (next.state === 'sent') {
    for (const telling of invocation.windows.get(channelId)?.tellings ?? []) telling.isRecorded = true;
    invocation.windows.delete(channelId);
  }
  return outcome;
}
