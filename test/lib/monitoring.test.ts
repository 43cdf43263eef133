/** The operator hears of everything that stops news, and finds what to do about it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionsByStep, type Json, resourcesOf, synthesize, target } from './template.ts';

const template = synthesize({ operatorEmail: 'op@example.com' });
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
const functions = functionsByStep(template);
const [topic] = resourcesOf(template, 'AWS::SNS::Topic');
const runbook = readFileSync('docs/runbook.md', 'utf8');

/** The ids of all resources whose metric `name` an alarm reads. */
function watched(name: string): string[] {
  return alarms
    .flatMap(({ Properties }) => [
      Properties,
      ...(Properties.Metrics ?? []).map((m: Json) => m.MetricStat?.Metric),
    ])
    .filter((metric) => metric?.MetricName === name)
    .flatMap(({ Dimensions }) => Dimensions.map(({ Value }: Json) => target(Value) ?? Value));
}

const idsOf = (type: string) => resourcesOf(template, type).map(({ id }) => id);

describe('alarms', () => {
  it.each(alarms)('$id links a heading of the runbook', ({ Properties }) => {
    const [, heading, anchor] =
      /^(.+)\. What to do: docs\/runbook\.md#([\w-]+)$/.exec(Properties.AlarmDescription) ?? [];
    expect(runbook).toMatch(new RegExp(`^## ${heading}$`, 'm'));
    expect(anchor).toBe(heading?.toLowerCase().replaceAll(' ', '-'));
  });

  it('are all that the runbook has headings for', () => {
    const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    const expected = alarms.map(({ Properties }) => Properties.AlarmDescription.split('. What to do')[0]);
    expect(headings.toSorted()).toEqual(expected.toSorted());
  });

  it.each(alarms)('$id tells the operator', ({ Properties }) => {
    expect(Properties.AlarmActions.map(target)).toEqual([topic?.id]);
  });

  it('watch every queue of dead letters', () => {
    const deadLetters = idsOf('AWS::SQS::Queue').filter((id) => id.includes('DeadLetters'));
    const names = watched('ApproximateNumberOfMessagesVisible');
    expect(names.toSorted()).toEqual(deadLetters.toSorted());
  });

  it('watch the oldest message of every queue of work', () => {
    const queues = idsOf('AWS::SQS::Queue').filter((id) => !id.includes('DeadLetters'));
    expect(watched('ApproximateAgeOfOldestMessage').toSorted()).toEqual(queues.toSorted());
  });

  it('watch errors and throttles of every function', () => {
    const ids = Object.values(functions).map(({ id }) => id);
    expect(watched('Errors').toSorted()).toEqual(ids.toSorted());
    expect(watched('Throttles').toSorted()).toEqual(ids.toSorted());
  });

  it('ring when a schedule is silent', () => {
    const scheduled = resourcesOf(template, 'AWS::Scheduler::Schedule').map(({ Properties }) =>
      target(Properties.Target.Arn),
    );
    expect(watched('Invocations').toSorted()).toEqual(scheduled.toSorted());
    const silent = alarms.filter(({ Properties }) => Properties.MetricName === 'Invocations');
    expect(silent.map(({ Properties }) => Properties.TreatMissingData)).toEqual(
      scheduled.map(() => 'breaching'),
    );
  });

  it.each([
    ['SourcesInTrouble', 'dispatch'],
    ['OldestUnmatchedSeconds', 'sweep'],
    ['DeliveriesFailed', 'deliver'],
    ['RequestsRefused', 'api'],
  ])('watch %s of %s', (name, step) => {
    expect(watched(name)).toEqual([step]);
  });

  it('watch the 5xx of the API', () => {
    expect(watched('5xx')).toEqual(idsOf('AWS::ApiGatewayV2::Api'));
  });
});

describe('the schedules', () => {
  const schedules = resourcesOf(template, 'AWS::Scheduler::Schedule');
  const targetOf = ({ Properties }: (typeof schedules)[number]) => target(Properties.Target.Arn);

  it.each([
    ['dispatch', 'rate(1 minute)'],
    ['sweep', 'rate(1 minute)'],
    ['digest', 'rate(1 minute)'],
    ['snapshot', 'rate(15 minutes)'],
  ])('run %s at %s', (step, ScheduleExpression) => {
    const [schedule] = schedules.filter((found) => targetOf(found) === functions[step]!.id);
    expect(schedule?.Properties).toMatchObject({ ScheduleExpression, State: 'ENABLED' });
  });

  it('are these four', () => {
    expect(schedules).toHaveLength(4);
  });
});

describe('the operator', () => {
  it('is subscribed by e-mail when there is an address', () => {
    expect(resourcesOf(template, 'AWS::SNS::Subscription')[0]?.Properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'op@example.com',
    });
    expect(resourcesOf(synthesize(), 'AWS::SNS::Subscription')).toEqual([]);
  });

  it('is told over TLS only', () => {
    const [policy] = resourcesOf(template, 'AWS::SNS::TopicPolicy');
    expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"');
  });
});

describe('the bill', () => {
  const cost = readFileSync('docs/cost.md', 'utf8');
  const dashboard = JSON.stringify(
    resourcesOf(template, 'AWS::CloudWatch::Dashboard').map(({ Properties }) => Properties.DashboardBody),
  );
  const onDashboard = dashboard.match(/\[\\+"(AWS\/|Tocsin)/g)?.length ?? 0;

  it('adds up, and the README names the sum', () => {
    const rows = [...cost.matchAll(/^\| .* \| \*{0,2}([\d.]+)\*{0,2} \| \*{0,2}([\d.]+)\*{0,2} \|$/gm)];
    const columns = [1, 2].map((column) => rows.map((row) => Number(row[column])));
    const readme = readFileSync('README.md', 'utf8');
    for (const column of columns) {
      const sum = column.pop()!;
      expect(column.reduce((total, each) => total + each, 0)).toBeCloseTo(sum, 2);
      expect(readme).toContain(sum.toFixed(2));
    }
  });

  it('counts the alarms and the metrics they read', () => {
    const metrics = JSON.stringify(alarms).match(/"MetricName":/g)?.length;
    expect(cost).toContain(`Alarms: ${alarms.length}, which read ${metrics} metrics | ${metrics} × $0.10`);
  });

  it('counts the metrics on the dashboard, at most 50 for the free tier', () => {
    expect(cost).toContain(`Dashboard: 1, with ${onDashboard} metrics`);
    expect(onDashboard).toBeLessThanOrEqual(50);
  });
});
