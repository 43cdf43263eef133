/** How invocations begin and time goes by in the model's world. */
import { PUBLISH_SECONDS } from '../../../core/delivery/delivery.ts';
import type { DeliverPorts } from '../../../lambdas/delivery/delivery-ports.ts';
import type { DigestPorts } from '../../../lambdas/digest.ts';
import type { DeliverMessage } from '../../../lambdas/messages.ts';
import { digestPortsFor } from './digest-ports.ts';
import { portsFor } from './faulty-ports.ts';
import { die, excuse, now, type Working, type World, wall } from './world.ts';

/** Of the function, in milliseconds. */
const TIMEOUT = 30_000;

/** The functions under test. */
export interface Functions {
  readonly deliver: (ports: DeliverPorts, message: DeliverMessage) => Promise<void>;
  /** `digest` of one minute. */
  readonly digest: (ports: DigestPorts, now: string) => Promise<void>;
}

/** What throws is received again. */
export function begin(world: World, message: DeliverMessage, { deliver }: Functions): void {
  const invocation = newInvocation(world, message);
  run(world, invocation, deliver(portsFor(world, invocation), message), () => world.queue.push(message));
}

/** What it could not queue is found in another minute. */
export function beginDigest(world: World, { digest }: Functions): void {
  const invocation = newInvocation(world, undefined);
  run(world, invocation, digest(digestPortsFor(world, invocation), now(world)), () => {});
}

function newInvocation(world: World, message: DeliverMessage | undefined): Working {
  const watches = [...world.watches.values()];
  const invocation = {
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
  return invocation;
}

/** Only injected faults may be thrown, and what many of them in a row, or a clock that is set, lead to. */
function run(world: World, invocation: Working, work: Promise<void>, again: () => void): void {
  work.then(
    () => {
      invocation.isAlive = false;
    },
    (error: Error) => {
      if (!/^injected|kept changing|^More was held/.test(error.message))
        world.violations.push(String(error.stack));
      if (invocation.isAlive) again();
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
