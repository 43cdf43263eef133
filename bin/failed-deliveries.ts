/** Deliveries that were given up: shown with their error, or made due again. */
import { advance, type DeliveryId } from '../core/delivery/delivery.ts';
import { variable } from '../core/environment.ts';
import { inParallel } from '../lambdas/in-parallel.ts';
import { partition } from '../lambdas/keys.ts';
import type { StackOutputs } from './stack-outputs.ts';

export interface FailedDelivery {
  readonly id: DeliveryId;
  readonly failedAt: string;
  readonly error: string;
}

/** Up to so many, the longest failed first. */
export async function listFailed(outputs: StackOutputs, now: Date, most: number): Promise<FailedDelivery[]> {
  const { readDue, deliveryStore } = await loadStores(outputs);
  const ids = await readDue(partition.failed, now.toISOString(), most);
  const stored = await inParallel(ids, 10, ({ kind: _, ...id }) => deliveryStore.read(id));
  return stored.flatMap((found) =>
    found?.delivery?.state === 'failed'
      ? [{ id: found.id, failedAt: found.delivery.failedAt, error: found.delivery.error }]
      : [],
  );
}

/** What one run drives again; the index is read once, since it shows changes a little later. */
const mostRedriven = 100_000;

/**
 * Makes all of them due; `digest` queues them within a minute.
 *
 * @returns how many
 */
export async function redriveFailed(outputs: StackOutputs, now: Date): Promise<number> {
  const failed = await listFailed(outputs, now, mostRedriven);
  const done = await inParallel(failed, 10, ({ id }) => redrive(outputs, id, now));
  return done.filter(Boolean).length;
}

async function redrive(outputs: StackOutputs, id: DeliveryId, now: Date): Promise<boolean> {
  const { deliveryStore } = await loadStores(outputs);
  const stored = await deliveryStore.read(id);
  const next = advance(stored?.delivery, { kind: 'redrive' }, now.toISOString());
  if (stored === undefined || next === 'refused') return false;
  return (await deliveryStore.change(stored, next)).kind === 'changed';
}

/** The functions' own adapters, which find their table in the environment when they are loaded. */
async function loadStores({ AlertsTable, region }: StackOutputs) {
  Object.assign(process.env, { AWS_REGION: region, [variable.alertsTable]: AlertsTable });
  const { readDue } = await import('../lambdas/delivery/due-deliveries.ts');
  const { deliveryStore } = await import('../lambdas/delivery/delivery-store.ts');
  return { readDue, deliveryStore };
}
