import { describe, expect, test } from 'vitest';
import { dynamoGrants } from '../../local/services/dynamo-grants.ts';
import { isAllowed, type PolicyStatement } from '../../local/services/iam.ts';
import { parseForm } from '../../local/services/query-protocol.ts';
import { snsGrant } from '../../local/services/sns-wire.ts';
import { sqsGrant } from '../../local/services/sqs-wire.ts';

const allow = (Action: string, Resource: string): PolicyStatement => ({ Effect: 'Allow', Action, Resource });
const deny = (Action: string, Resource: string): PolicyStatement => ({ Effect: 'Deny', Action, Resource });
const queue = 'arn:aws:sqs:us-east-1:000000000000:PollQueue';
const texts: PolicyStatement = {
  Effect: 'Allow',
  Action: 'sns:Publish',
  NotResource: 'arn:aws:sns:*:*:*',
};

describe('isAllowed', () => {
  test.each<[string, PolicyStatement[], string, string, boolean]>([
    ['nothing granted', [], 'sqs:SendMessage', queue, false],
    ['the very grant', [allow('sqs:SendMessage', queue)], 'sqs:SendMessage', queue, true],
    ['an action in another case', [allow('SQS:sendmessage', queue)], 'sqs:SendMessage', queue, true],
    ['another action', [allow('sqs:SendMessage', queue)], 'sqs:ReceiveMessage', queue, false],
    ['another resource', [allow('sqs:SendMessage', queue)], 'sqs:SendMessage', `${queue}2`, false],
    ['a wildcard action', [allow('sqs:Send*', queue)], 'sqs:SendMessage', queue, true],
    ['a wildcard resource', [allow('sqs:*', 'arn:aws:sqs:*:*:Poll*')], 'sqs:SendMessage', queue, true],
    ['one unknown letter', [allow('*', queue.replace('Poll', 'P?ll'))], 'sqs:SendMessage', queue, true],
    ['a dot is no wildcard', [allow('*', 'a.c')], 'x:Y', 'abc', false],
    ['deny over allow', [allow('*', '*'), deny('sqs:SendMessage', queue)], 'sqs:SendMessage', queue, false],
    ['deny of another', [allow('*', '*'), deny('sqs:PurgeQueue', queue)], 'sqs:SendMessage', queue, true],
    ['NotResource: a phone number', [texts], 'sns:Publish', '+15555550100', true],
    ['NotResource: a topic', [texts], 'sns:Publish', 'arn:aws:sns:us-east-1:000000000000:t', false],
    [
      'NotAction',
      [{ Effect: 'Allow', NotAction: ['sqs:PurgeQueue'], Resource: '*' }],
      'sqs:SendMessage',
      queue,
      true,
    ],
    [
      'NotAction: the excepted one',
      [{ Effect: 'Allow', NotAction: ['sqs:PurgeQueue'], Resource: '*' }],
      'sqs:PurgeQueue',
      queue,
      false,
    ],
  ])('%s', (_title, statements, action, resource, expected) => {
    expect(isAllowed([{ Statement: statements }], action, resource)).toBe(expected);
  });

  const under = (Condition: PolicyStatement['Condition'], Effect: 'Allow' | 'Deny' = 'Allow') => ({
    Statement: { Effect, Action: '*', Resource: '*', ...(Condition && { Condition }) },
  });
  test.each<[string, PolicyStatement['Condition'], boolean]>([
    ['a condition that is met', { StringEquals: { 'aws:SourceAccount': '1' } }, true],
    ['one of several values', { StringEquals: { 'aws:SourceAccount': ['2', '1'] } }, true],
    ['a condition that is not met', { StringEquals: { 'aws:SourceAccount': '2' } }, false],
    ['a key that is absent', { ArnLike: { 'aws:SourceArn': '*' } }, false],
    ['an operator we do not know', { NumericLessThan: { 'aws:SourceAccount': '2' } }, false],
  ])('%s', (_title, condition, expected) => {
    expect(isAllowed([under(condition)], 'a:B', 'r', { 'aws:SourceAccount': '1' })).toBe(expected);
  });

  test('a Deny under an operator we do not know denies', () => {
    const policies = [under(undefined), under({ NumericLessThan: { x: '1' } }, 'Deny')];
    expect(isAllowed(policies, 'a:B', 'r')).toBe(false);
  });
});

describe('what a call needs', () => {
  const sqs = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
  test.each([
    ['SendMessage', { QueueUrl: 'http://h/000000000000/q' }, `sqs:SendMessage ${sqs('q')}`],
    ['SendMessageBatch', { QueueUrl: 'http://h/000000000000/q' }, `sqs:SendMessage ${sqs('q')}`],
    ['CreateQueue', { QueueName: 'q' }, `sqs:CreateQueue ${sqs('q')}`],
    ['StartMessageMoveTask', { SourceArn: sqs('dead') }, `sqs:StartMessageMoveTask ${sqs('dead')}`],
    ['ListQueues', {}, 'sqs:ListQueues *'],
  ])('SQS %s', (action, input, expected) => {
    const grant = sqsGrant(action, input);
    expect(`${grant.action} ${grant.resource}`).toBe(expected);
  });

  const sns = (name: string) => `arn:aws:sns:us-east-1:000000000000:${name}`;
  test.each([
    ['Publish', `TopicArn=${sns('t')}`, `sns:Publish ${sns('t')}`],
    ['Publish', 'PhoneNumber=%2B15555550100', 'sns:Publish +15555550100'],
    ['PublishBatch', `TopicArn=${sns('t')}`, `sns:Publish ${sns('t')}`],
    ['CreateTopic', 'Name=t', `sns:CreateTopic ${sns('t')}`],
    ['Subscribe', `TopicArn=${sns('t')}`, `sns:Subscribe ${sns('t')}`],
    ['Unsubscribe', `SubscriptionArn=${sns('t')}:1`, `sns:Unsubscribe ${sns('*')}`],
    ['CheckIfPhoneNumberIsOptedOut', 'phoneNumber=%2B1', `sns:CheckIfPhoneNumberIsOptedOut ${sns('*')}`],
  ])('SNS %s %s', (action, form, expected) => {
    const grant = snsGrant(action, parseForm(form));
    expect(`${grant.action} ${grant.resource}`).toBe(expected);
  });

  const table = (name: string) => `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`;
  test.each([
    ['GetItem', { TableName: 'T' }, [`dynamodb:GetItem ${table('T')}`]],
    ['GetItem', { TableName: table('T') }, [`dynamodb:GetItem ${table('T')}`]],
    ['Query', { TableName: 'T', IndexName: 'due' }, [`dynamodb:Query ${table('T')}/index/due`]],
    [
      'BatchGetItem',
      { RequestItems: { A: {}, B: {} } },
      [`dynamodb:BatchGetItem ${table('A')}`, `dynamodb:BatchGetItem ${table('B')}`],
    ],
    [
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName: 'T' } },
          { Put: { TableName: 'T' } },
          { Update: { TableName: 'T' } },
          { Delete: { TableName: 'T' } },
          { ConditionCheck: { TableName: 'T' } },
        ],
      },
      [
        `dynamodb:PutItem ${table('T')}`,
        `dynamodb:UpdateItem ${table('T')}`,
        `dynamodb:DeleteItem ${table('T')}`,
        `dynamodb:ConditionCheckItem ${table('T')}`,
      ],
    ],
    [
      'TransactGetItems',
      { TransactItems: [{ Get: { TableName: 'T' } }] },
      [`dynamodb:GetItem ${table('T')}`],
    ],
    ['ListTables', {}, ['dynamodb:ListTables *']],
  ])('DynamoDB %s', (action, input, expected) => {
    const grants = dynamoGrants(action, input);
    expect(grants.map((grant) => `${grant.action} ${grant.resource}`)).toEqual(expected);
  });
});
