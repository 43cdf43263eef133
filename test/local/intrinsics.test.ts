import { describe, expect, test } from 'vitest';
import { noValue, resolveIntrinsics } from '../../local/runner/intrinsics.ts';

const scope = {
  ref: (name: string) => ({ Queue: 'http://here/queue', 'AWS::Region': 'us-east-1' })[name],
  attribute: (id: string, name: string) => (`${id}.${name}` === 'Queue.Arn' ? 'arn:queue' : undefined),
  condition: (name: string) =>
    ({ Yes: { 'Fn::Equals': ['a', 'a'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } })[name],
};

const resolve = (value: unknown) => resolveIntrinsics({ Property: value }, scope, 'Worker');

test.each<[string, unknown, unknown]>([
  ['text', 'as it is', 'as it is'],
  ['Ref', { Ref: 'Queue' }, 'http://here/queue'],
  ['GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:queue'],
  ['GetAtt as text', { 'Fn::GetAtt': 'Queue.Arn' }, 'arn:queue'],
  ['Join', { 'Fn::Join': [':', ['a', { Ref: 'AWS::Region' }]] }, 'a:us-east-1'],
  ['Join of a list made by a function', { 'Fn::Join': ['-', { 'Fn::Split': ['.', 'a.b'] }] }, 'a-b'],
  [
    'Sub of references, attributes and literals',
    { 'Fn::Sub': `\${Queue.Arn} \${AWS::Region} \${!kept}` },
    `arn:queue us-east-1 \${kept}`,
  ],
  ['Sub with values', { 'Fn::Sub': [`\${A}!`, { A: { Ref: 'Queue' } }] }, 'http://here/queue!'],
  ['Select', { 'Fn::Select': ['1', ['a', { Ref: 'Queue' }]] }, 'http://here/queue'],
  ['Select of Split', { 'Fn::Select': [2, { 'Fn::Split': [':', 'a:b:c'] }] }, 'c'],
  ['If', { 'Fn::If': ['Yes', { Ref: 'Queue' }, 'no'] }, 'http://here/queue'],
  ['If not', { 'Fn::If': ['No', 'yes', 'no'] }, 'no'],
  ['And, Or', { 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Or': [{ Condition: 'No' }, true] }] }, true],
  [
    'a Condition block of IAM',
    { Condition: { StringEquals: { key: { Ref: 'AWS::Region' } } } },
    { Condition: { StringEquals: { key: 'us-east-1' } } },
  ],
  ['lists', [{ Ref: 'Queue' }, 1, null], ['http://here/queue', 1, null]],
])('%s', (_, value, expected) => {
  expect(resolve(value)).toEqual({ Property: expected });
});

test('AWS::NoValue leaves the property out', () => {
  const none = { ...scope, ref: (name: string) => (name === 'AWS::NoValue' ? noValue : undefined) };
  expect(
    resolveIntrinsics({ A: { Ref: 'AWS::NoValue' }, B: [1, { Ref: 'AWS::NoValue' }] }, none, 'X'),
  ).toEqual({
    B: [1],
  });
});

describe('an error names resource, property and function', () => {
  test.each<[unknown, string]>([
    [
      { 'Fn::ImportValue': 'x' },
      'Worker: Property uses Fn::ImportValue, which the local runner does not know',
    ],
    [{ Deep: [{ Ref: 'Nobody' }] }, 'Worker: Property.Deep.0 uses Ref: nothing is called Nobody'],
    [
      { 'Fn::GetAtt': ['Queue', 'Colour'] },
      'Worker: Property uses Fn::GetAtt: the local runner knows no attribute Colour of Queue',
    ],
    [
      { 'Fn::Join': ['', [{ 'Fn::Cidr': [] }]] },
      'Worker: Property.0 uses Fn::Cidr, which the local runner does not know',
    ],
    [{ 'Fn::If': ['Perhaps', 1, 2] }, 'Worker: Property uses Fn::If: no condition Perhaps'],
  ])('%j', (value, message) => {
    expect(() => resolve(value)).toThrow(message);
  });
});
