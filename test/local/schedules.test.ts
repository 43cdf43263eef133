import { describe, expect, test, vi } from 'vitest';
import { rateMs, scheduledEvent, startSchedules } from '../../local/runner/schedules.ts';

const schedule = {
  name: 'Clock',
  arn: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/Clock',
  expression: 'rate(1 minute)',
  targetArn: 'arn:aws:lambda:us-east-1:000000000000:function:Worker',
  roleArn: 'arn:aws:iam::000000000000:role/Clock',
};

test('fires at the start and then at its rate, whatever the target does', () => {
  vi.useFakeTimers();
  const fired: string[] = [];
  const schedules = startSchedules([schedule], async (targetArn) => {
    fired.push(targetArn);
    throw new Error('the target failed');
  });
  expect(fired).toHaveLength(1);
  vi.advanceTimersByTime(180_000);
  expect(fired).toEqual(Array(4).fill(schedule.targetArn));
  schedules.stop();
  vi.advanceTimersByTime(180_000);
  expect(fired).toHaveLength(4);
  vi.useRealTimers();
});

describe('rates', () => {
  test.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(2 hours)', 7_200_000],
    ['rate(1 day)', 86_400_000],
  ])('%s', (expression, ms) => {
    expect(rateMs({ name: 'Clock', expression })).toBe(ms);
  });

  test.each(['cron(0 8 * * ? *)', 'at(2026-11-23T08:00:00)'])('%s is refused by name', (expression) => {
    expect(() => rateMs({ name: 'Clock', expression })).toThrow(`Clock: ScheduleExpression ${expression}`);
  });
});

describe('the event', () => {
  const at = new Date('2026-11-23T08:00:00.123Z');

  test('is that of Scheduler', () => {
    expect(scheduledEvent(schedule, at)).toMatchObject({
      source: 'aws.scheduler',
      time: '2026-11-23T08:00:00Z',
      resources: [schedule.arn],
    });
  });

  test('is the input of the template with its context attributes', () => {
    const input = '{"at":"<aws.scheduler.scheduled-time>","n":1}';
    expect(scheduledEvent({ ...schedule, input }, at)).toEqual({ at: '2026-11-23T08:00:00Z', n: 1 });
  });
});
