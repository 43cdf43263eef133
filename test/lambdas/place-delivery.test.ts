/** Where a match goes that its digest has no room for. */
import { expect, test } from 'vitest';
import { type DeliverPorts, digestCapacity, type Stored } from '../../lambdas/delivery/delivery-ports.ts';
import { placeDelivery } from '../../lambdas/delivery/place-delivery.ts';
import { memoryStores } from './delivery/memory-stores.ts';

const now = '2026-11-23T08:00:00.000Z';
const end = '2026-11-23T18:00:00.000Z';
const endsAt = '2026-12-23T08:00:00.000Z';
const channel = { subscriberId: 'ann', channelId: 'mail' };

test('of a snooze, or of quiet hours: another a second later, and nothing before', async () => {
  const { deliveries } = memoryStores();
  const storyIds = Array.from({ length: digestCapacity }, (_, n) => `story-${n}`);
  const digest: Stored = {
    id: { ...channel, slot: end },
    delivery: undefined,
    revision: 0,
    endsAt,
    storyIds,
  };
  await deliveries.change(digest, { state: 'open', dueAt: end });
  const ports = { deliveries, now: () => now } as DeliverPorts;
  const place = (storyId: string) =>
    placeDelivery(ports, { id: { ...channel, storyId }, endsAt }, (after) => (after < end ? end : undefined));
  for (const storyId of ['one', 'two']) {
    const { delivery } = await place(storyId);
    expect(delivery).toEqual({ state: 'in-digest', slot: '2026-11-23T18:00:01.000Z' });
  }
});
