/** The day's clock: `Date` alone is set, so that sockets and the SDK's timers go on as usual. */
import { vi } from 'vitest';

export interface DayClock {
  /** The time of the day, `15:02`, on the first date or, before its beginning, on the second. */
  at(clock: string): Date;
  readonly start: Date;
  readonly end: Date;
  set(time: Date): void;
}

/** @param start ISO 8601; the day lasts 24 hours */
export function startClock(start: string): DayClock {
  const begin = new Date(start);
  vi.useFakeTimers({ toFake: ['Date'], now: begin });
  return {
    start: begin,
    end: new Date(begin.getTime() + 86_400_000),
    at: (clock) => {
      const time = new Date(`${start.slice(0, 11)}${clock}:00.000Z`);
      return time < begin ? new Date(time.getTime() + 86_400_000) : time;
    },
    set: (time) => void vi.setSystemTime(time),
  };
}
