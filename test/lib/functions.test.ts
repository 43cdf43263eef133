/** How every function runs, and what it is told. */
import { describe, expect, it } from 'vitest';
import { variable } from '../../core/environment.ts';
import { variablesOf } from './calls.ts';
import { functionsByStep, resourcesOf, synthesize, target } from './template.ts';

const template = synthesize();
const functions = functionsByStep(template);

it.each([
  ['dispatch', 30, 256, 'registryTable shortestPollSeconds pollQueueUrl'],
  [
    'poll',
    60,
    512,
    'registryTable articlesTable alertsTable retentionDays shortestPollSeconds loopback userAgent pollQueueUrl readQueueUrl matchQueueUrl',
  ],
  ['read', 60, 1024, 'registryTable articlesTable loopback userAgent readQueueUrl matchQueueUrl'],
  ['sweep', 30, 256, 'articlesTable matchQueueUrl'],
  ['snapshot', 600, 3008, 'registryTable snapshotBucket'],
  ['match', 60, 2048, 'registryTable articlesTable alertsTable snapshotBucket deliverQueueUrl'],
  [
    'deliver',
    30,
    512,
    'registryTable articlesTable alertsTable topicArnPrefix smsCountries smsMonthlyBudgetUsd smsSubscriberBudgetUsd smsParts retentionDays apiUrl dashboardUrl deliverQueueUrl',
  ],
  ['digest', 30, 256, 'registryTable alertsTable deliverQueueUrl'],
  [
    'api',
    15,
    512,
    'registryTable articlesTable alertsTable topicArnPrefix undeliveredQueueArn signUp smsCountries smsMonthlyBudgetUsd smsSubscriberBudgetUsd retentionDays shortestPollSeconds loopback userAgent originSecret dashboardUrl pollQueueUrl readQueueUrl matchQueueUrl deliverQueueUrl',
  ],
])('%s has %i s, %i MiB and its variables', (step, Timeout, MemorySize, names) => {
  const { Properties } = functions[step]!;
  const ours: string[] = Object.values(variable);
  const given = Object.keys(Properties.Environment.Variables).filter((name) => ours.includes(name));
  const expected = names.split(' ').map((name) => variable[name as keyof typeof variable]);
  expect(Properties).toMatchObject({ Timeout, MemorySize });
  expect(given.toSorted()).toEqual(expected.toSorted());
});

describe.each(Object.entries(functions))('%s', (step, { Properties }) => {
  it('is told every variable that its code reads', async () => {
    const read = [...(await variablesOf(step))].map((name) => variable[name as keyof typeof variable]);
    expect(read.length).toBeGreaterThan(0);
    expect(Object.keys(Properties.Environment.Variables)).toEqual(expect.arrayContaining(read));
  });

  it('runs on Node 24 and arm64', () => {
    expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
  });

  it('writes JSON to a log of its own, which is kept for 30 days and goes with the stack', () => {
    expect(Properties.LoggingConfig.LogFormat).toBe('JSON');
    const log = resourcesOf(template, 'AWS::Logs::LogGroup').find(
      ({ id }) => id === target(Properties.LoggingConfig.LogGroup),
    );
    expect(log).toMatchObject({ DeletionPolicy: 'Delete', Properties: { RetentionInDays: 30 } });
  });
});

it('lets only poll, read and deliver send to themselves', () => {
  const loops = Object.entries(functions).filter(
    ([, { Properties }]) => Properties.RecursiveLoop === 'Allow',
  );
  expect(loops.map(([step]) => step)).toEqual(['poll', 'read', 'deliver']);
});

it('passes settings on', () => {
  const custom = functionsByStep(
    synthesize({
      stackName: 'News',
      signUp: 'open',
      smsCountries: 'KR=0.03',
      loopback: 'allow',
      retentionDays: '7',
    }),
  );
  expect(custom.api?.Properties.Environment.Variables).toMatchObject({
    SIGN_UP: 'open',
    SMS_COUNTRIES: 'KR=0.03',
    LOOPBACK: 'allow',
    RETENTION_DAYS: '7',
    METRICS_NAMESPACE: 'News',
  });
  expect(JSON.stringify(custom.api?.Properties.Environment.Variables.TOPIC_ARN_PREFIX)).toContain(
    ':News-channel-"',
  );
});
