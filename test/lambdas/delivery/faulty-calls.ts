/** Makes a call of a port a place where others may run, where it may fail or the function may die. */
import type { PublishOutcome } from '../../../lambdas/delivery/delivery-ports.ts';
import { type Call, die, excuse, type Fault, type Working, type World } from './world.ts';

/** How a port tells of a fault, and whose publish the call may come after. */
export interface Manners<A extends unknown[], R> {
  readonly call?: Call;
  readonly refuse?: (fault: Fault) => R;
  readonly channelOf?: (...args: A) => string;
}

export function faulty<A extends unknown[], R>(
  world: World,
  invocation: Working,
  effect: (...args: A) => Promise<R>,
  { call = 'other', refuse = refuseByThrowing, channelOf }: Manners<A, R> = {},
) {
  return async (...args: A): Promise<R> => {
    await world.scheduler.turn(invocation);
    const fault = world.faults.get(`${call} ${world.calls[call]++}`);
    if (fault !== undefined && channelOf) excuse(invocation.windows.get(channelOf(...args)));
    if (fault === 'crash-before') return await crash(world, invocation);
    if (fault !== undefined && fault !== 'lost-answer' && fault !== 'crash-after') return refuse(fault);
    const result = await effect(...args);
    await world.scheduler.turn(invocation);
    if (fault === 'crash-after') return await crash(world, invocation);
    return fault === 'lost-answer' ? refuse(fault) : result;
  };
}

/** Nothing goes on after a crash. */
function crash(world: World, invocation: Working): Promise<never> {
  die(world, invocation);
  return new Promise(() => {});
}

function refuseByThrowing(fault: Fault): never {
  throw new Error(`injected ${fault}`);
}

export function refuseChange(fault: Fault) {
  if (fault === 'conflict') return { kind: 'lost' } as const;
  return refuseByThrowing(fault);
}

/** SNS refuses with an error code, or does not answer. */
export function refusePublish(fault: Fault): PublishOutcome {
  const isRefused = fault === 'refused' || fault === 'conflict';
  return { kind: isRefused ? 'refused' : 'unanswered', error: fault };
}

/** Somebody else was quicker, or no answer. */
export function refuseReplace(fault: Fault): boolean {
  if (fault === 'conflict') return false;
  return refuseByThrowing(fault);
}
