/** The stores of `deliver` in memory: atomic calls, the same conditions as the adapters of DynamoDB. */
import type { Delivery, DeliveryId } from '../../../core/delivery/delivery.ts';
import type { Alert } from '../../../core/model.ts';
import {
  type AlertStore,
  type ChangeOutcome,
  type DeliveryStore,
  digestCapacity,
  type HeartbeatStore,
  type Paces,
  type SmsBudget,
  type Stored,
  type StoredPace,
} from '../../../lambdas/delivery/delivery-ports.ts';
import { type DueMessage, dueMessage } from '../../../lambdas/delivery/due-message.ts';
import { type Key, keys, partition } from '../../../lambdas/keys.ts';

export interface MemoryStores {
  readonly alerts: AlertStore;
  readonly deliveries: DeliveryStore;
  readonly budget: SmsBudget;
  readonly paces: Paces;
  readonly heartbeats: HeartbeatStore;
  /** When each subscriber's next heartbeat is due. */
  readonly heartbeatsAt: Map<string, string>;
  readDue(partitionKey: string, by: string, most: number): Promise<DueMessage[]>;
  all(): readonly Stored[];
}

export function memoryStores(): MemoryStores {
  const items = new Map<string, Stored>();
  const heartbeatsAt = new Map<string, string>();
  const alerts = memoryAlerts();
  return {
    alerts,
    deliveries: {
      read: async (id) => items.get(nameOf(id)),
      change: async (stored, next) => change(items, stored, next),
      readHeld: async (subscriberId, channelId) =>
        [...items.values()].filter(
          ({ id, delivery }) =>
            'slot' in id &&
            id.subscriberId === subscriberId &&
            id.channelId === channelId &&
            (delivery?.state === 'open' || (delivery?.state === 'waiting' && delivery.hold === 'snoozed')),
        ),
      readSent: async (subscriberId, channelId, since) =>
        [...items.values()].filter(
          ({ id, delivery }) =>
            id.subscriberId === subscriberId &&
            id.channelId === channelId &&
            delivery?.state === 'sent' &&
            delivery.sentAt >= since,
        ),
    },
    budget: memoryBudget(),
    paces: memoryPaces(),
    heartbeats: memoryHeartbeats(items, heartbeatsAt, alerts),
    heartbeatsAt,
    readDue: async (partitionKey, by, most) =>
      [...items.values()]
        .filter(({ id, delivery }) => dueKeyOf(id, delivery) === partitionKey && dueAtOf(delivery!) <= by)
        .toSorted((a, b) => (dueAtOf(a.delivery!) < dueAtOf(b.delivery!) ? -1 : 1))
        .slice(0, most)
        .map(({ id }) => dueMessage(id)),
    all: () => [...items.values()],
  };
}

function change(items: Map<string, Stored>, stored: Stored, next: Delivery): ChangeOutcome {
  const name = nameOf(stored.id);
  if ((items.get(name)?.revision ?? 0) !== stored.revision) return { kind: 'lost' };
  const moved = moveBetweenDigests(items, stored, next);
  if (!Array.isArray(moved)) return moved;
  const written = { ...stored, delivery: next, revision: stored.revision + 1 };
  for (const item of [...moved, written]) items.set(nameOf(item.id), item);
  return { kind: 'changed', stored: written };
}

/** @returns the digests as they will be, or the one that takes no changes any more */
function moveBetweenDigests(
  items: Map<string, Stored>,
  { id, delivery, endsAt }: Stored,
  next: Delivery,
): Stored[] | Extract<ChangeOutcome, { kind: 'frozen' }> {
  if (!('storyId' in id)) return [];
  const { storyId, ...channel } = id;
  const moved: Stored[] = [];
  if (delivery?.state === 'in-digest') {
    const digest = items.get(nameOf({ ...channel, slot: delivery.slot }));
    if (digest?.delivery?.state !== 'open') return { kind: 'frozen', slot: delivery.slot };
    const storyIds = digest.storyIds.filter((other) => other !== storyId);
    moved.push({ ...digest, storyIds, revision: digest.revision + 1 });
  }
  if (next.state === 'in-digest') {
    const { slot } = next;
    const digest = items.get(nameOf({ ...channel, slot }));
    const isFull = (digest?.storyIds.length ?? 0) >= digestCapacity;
    if (digest && (digest.delivery?.state !== 'open' || isFull)) return { kind: 'frozen', slot };
    moved.push({
      id: { ...channel, slot },
      delivery: { state: 'open', dueAt: slot },
      revision: (digest?.revision ?? 0) + 1,
      storyIds: [...new Set([...(digest?.storyIds ?? []), storyId])],
      endsAt,
    });
  }
  return moved;
}

type MemoryAlerts = AlertStore & Pick<HeartbeatStore, 'readWeek'>;

function memoryAlerts(): MemoryAlerts {
  const alerts = new Map<string, Alert & { readonly alertedAt: string }>();
  const nameOfAlert = (subscriberId: string, storyId: string) => `${subscriberId} ${storyId}`;
  return {
    saveAlert: async (alert, alertedAt) => {
      const name = nameOfAlert(alert.subscriberId, alert.storyId);
      const watches = alerts.get(name)?.watches ?? [];
      const added = alert.watches.filter(({ watchId }) => !watches.some((w) => w.watchId === watchId));
      alerts.set(name, { alertedAt, ...(alerts.get(name) ?? alert), watches: [...watches, ...added] });
    },
    readAlerts: async (subscriberId, storyIds) =>
      storyIds.flatMap((storyId) => alerts.get(nameOfAlert(subscriberId, storyId)) ?? []),
    readWeek: async (subscriberId, from, to) =>
      [...alerts.values()].filter(
        (alert) => alert.subscriberId === subscriberId && from <= alert.alertedAt && alert.alertedAt <= to,
      ),
    markSent: async (subscriberId, storyIds, sentAt) => {
      for (const storyId of storyIds) {
        const name = nameOfAlert(subscriberId, storyId);
        const alert = alerts.get(name);
        if (alert) alerts.set(name, { ...alert, sentAt: alert.sentAt ?? sentAt });
      }
    },
  };
}

function memoryBudget(): SmsBudget {
  const spent = new Map<string, number>();
  const seen = new Set<string>();
  const add = (month: string, microUsd: number, token: string) => {
    if (!seen.has(token)) spent.set(month, (spent.get(month) ?? 0) + microUsd);
    seen.add(token);
  };
  return {
    reserve: async (month, microUsd, limit, token) => {
      const reservation = `${token} reserve`;
      if (!seen.has(reservation) && (spent.get(month) ?? 0) + microUsd > limit) return false;
      add(month, microUsd, reservation);
      return true;
    },
    release: async (month, microUsd, token) => add(month, -microUsd, `${token} release`),
  };
}

function memoryPaces(): Paces {
  const paces = new Map<string, StoredPace>();
  const read = (name: string): StoredPace => paces.get(name) ?? { pace: undefined, revision: 0 };
  return {
    read: async (subscriberId, channelId) => read(`${subscriberId} ${channelId}`),
    replace: async (subscriberId, channelId, { revision }, pace) => {
      const name = `${subscriberId} ${channelId}`;
      if (read(name).revision !== revision) return false;
      paces.set(name, { pace, revision: revision + 1 });
      return true;
    },
  };
}

function memoryHeartbeats(
  items: Map<string, Stored>,
  dueTimes: Map<string, string>,
  { readWeek }: MemoryAlerts,
): HeartbeatStore {
  const move = (subscriberId: string, dueAt: string, nextAt: string) => {
    const isAsKnown = dueTimes.get(subscriberId) === dueAt;
    if (isAsKnown) dueTimes.set(subscriberId, nextAt);
    return isAsKnown;
  };
  return {
    readWeek,
    begin: async (heartbeat, dueAt, nextAt) => {
      const name = nameOf(heartbeat.id);
      if (items.has(name) || !move(heartbeat.id.subscriberId, dueAt, nextAt)) return false;
      items.set(name, { ...heartbeat, revision: 1 });
      return true;
    },
    skip: async (...args) => void move(...args),
  };
}

function keyOf(id: DeliveryId): Key {
  if ('storyId' in id) return keys.delivery(id.subscriberId, id.storyId, id.channelId);
  return 'slot' in id
    ? keys.digest(id.subscriberId, id.channelId, id.slot)
    : keys.heartbeat(id.subscriberId, id.week);
}

export function nameOf(id: DeliveryId): string {
  const { pk, sk } = keyOf(id);
  return `${pk} ${sk}`;
}

function dueKeyOf(id: DeliveryId, delivery: Delivery | undefined): string | undefined {
  if (delivery?.state === 'failed') return partition.failed;
  return delivery && 'dueAt' in delivery ? partition.due(keyOf(id)) : undefined;
}

function dueAtOf(delivery: Delivery): string {
  return 'dueAt' in delivery ? delivery.dueAt : (delivery as { failedAt: string }).failedAt;
}
