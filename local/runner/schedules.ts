/** EventBridge Scheduler: every schedule fires once at the start and then at its rate. */
import { randomUUID } from 'node:crypto';
import { accountId, region } from './names.ts';
import type { ScheduleSpec } from './resources.ts';

export interface Schedules {
  stop(): void;
}

/** @param fire runs the target; what it throws is the target's own affair */
export function startSchedules(
  specs: readonly ScheduleSpec[],
  fire: (targetArn: string, event: unknown) => Promise<unknown>,
): Schedules {
  const timers = specs.map((spec) => {
    const run = () => void fire(spec.targetArn, scheduledEvent(spec, new Date())).catch(() => {});
    const timer = setInterval(run, rateMs(spec));
    run();
    return timer;
  });
  return { stop: () => timers.forEach(clearInterval) };
}

const units: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** @throws Error for anything but `rate(n unit)` */
export function rateMs({ name, expression }: Pick<ScheduleSpec, 'name' | 'expression'>): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (!count || !unit)
    throw new Error(`${name}: ScheduleExpression ${expression} is no rate, which is all that runs locally`);
  return Number(count) * units[unit]!;
}

/** The schedule's own input with its context attributes filled in, or the event that Scheduler sends without one. */
export function scheduledEvent({ arn, input }: ScheduleSpec, at: Date): unknown {
  const time = `${at.toISOString().slice(0, 19)}Z`;
  const id = randomUUID();
  if (input) {
    const attributes: Record<string, string> = {
      'scheduled-time': time,
      'schedule-arn': arn,
      'execution-id': id,
    };
    return JSON.parse(input.replace(/<aws\.scheduler\.([\w-]+)>/g, (all, name) => attributes[name] ?? all));
  }
  return {
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: accountId,
    time,
    region,
    resources: [arn],
    detail: '{}',
  };
}
