/** Least privilege: a role allows the calls of its function, on the narrowest resource, and nothing else. */
import { describe, expect, it } from 'vitest';
import { callsOf } from './calls.ts';
import {
  functionsByStep,
  type Json,
  list,
  resourcesOf,
  type Statement,
  statementsOf,
  synthesize,
} from './template.ts';

const withTexts = { smsCountries: 'US=0.0075', smsMonthlyBudgetUsd: '10' };
const template = synthesize(withTexts);
const functions = functionsByStep(template);

/** What Lambda itself needs to write logs, and to work a queue off where the function has one. */
const toLog = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const toConsume = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
];
const consumers = new Set(['poll', 'read', 'match', 'deliver']);
const ofLambda = (step: string) => new Set(consumers.has(step) ? [...toLog, ...toConsume] : toLog);

/** Actions without a resource type: AWS decides them on `*` alone. */
const onEverything: Record<string, string[]> = {
  deliver: ['sns:GetSubscriptionAttributes', 'sns:CheckIfPhoneNumberIsOptedOut'],
  api: ['sns:GetSubscriptionAttributes', 'sns:Unsubscribe', 'sns:CheckIfPhoneNumberIsOptedOut'],
};

const toRedrive = 'DeleteMessage GetQueueAttributes ListMessageMoveTasks ReceiveMessage StartMessageMoveTask';

/** Who may do what where, beside what Lambda needs. */
const expected: Record<string, Record<string, string>> = {
  dispatch: {
    'Registry/index/due': 'Query',
    'Registry/index/trouble': 'Query',
    Registry: 'PutItem',
    PollQueue: 'SendMessage',
  },
  poll: {
    Registry: 'ConditionCheckItem DeleteItem GetItem PutItem UpdateItem',
    Articles: 'BatchGetItem GetItem PutItem UpdateItem',
    Alerts: 'UpdateItem',
    PollQueue: 'SendMessage',
    ReadQueue: 'SendMessage',
    MatchQueue: 'SendMessage',
  },
  read: {
    Registry: 'DeleteItem PutItem',
    Articles: 'GetItem UpdateItem',
    ReadQueue: 'SendMessage',
    MatchQueue: 'SendMessage',
  },
  sweep: { 'Articles/index/unmatched': 'Query', MatchQueue: 'SendMessage' },
  snapshot: {
    Registry: 'Query',
    Snapshots: 'ListBucket',
    'Snapshots/watches.snapshot': 'GetObject PutObject',
  },
  match: {
    Registry: 'Query',
    Snapshots: 'ListBucket',
    'Snapshots/watches.snapshot': 'GetObject',
    Articles: 'BatchGetItem GetItem PutItem UpdateItem',
    Alerts: 'UpdateItem',
    DeliverQueue: 'SendMessage',
  },
  digest: {
    'Alerts/index/due': 'Query',
    'Registry/index/due': 'Query',
    'Registry/index/listing': 'Query',
    DeliverQueue: 'SendMessage',
  },
  deliver: {
    Registry: 'BatchGetItem DeleteItem Query UpdateItem',
    Articles: 'GetItem Query',
    Alerts: 'BatchGetItem GetItem PutItem Query UpdateItem',
    'Alerts/index/timeline': 'Query',
    DeliverQueue: 'SendMessage',
    topics: 'DeleteTopic Publish',
    texts: 'Publish',
    '*': 'CheckIfPhoneNumberIsOptedOut GetSubscriptionAttributes',
  },
  api: {
    Registry: 'ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem',
    'Registry/index/listing': 'Query',
    'Registry/index/trouble': 'Query',
    Articles: 'GetItem Query',
    'Articles/index/recent': 'Query',
    'Articles/index/url': 'Query',
    Alerts: 'BatchGetItem BatchWriteItem GetItem Query UpdateItem',
    'Alerts/index/timeline': 'Query',
    PollQueue: 'GetQueueAttributes SendMessage',
    PollQueueDeadLetters: toRedrive,
    ReadQueue: 'GetQueueAttributes SendMessage',
    ReadQueueDeadLetters: toRedrive,
    MatchQueue: 'GetQueueAttributes SendMessage',
    MatchQueueDeadLetters: toRedrive,
    DeliverQueue: 'GetQueueAttributes SendMessage',
    DeliverQueueDeadLetters: toRedrive,
    topics:
      'ConfirmSubscription CreateTopic DeleteTopic GetTopicAttributes ListSubscriptionsByTopic Publish Subscribe',
    texts: 'Publish',
    '*': 'CheckIfPhoneNumberIsOptedOut GetSubscriptionAttributes Unsubscribe',
  },
};

/** The same of a template. */
function grantsOf(step: string, statements: Statement[]): Record<string, string> {
  const pairs = statements.flatMap(({ Action, Resource, NotResource }) =>
    (NotResource ? ['texts'] : list(Resource).map(nameOf)).flatMap((resource) =>
      list(Action)
        .filter((action) => !ofLambda(step).has(action))
        .map((action) => [resource, action.split(':')[1]!] as const),
    ),
  );
  const byResource = Map.groupBy(pairs, ([resource]) => resource);
  return Object.fromEntries([...byResource].map(([resource, found]) => [resource, sorted(found)]));
}

function sorted(pairs: (readonly [string, string])[]): string {
  return [...new Set(pairs.map(([, action]) => action))].toSorted().join(' ');
}

/** `StorageRegistry5365D477` → `Registry`, the prefix of topics → `topics`. */
function nameOf(resource: Json): string {
  const text = JSON.stringify(resource);
  if (text.includes('-channel-*')) return 'topics';
  const path = /"(\/(index\/\w+|[\w.]+))"/.exec(text)?.[1] ?? '';
  const id = /"([A-Za-z]+?)[0-9A-F]{8}","Arn"/.exec(text)?.[1];
  return id
    ? id.replace(/^(Storage|Polling|Reading|Matching|Delivery|Api)/, '') + path
    : text.replaceAll('"', '');
}

describe.each(Object.keys(functions))('%s', (step) => {
  const statements = statementsOf(template, functions[step]!);
  const actions = statements.flatMap(({ Action }) => list(Action));
  const granted = new Set(actions.filter((action) => !ofLambda(step).has(action)));

  it('may make the calls in its code, and no others', async () => {
    const called = await callsOf(step);
    const missing = [...called].filter((action) => !granted.has(action));
    const idle = [...granted].filter((action) => !called.has(action));
    expect({ step, calledButNotGranted: missing, grantedButNotCalled: idle }).toEqual({
      step,
      calledButNotGranted: [],
      grantedButNotCalled: [],
    });
  });

  it('may do what stands in the table, where it stands', () => {
    expect(grantsOf(step, statements)).toEqual(expected[step]);
  });

  it('names every action', () => {
    expect(statements.flatMap(({ Action }) => list(Action)).filter((action) => action.includes('*'))).toEqual(
      [],
    );
  });

  it('reaches all resources only with actions that have no resource type', () => {
    const open = statements.filter(({ Resource }) => list(Resource).includes('*'));
    expect(open.flatMap(({ Action }) => list(Action)).toSorted()).toEqual(
      (onEverything[step] ?? []).toSorted(),
    );
  });

  it('has no other wildcard than the topics of channels', () => {
    const patterns = statements.flatMap(({ Resource }) => list(Resource)).map((arn) => JSON.stringify(arn));
    const wild = patterns.filter((arn) => arn.includes('*') && arn !== '"*"');
    expect(wild.filter((arn) => !arn.includes(':Tocsin-channel-*"'))).toEqual([]);
  });
});

describe('texts', () => {
  it('may be sent to phone numbers and to no topic', () => {
    const [texts] = statementsOf(template, functions.deliver!).filter(({ NotResource }) => NotResource);
    expect(texts).toMatchObject({ Effect: 'Allow', Action: 'sns:Publish' });
    expect(JSON.stringify(texts?.NotResource)).toMatch(/:sns:\*:\*:\*"/);
  });

  it('may not be sent where no country is configured', () => {
    const off = synthesize();
    const statements = statementsOf(off, functionsByStep(off).deliver!);
    expect(statements.filter(({ NotResource }) => NotResource)).toEqual([]);
    expect(statements.flatMap(({ Action }) => list(Action))).not.toContain(
      'sns:CheckIfPhoneNumberIsOptedOut',
    );
  });
});

describe('schedules', () => {
  const roles = resourcesOf(template, 'AWS::IAM::Role').filter(({ Properties }) =>
    JSON.stringify(Properties.AssumeRolePolicyDocument).includes('scheduler.amazonaws.com'),
  );

  it.each(roles)('$id invokes one function, for this account only', ({ id, Properties }) => {
    const [policy] = resourcesOf(template, 'AWS::IAM::Policy').filter((found) =>
      found.Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === id),
    );
    expect(policy?.Properties.PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'lambda:InvokeFunction',
        Resource: { 'Fn::GetAtt': [expect.any(String), 'Arn'] },
      },
    ]);
    expect(Properties.AssumeRolePolicyDocument.Statement[0].Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
    });
  });
});
