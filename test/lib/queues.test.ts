/** No message is lost: every queue has dead letters, time enough, and tells its failures one by one. */
import { describe, expect, it } from 'vitest';
import { functionsByStep, type Json, type Resource, resourcesOf, synthesize, target } from './template.ts';

const template = synthesize();
const queues = resourcesOf(template, 'AWS::SQS::Queue');
const deadLettersOf = (queue: Resource) =>
  queues.find(({ id }) => id === target(queue.Properties.RedrivePolicy?.deadLetterTargetArn));
const workQueues = queues.filter(deadLettersOf);
const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping');
const functions = functionsByStep(template);

it('are four queues with dead letters each', () => {
  expect(workQueues).toHaveLength(4);
  expect(new Set(workQueues.map((queue) => deadLettersOf(queue)?.id)).size).toBe(4);
  expect(queues).toHaveLength(8);
});

describe.each(queues)('$id', ({ id, Properties }) => {
  it('is encrypted', () => {
    expect(Properties.SqsManagedSseEnabled).toBe(true);
  });

  it('refuses what comes without TLS', () => {
    const [policy] = resourcesOf(template, 'AWS::SQS::QueuePolicy').filter((found) =>
      found.Properties.Queues.some((queue: Json) => target(queue) === id),
    );
    expect(policy?.Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });
});

describe.each(workQueues)('$id', (queue) => {
  const mapping = mappings.find(({ Properties }) => target(Properties.EventSourceArn) === queue.id)!;
  const consumer = Object.values(functions).find(({ id }) => id === target(mapping.Properties.FunctionName))!;

  it('tries five times, then keeps a message for 14 days', () => {
    expect(queue.Properties.RedrivePolicy.maxReceiveCount).toBe(5);
    expect(deadLettersOf(queue)?.Properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
  });

  it('hides a message for six times the timeout of its function', () => {
    expect(queue.Properties.VisibilityTimeout).toBe(6 * consumer.Properties.Timeout);
  });

  it('retries the messages that failed and no others', () => {
    expect(mapping.Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });
});

it('DeliverQueue takes what SNS could not deliver to the channels of this stack', () => {
  const statements = resourcesOf(template, 'AWS::SQS::QueuePolicy').flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement as Json[],
  );
  const bySns = statements.filter((statement) => statement.Principal?.Service === 'sns.amazonaws.com');
  expect(bySns).toHaveLength(1);
  expect(bySns[0]).toMatchObject({ Effect: 'Allow', Action: 'sqs:SendMessage' });
  expect(JSON.stringify(bySns[0]?.Condition)).toMatch(/"ArnLike".*"aws:SourceArn".*Tocsin-channel-\*/);
});

it.each([
  ['poll', 1, 20],
  ['read', 1, 10],
  ['match', 10, 10],
  ['deliver', 5, 10],
])('%s takes %i at a time, in at most %i functions', (step, BatchSize, MaximumConcurrency) => {
  const mapping = mappings.find(({ Properties }) => target(Properties.FunctionName) === functions[step]?.id);
  expect(mapping?.Properties).toMatchObject({ BatchSize, ScalingConfig: { MaximumConcurrency } });
});
