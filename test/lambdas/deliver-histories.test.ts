/**
 * `deliver` under random histories: faults in every call, crashes at any await, repeated and reordered messages,
 * clocks that are set, channels that come and go. HISTORIES sets how many, SEED repeats a run.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { variable } from '../../core/environment.ts';
import { history, runHistory } from './delivery/history.ts';
import type { Functions } from './delivery/time.ts';

/** The adapters want them; nothing is called. */
for (const name of Object.values(variable)) process.env[name] ??= '1';
process.env[variable.topicArnPrefix] = 'arn:aws:sns:us-east-1:000000000000:Test-';
process.env[variable.smsCountries] = '';
process.env[variable.apiUrl] = 'https://api.example';
process.env[variable.deliverQueueUrl] = 'https://sqs.test/deliver';
process.env[variable.dashboardUrl] = 'https://web.example/';
const { deliver } = await import('../../lambdas/deliver.ts');
const { queueDue } = await import('../../lambdas/digest.ts');

const silent = () => {};
const silentLog = { debug: silent, info: silent, warn: silent, error: silent };

const numRuns = Number(process.env.HISTORIES ?? 2_000);
const seed = process.env.SEED === undefined ? undefined : Number(process.env.SEED);

test(`${numRuns} histories: each story once, none lost, none early, none to who did not confirm`, async () => {
  const property = fc.asyncProperty(history, async (random) => {
    const functions: Functions = {
      deliver: (ports, message) => deliver(ports, message, silentLog),
      digest: (ports, now) => queueDue(ports, now, silentLog),
    };
    expect(await runHistory(random, functions)).toEqual([]);
  });
  await fc.assert(property, { numRuns, seed });
}, 1_800_000);
