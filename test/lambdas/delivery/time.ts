/** How invocations begin and time goes by in the model's world. */
import { PUBLISH_SECONDS } from '../../../core/delivery/delivery.ts';
import type { DeliverPorts } from '../../../lambdas/delivery/delivery-ports.ts';
import type { DeliverMessage } from '../../../lambdas/messages.ts';
import { portsFor } from './faulty-ports.ts';
import { die, excuse, type Working, type World, wall } from './world.ts';

/** Of the function, in milliseconds. */
const TIMEOUT = 30_000;

export type Deliver = (ports: DeliverPorts, message: DeliverMessage) => Promise<void>;

/** What throws is received again; only injected faults may be thrown. */
export function begin(world: World, message: DeliverMessage, deliver: Deliver): void {
  const watches = [...world.watches.values()];
  const invocation: Working = {
    startedAt: world.elapsed,
    earliestWall: wall(world),
    paused: new Set(watches.filter(({ paused }) => paused).map(({ id }) => id)),
    snoozed: new Map(watches.flatMap(({ id, snoozedUntil }) => (snoozedUntil ? [[id, snoozedUntil]] : []))),
    isAlive: true,
    message,
    claims: new Map(),
    claimEnds: new Map(),
    claimed: new Map(),
    windows: new Map(),
  };
  world.begun.push(invocation);
  deliver(portsFor(world, invocation), message).then(
    () => {
      invocation.isAlive = false;
    },
    (error: Error) => {
      if (!error.message.startsWith('injected')) world.violations.push(String(error.stack));
      if (invocation.isAlive) world.queue.push(message);
      invocation.isAlive = false;
    },
  );
}

/** A record that takes longer than what a claim keeps for it comes too late when the clock was set before. */
export function pass(world: World, seconds: number): void {
  world.elapsed += seconds * 1000;
  world.peak = Math.max(world.peak, wall(world));
  handOut(world);
  for (const invocation of alive(world)) {
    for (const window of invocation.windows.values()) {
      if (world.elapsed - window.openedAt > PUBLISH_SECONDS * 1000) excuse(window);
    }
    if (world.elapsed - invocation.startedAt > TIMEOUT) die(world, invocation);
  }
}

function handOut(world: World): void {
  const { false: later = [], true: ripe = [] } = Object.groupBy(world.delayed, ({ at }) =>
    at <= world.elapsed ? 'true' : 'false',
  );
  world.delayed = later;
  world.queue.push(...ripe.map(({ message }) => message));
}

/** The clock is set: what is between publish and record then has no claim to rely on. */
export function setClock(world: World, seconds: number): void {
  world.offset += seconds * 1000;
  world.peak = Math.max(world.peak, wall(world));
  for (const invocation of alive(world)) {
    invocation.earliestWall = Math.min(invocation.earliestWall, wall(world));
    for (const window of invocation.windows.values()) excuse(window);
  }
}

function alive({ begun }: World): Working[] {
  return begun.filter(({ isAlive }) => isAlive);
}
