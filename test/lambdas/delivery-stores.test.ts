import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTables, type Tables } from '../tables.ts';
import { memoryStores } from './delivery/memory-stores.ts';
import { type Stores, storeContract } from './delivery/store-contract.ts';

let tables: Tables;
let dynamo: Stores;

beforeAll(async () => {
  tables = await startTables();
  dynamo = {
    alerts: (await import('../../lambdas/delivery/alert-store.ts')).alertStore,
    deliveries: (await import('../../lambdas/delivery/delivery-store.ts')).deliveryStore,
    budget: (await import('../../lambdas/delivery/sms-budget.ts')).smsBudget,
    paces: (await import('../../lambdas/delivery/pace-store.ts')).paceStore,
    readDue: (await import('../../lambdas/delivery/due-deliveries.ts')).readDue,
  };
});
afterAll(() => tables.stop());

const memory = memoryStores();

storeContract('in memory', () => memory);
storeContract('in DynamoDB', () => dynamo);

test('a claim that the SDK repeats because its answer was lost is still ours', async () => {
  const id = { subscriberId: 'repeated', storyId: 'story', channelId: 'channel' };
  const absent = { id, delivery: undefined, revision: 0, endsAt: '2026-12-23T08:00:00.000Z', storyIds: [] };
  const claimed = {
    state: 'claimed',
    claimId: 'ours',
    attempts: 1,
    dueAt: '2026-11-23T08:00:40.000Z',
  } as const;
  const outcomes = [
    await dynamo.deliveries.change(absent, claimed),
    await dynamo.deliveries.change(absent, claimed),
    await dynamo.deliveries.change(absent, { ...claimed, claimId: 'theirs' }),
  ];
  expect(outcomes.map(({ kind }) => kind)).toEqual(['changed', 'changed', 'lost']);
});
