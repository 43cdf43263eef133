import { afterAll, beforeAll } from 'vitest';
import { startTables, type Tables } from '../tables.ts';
import { memoryStores } from './delivery/memory-stores.ts';
import { type Stores, storeContract } from './delivery/store-contract.ts';

let tables: Tables;
let dynamo: Stores;

beforeAll(async () => {
  tables = await startTables();
  dynamo = {
    alerts: (await import('../../lambdas/alert-store.ts')).alertStore,
    deliveries: (await import('../../lambdas/delivery-store.ts')).deliveryStore,
    budget: (await import('../../lambdas/sms-budget.ts')).smsBudget,
    readDue: (await import('../../lambdas/due-deliveries.ts')).readDue,
  };
});
afterAll(() => tables.stop());

const memory = memoryStores();

storeContract('in memory', () => memory);
storeContract('in DynamoDB', () => dynamo);
