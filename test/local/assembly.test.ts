import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAssembly } from '../../local/runner/assembly.ts';

const folder = join(import.meta.dirname, 'fixtures/assembly');
const assembly = readAssembly(folder, 'http://127.0.0.1:4747');

const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:000000000000:${name}`;

test('a function with its environment', () => {
  expect(assembly.functions).toEqual([
    {
      name: 'Sample-Worker',
      arn: arn('lambda', 'function:Sample-Worker'),
      roleArn: 'arn:aws:iam::000000000000:role/Sample-WorkerRole',
      folder: join(folder, 'asset.sample'),
      handler: 'index.handler',
      memoryMb: 256,
      timeoutSeconds: 2,
      environment: {
        REGISTRY_TABLE: 'Sample-Registry',
        WORK_QUEUE_URL: 'http://127.0.0.1:4747/000000000000/Sample-Work',
        API: 'http://127.0.0.1:4747/v1',
        PREFIX: 'arn:aws:sns:us-east-1',
        PLACE: 'there',
      },
    },
  ]);
});

test('queues with their redrive policies, without those whose condition does not hold', () => {
  expect(assembly.queues.map(({ name, attributes }) => [name, attributes])).toEqual([
    ['Sample-DeadLetters', {}],
    [
      'Sample-Work',
      {
        VisibilityTimeout: '18',
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: arn('sqs', 'Sample-DeadLetters'),
          maxReceiveCount: 5,
        }),
      },
    ],
  ]);
});

test('event sources, schedules, routes and subscriptions', () => {
  expect(assembly.eventSources).toEqual([
    {
      queueArn: arn('sqs', 'Sample-Work'),
      functionName: 'Sample-Worker',
      batchSize: 3,
      batchingWindowSeconds: 0,
      maxConcurrency: 2,
      reportBatchItemFailures: true,
    },
  ]);
  expect(assembly.schedules).toMatchObject([
    { expression: 'rate(1 minute)', input: '{"act":"log","lines":["tick"]}' },
  ]);
  expect(assembly.api).toMatchObject({
    routes: [{ key: '$default', functionName: 'Sample-Worker' }],
    cors: { AllowOrigins: ['https://news.example'] },
  });
  expect(assembly.subscriptions).toEqual([
    { topicArn: arn('sns', 'Sample-Topic'), protocol: 'email', endpoint: 'ops@news.example' },
  ]);
});

test('a table as CreateTable takes it, with its time to live apart', () => {
  const [table] = assembly.tables;
  expect(Object.keys(table!.definition).sort()).toEqual([
    'AttributeDefinitions',
    'BillingMode',
    'KeySchema',
    'TableName',
  ]);
  expect(table!.timeToLiveAttribute).toBe('expiresAt');
});

test('a role has the statements inside it and those of policies attached to it', () => {
  expect(assembly.statements.get('arn:aws:iam::000000000000:role/Sample-WorkerRole')).toEqual([
    expect.objectContaining({ Resource: arn('sqs', 'Sample-Work') }),
    {
      Effect: 'Allow',
      Action: 'dynamodb:Query',
      Resource: arn('dynamodb', 'table/Sample-Registry/index/due'),
    },
  ]);
});

test('outputs and what is left out', () => {
  expect(assembly.outputs).toEqual({
    ApiUrl: 'http://127.0.0.1:4747',
    WorkQueueUrl: 'http://127.0.0.1:4747/000000000000/Sample-Work',
  });
  expect(assembly.ignored).toEqual(['AWS::CDK::Metadata']);
});

describe('what cannot be run is named', () => {
  test.each<[string, (template: Template) => void, string]>([
    [
      'code that is no asset',
      ({ Resources }) => Object.assign(Resources.Worker!.Properties, { Code: { ZipFile: 'x' } }),
      'Worker: Code is no asset of this assembly',
    ],
    [
      'an integration that is no function',
      ({ Resources }) => Object.assign(Resources.Integration!.Properties, { IntegrationUri: 'https://a.b' }),
      'Integration: only Lambda integrations with payload format 2.0 run locally',
    ],
    [
      'a resource that would do nothing here',
      ({ Resources }) => Object.assign(Resources, { Rule: { Type: 'AWS::Events::Rule' } }),
      'Rule: AWS::Events::Rule does not run locally yet',
    ],
  ])('%s', (_, change, message) => {
    const changed = mkdtempSync(join(tmpdir(), 'tocsin-assembly-'));
    cpSync(folder, changed, { recursive: true });
    const file = join(changed, 'Sample.template.json');
    const template = JSON.parse(readFileSync(file, 'utf8'));
    change(template);
    writeFileSync(file, JSON.stringify(template));
    expect(() => readAssembly(changed, 'http://127.0.0.1:1')).toThrow(message);
    rmSync(changed, { recursive: true });
  });

  test('a folder without an assembly', () => {
    expect(() => readAssembly(tmpdir(), 'http://127.0.0.1:1')).toThrow('holds no synthesized assembly');
  });
});

interface Template {
  readonly Resources: Record<string, { Properties: object }>;
}
