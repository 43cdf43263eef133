import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { concurrencyLimit, createFunctions } from '../../local/runner/functions.ts';
import type { FunctionSpec } from '../../local/runner/resources.ts';

const logs = mkdtempSync(join(tmpdir(), 'tocsin-functions-'));
const warnings: string[] = [];

const worker: FunctionSpec = {
  name: 'Sample-Worker',
  arn: 'arn:aws:lambda:us-east-1:000000000000:function:Sample-Worker',
  roleArn: 'arn:aws:iam::000000000000:role/Sample-WorkerRole',
  folder: join(import.meta.dirname, 'fixtures/assembly/asset.sample'),
  handler: 'index.handler',
  memoryMb: 256,
  timeoutSeconds: 20,
  environment: { REGISTRY_TABLE: 'Sample-Registry', AWS_REGION: 'eu-west-1' },
};
const hasty = { ...worker, name: 'Sample-Hasty', timeoutSeconds: 1 };
const broken = { ...worker, name: 'Sample-Broken', handler: 'index.missing' };

const functions = createFunctions({
  specs: [worker, hasty, broken],
  endpoint: 'http://127.0.0.1:4747',
  logs,
  warn: (message) => void warnings.push(message),
});
const call = (event: object, name = worker.name) => functions.invoke(name, event);

afterAll(() => {
  functions.stop();
  rmSync(logs, { recursive: true });
});

test('returns what the handler returned', async () => {
  expect(await call({ act: 'echo', value: { a: ['ü', 1] } })).toEqual({ a: ['ü', 1] });
  expect(await call({ act: 'nothing' })).toBeUndefined();
});

test('has its own environment and none of ours', async () => {
  vi.stubEnv('AWS_CA_BUNDLE', '/tmp/ca.pem');
  const environment = await functions.invoke(hasty.name, { act: 'environment' });
  vi.unstubAllEnvs();
  expect(environment).toMatchObject({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4747',
    AWS_ACCESS_KEY_ID: 'Sample-Hasty',
    AWS_LAMBDA_FUNCTION_NAME: 'Sample-Hasty',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_REGION: 'eu-west-1',
    REGISTRY_TABLE: 'Sample-Registry',
  });
  expect(environment).not.toHaveProperty('AWS_CA_BUNDLE');
  expect(environment).not.toHaveProperty('VITEST');
});

test('is told who it is and how long it has', async () => {
  const context = await call({ act: 'context' });
  expect(context).toMatchObject({
    functionName: 'Sample-Worker',
    functionVersion: '$LATEST',
    invokedFunctionArn: worker.arn,
    memoryLimitInMB: '256',
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  const { remaining } = context as { remaining: number };
  expect(remaining).toBeGreaterThan(0);
  expect(remaining).toBeLessThanOrEqual(20_000);
});

test('stays warm between invocations', async () => {
  const first = (await call({ act: 'count' })) as number;
  expect(await call({ act: 'count' })).toBe(first + 1);
});

describe('errors are those of Lambda', () => {
  test.each<[string, object, string, string]>([
    ['thrown', { act: 'throw', message: 'no such source' }, worker.name, 'TypeError: no such source'],
    [
      'a crash',
      { act: 'exit' },
      worker.name,
      'Runtime.ExitError: RequestId: .* Error: Runtime exited with error: exit status 3',
    ],
    ['a timeout', { act: 'hang' }, hasty.name, 'Sandbox.Timedout: .* Task timed out after 1.00 seconds'],
    ['a bundle that does not load', {}, broken.name, 'Error: index.missing is undefined or not exported'],
  ])('%s', async (_, event, name, message) => {
    await expect(call(event, name)).rejects.toThrow(new RegExp(message));
    expect(warnings.at(-1)).toMatch(new RegExp(`^${name}: ${message}`));
  });

  test('the next invocation has a new environment', async () => {
    await expect(call({ act: 'exit' })).rejects.toThrow('Runtime.ExitError');
    expect(await call({ act: 'echo', value: 1 })).toBe(1);
  });

  test('a function that is not there', async () => {
    await expect(call({}, 'Nobody')).rejects.toThrow('Function not found: Nobody');
  });
});

test('several run at once, up to the limit, and the rest wait', async () => {
  const calls = Array.from({ length: concurrencyLimit * 2 }, () => call({ act: 'wait', ms: 200 }));
  const pids = await Promise.all(calls);
  expect(new Set(pids).size).toBeLessThanOrEqual(concurrencyLimit);
  expect(pids).toHaveLength(concurrencyLimit * 2);
});

test('what it writes goes to its file, and errors are reported', async () => {
  const lines = [
    '{"level":"INFO","message":"polled"}',
    '{"level":"ERROR","message":"run failed","error":{"message":"no grant"}}',
  ];
  await call({ act: 'log', lines });
  await vi.waitFor(() => {
    expect(warnings).toContain('Sample-Worker: run failed: no grant');
    expect(readFileSync(join(logs, 'Sample-Worker.log'), 'utf8')).toContain(lines.join('\n'));
  });
  expect(warnings.join()).not.toContain('polled');
});
