/**
 * Runs invocations of a function interleaved, one step at a time: a step goes from one call of a port to the
 * next. What a crash leaves behind never goes on.
 */
import { setImmediate } from 'node:timers/promises';

export interface Invocation {
  readonly startedAt: number;
  isAlive: boolean;
}

export interface Scheduler {
  /** Resolves when it is this invocation's turn; never, when it is dead. */
  turn(invocation: Invocation): Promise<void>;
  /** Gives one invocation its turn. @returns false when none waits for it */
  step(): Promise<boolean>;
}

/** @param random from 0 to 1, which decides whose turn it is */
export function makeScheduler(random: () => number): Scheduler {
  let waiting: { invocation: Invocation; resume: () => void }[] = [];
  return {
    turn: (invocation) => new Promise((resume) => waiting.push({ invocation, resume })),
    step: async () => {
      waiting = waiting.filter(({ invocation }) => invocation.isAlive);
      const [next] = waiting.splice(Math.floor(random() * waiting.length), 1);
      if (next === undefined) return false;
      next.resume();
      await setImmediate();
      return true;
    },
  };
}

/** Mulberry32: small, seeded, good enough to choose by. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
