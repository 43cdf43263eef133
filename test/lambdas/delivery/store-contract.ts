/** What `deliver` relies on in its stores, run against each implementation. */
import { describe, expect, test } from 'vitest';
import {
  advance,
  type Delivery,
  type DeliveryEvent,
  type DeliveryId,
} from '../../../core/delivery/delivery.ts';
import type { Alert } from '../../../core/model.ts';
import { digestCapacity, type Stored } from '../../../lambdas/delivery/delivery-ports.ts';
import { duePartitions, partition } from '../../../lambdas/keys.ts';
import type { MemoryStores } from './memory-stores.ts';

export type Stores = Pick<MemoryStores, 'alerts' | 'deliveries' | 'budget' | 'paces' | 'readDue'>;

const now = '2026-11-23T08:00:00.000Z';
const hour = '2026-11-23T09:00:00.000Z';
const morning = '2026-11-24T08:00:00.000Z';
const endsAt = '2026-12-23T08:00:00.000Z';

let count = 0;

/** Each test has a subscriber of its own, so that they share the tables. */
function newDelivery(): Stored {
  const id = { subscriberId: `s${++count}`, storyId: 'story', channelId: 'channel' };
  return { id, delivery: undefined, revision: 0, endsAt, storyIds: [] };
}

function channelOf({ subscriberId, channelId }: DeliveryId) {
  return { subscriberId, channelId };
}

function next(stored: Stored, event: DeliveryEvent): Delivery {
  const delivery = advance(stored.delivery, event, now);
  if (delivery === 'refused') throw new Error(`${event.kind} was refused`);
  return delivery;
}

const claim = { kind: 'claim', claimId: 'c' } as const;
const match = { kind: 'match' } as const;

export function storeContract(name: string, stores: () => Stores): void {
  const change = (stored: Stored, event: DeliveryEvent) =>
    stores().deliveries.change(stored, next(stored, event));

  async function changed(stored: Stored, event: DeliveryEvent): Promise<Stored> {
    const outcome = await change(stored, event);
    if (outcome.kind !== 'changed') throw new Error(`${event.kind} was ${outcome.kind}`);
    return outcome.stored;
  }

  const digestOf = ({ id }: Stored, slot: string) => stores().deliveries.read({ ...channelOf(id), slot });

  const sibling = (stored: Stored, storyId: string) =>
    ({ ...stored, id: { ...stored.id, storyId } }) as Stored;

  const fresh = (stored: Stored, storyId: string): Stored => ({
    ...sibling(stored, storyId),
    delivery: undefined,
    revision: 0,
  });

  async function claimDigest(of: Stored, slot: string): Promise<Stored> {
    const digest = (await digestOf(of, slot))!;
    const claimed = { state: 'claimed', claimId: 'c', attempts: 1, dueAt: slot } as const;
    const outcome = await stores().deliveries.change(digest, claimed);
    if (outcome.kind !== 'changed') throw new Error(outcome.kind);
    return outcome.stored;
  }

  describe(`${name}: a delivery`, () => {
    test('is read as it was written, through all its states', async () => {
      let stored = newDelivery();
      expect(await stores().deliveries.read(stored.id)).toBeUndefined();
      const ending = { kind: 'fail', error: 'Throttled', jitter: 0 } as const;
      for (const event of [match, claim, { kind: 'end', claimId: 'c', ending } as const]) {
        stored = await changed(stored, event);
        expect(await stores().deliveries.read(stored.id)).toEqual(stored);
      }
      for (const delivery of [
        { state: 'sent', sentAt: now, messageId: 'm' },
        { state: 'failed', failedAt: now, error: 'Throttled' },
        { state: 'withdrawn', withdrawnAt: now, reason: 'expired' },
      ] as const) {
        const outcome = await stores().deliveries.change(stored, delivery);
        stored = (outcome as { stored: Stored }).stored;
        expect(await stores().deliveries.read(stored.id)).toEqual(stored);
      }
    });

    test('is found by its channel and the time it was sent', async () => {
      const first = await changed(newDelivery(), match);
      const [early, late] = [now, hour];
      const send = async (stored: Stored, sentAt: string) =>
        stores().deliveries.change(stored, { state: 'sent', sentAt, messageId: 'm' });
      await send(first, early);
      await send(await changed(fresh(first, 'later'), match), late);
      await changed(fresh(first, 'waiting'), match);
      const elsewhere = {
        ...first,
        id: { ...first.id, channelId: 'elsewhere' },
        delivery: undefined,
        revision: 0,
      };
      await send(await changed(elsewhere, match), late);
      const { subscriberId, channelId } = first.id;
      const idsSince = async (since: string) =>
        (await stores().deliveries.readSent(subscriberId, channelId, since)).map(
          ({ id }) => 'storyId' in id && id.storyId,
        );
      expect((await idsSince(early)).toSorted()).toEqual(['later', 'story']);
      expect(await idsSince(late)).toEqual(['later']);
    });

    test('is created once', async () => {
      const absent = newDelivery();
      const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => change(absent, match)));
      expect(outcomes.filter(({ kind }) => kind === 'changed')).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === 'lost')).toHaveLength(4);
    });

    test('is claimed once', async () => {
      const waiting = await changed(newDelivery(), match);
      const outcomes = await Promise.all(
        ['a', 'b', 'c', 'd', 'e'].map((claimId) => change(waiting, { kind: 'claim', claimId })),
      );
      expect(outcomes.filter(({ kind }) => kind === 'changed')).toHaveLength(1);
    });

    test('is due while it is open, and failed when it has failed', async () => {
      const waiting = await changed(newDelivery(), match);
      const { subscriberId } = waiting.id;
      expect(await dueOf(subscriberId, '2026-11-23T07:59:59.999Z')).toEqual([]);
      expect(await dueOf(subscriberId, now)).toEqual([{ kind: 'delivery', ...waiting.id }]);
      const outcome = await stores().deliveries.change(waiting, {
        state: 'failed',
        failedAt: now,
        error: 'E',
      });
      expect(await dueOf(subscriberId, endsAt)).toEqual([]);
      const failed = await stores().readDue(partition.failed, endsAt, 1_000);
      expect(failed).toContainEqual({ kind: 'delivery', ...waiting.id });
      await changed((outcome as { stored: Stored }).stored, { kind: 'redrive' });
      expect(await dueOf(subscriberId, now)).toEqual([{ kind: 'delivery', ...waiting.id }]);
    });
  });

  async function dueOf(subscriberId: string, by: string) {
    const partitions = Array.from({ length: duePartitions }, (_, n) => partition.dueNumber(n));
    const due = await Promise.all(partitions.map((key) => stores().readDue(key, by, 1_000)));
    return due.flat().filter((message) => message.subscriberId === subscriberId);
  }

  describe(`${name}: a digest`, () => {
    const join = (slot: string) => ({ kind: 'match', slot }) as const;

    test('opens with its first story and is due at its slot', async () => {
      const first = await changed(newDelivery(), join(hour));
      await changed(sibling(newDelivery(), 'other'), join(hour));
      const digest = await digestOf(first, hour);
      expect(digest).toMatchObject({ delivery: { state: 'open', dueAt: hour }, storyIds: ['story'], endsAt });
      const { subscriberId, channelId } = first.id;
      const due = await dueOf(subscriberId, hour);
      expect(due).toEqual([{ kind: 'digest', subscriberId, channelId, slot: hour }]);
    });

    test('takes more stories, also at once', async () => {
      const first = newDelivery();
      const storyIds = ['a', 'b', 'c', 'd', 'e', 'f'];
      await Promise.all(storyIds.map((storyId) => joinAtLast(sibling(first, storyId))));
      expect((await digestOf(first, hour))?.storyIds.toSorted()).toEqual(storyIds);
    });

    /** Who meets another transaction has to try again. */
    async function joinAtLast(stored: Stored): Promise<void> {
      const outcome = await change(stored, join(hour));
      if (outcome.kind === 'lost') await joinAtLast(stored);
    }

    test('takes a story once', async () => {
      const absent = newDelivery();
      await changed(absent, join(hour));
      expect(await change(absent, join(hour))).toEqual({ kind: 'lost' });
      expect((await digestOf(absent, hour))?.storyIds).toEqual(['story']);
    });

    test('loses a story that is told at once, and may become empty', async () => {
      const joined = await changed(newDelivery(), join(hour));
      await changed(joined, match);
      expect(await digestOf(joined, hour)).toMatchObject({ delivery: { state: 'open' }, storyIds: [] });
    });

    test('loses a story to an earlier one', async () => {
      const joined = await changed(newDelivery(), join(morning));
      await changed(joined, join(hour));
      expect((await digestOf(joined, morning))?.storyIds).toEqual([]);
      expect((await digestOf(joined, hour))?.storyIds).toEqual(['story']);
    });

    test('keeps its stories when it is claimed, and then changes no more', async () => {
      const joined = await changed(newDelivery(), join(hour));
      const frozen = await claimDigest(joined, hour);
      expect(frozen.storyIds).toEqual(['story']);
      expect(await change(joined, match)).toEqual({ kind: 'frozen', slot: hour });
      const late = { ...sibling(joined, 'late'), delivery: undefined, revision: 0 };
      expect(await change(late, join(hour))).toEqual({ kind: 'frozen', slot: hour });
      expect(await stores().deliveries.read(joined.id)).toEqual(joined);
      expect(await stores().deliveries.read(late.id)).toBeUndefined();
      expect(await stores().deliveries.read(frozen.id)).toEqual(frozen);
    });

    test('is found while it is open, or a snooze holds it', async () => {
      const joined = await changed(newDelivery(), join(hour));
      await changed(fresh(joined, 'later'), join(morning));
      const { subscriberId, channelId } = joined.id;
      const readHeld = async () =>
        (await stores().deliveries.readHeld(subscriberId, channelId)).map(({ id }) => id);
      const [early, late] = [hour, morning].map((slot) => ({ subscriberId, channelId, slot }));
      expect(await readHeld()).toEqual([early, late]);
      const claimed = await claimDigest(joined, hour);
      expect(await readHeld()).toEqual([late]);
      const hold = { state: 'waiting', hold: 'snoozed', dueAt: morning, attempts: 0 } as const;
      await stores().deliveries.change(claimed, hold);
      expect(await readHeld()).toEqual([early, late]);
    });

    test('that is full takes no more', async () => {
      const { id, ...late } = newDelivery();
      const storyIds = Array.from({ length: digestCapacity }, (_, n) => `story-${n}`);
      const digest = { ...late, storyIds, id: { ...channelOf(id), slot: hour } };
      await stores().deliveries.change(digest, { state: 'open', dueAt: hour });
      expect(await change({ id, ...late }, join(hour))).toEqual({ kind: 'frozen', slot: hour });
    });

    test('is not claimed by who has not seen its last story', async () => {
      const joined = await changed(newDelivery(), join(hour));
      const seen = (await digestOf(joined, hour))!;
      await changed({ ...sibling(joined, 'late'), delivery: undefined, revision: 0 }, join(hour));
      const claimed = { state: 'claimed', claimId: 'c', attempts: 1, dueAt: hour } as const;
      expect(await stores().deliveries.change(seen, claimed)).toEqual({ kind: 'lost' });
    });
  });

  describe(`${name}: an alert`, () => {
    const watch = (watchId: string) => ({ watchId, version: 1, name: watchId, query: 'a', matchedAt: now });
    const article = { id: 'a', url: 'https://example.com/a', title: 'A', sourceId: 'src' };
    const newAlert = (...watchIds: string[]): Alert => ({
      id: 'story',
      subscriberId: `s${count}`,
      storyId: 'story',
      article,
      seenAt: now,
      matchedAt: now,
      watches: watchIds.map(watch),
    });
    const save = (alert: Alert) => stores().alerts.saveAlert(alert, now, endsAt);
    const read = async () => (await stores().alerts.readAlerts(`s${count}`, ['story', 'none']))[0];

    test('is read as it was written', async () => {
      count++;
      await save(newAlert('w1'));
      expect(await read()).toMatchObject(newAlert('w1'));
    });

    test('takes each further watch once, and keeps what it has', async () => {
      count++;
      await save(newAlert('w1'));
      await save({ ...newAlert('w1', 'w2'), matchedAt: hour, seenAt: hour });
      await save(newAlert('w2'));
      expect(await read()).toMatchObject(newAlert('w1', 'w2'));
    });

    test('takes watches that come at once', async () => {
      count++;
      const watchIds = ['w1', 'w2', 'w3', 'w4', 'w5', 'w6'];
      await Promise.all(watchIds.map((id) => save(newAlert(id))));
      expect((await read())?.watches.map(({ watchId }) => watchId).toSorted()).toEqual(watchIds);
    });

    test('keeps the time when it was first sent', async () => {
      count++;
      await save(newAlert('w1'));
      await stores().alerts.markSent(`s${count}`, ['story', 'none'], hour);
      await stores().alerts.markSent(`s${count}`, ['story'], morning);
      expect(await read()).toMatchObject({ sentAt: hour });
      expect(await stores().alerts.readAlerts(`s${count}`, ['none'])).toEqual([]);
    });
  });

  describe(`${name}: the pace of a channel`, () => {
    const pace = { nextAt: hour, hour: '2026-11-23T08', told: { w: 1 } };

    test('is changed by one of those who read it', async () => {
      const subscriberId = `s${++count}`;
      const { read, replace } = stores().paces;
      const absent = await read(subscriberId, 'c');
      expect(absent).toEqual({ pace: undefined, revision: 0 });
      expect(await replace(subscriberId, 'c', absent, pace)).toBe(true);
      expect(await replace(subscriberId, 'c', absent, pace)).toBe(false);
      const first = await read(subscriberId, 'c');
      expect(first).toEqual({ pace, revision: 1 });
      const wanted = ['a', 'b', 'c'].map((id) =>
        replace(subscriberId, 'c', first, { ...pace, told: { [id]: 1 } }),
      );
      expect((await Promise.all(wanted)).filter(Boolean)).toHaveLength(1);
    });
  });

  describe(`${name}: the budget`, () => {
    const month = () => `2026-11-${++count}`;

    test('is never exceeded', async () => {
      const of = month();
      const reserved = await Promise.all(
        ['a', 'b', 'c', 'd', 'e'].map((token) => reserveAtLast(of, 30, 100, `${of}-${token}`)),
      );
      expect(reserved.filter(Boolean)).toHaveLength(3);
    });

    /** Who meets another transaction has to try again. */
    async function reserveAtLast(
      of: string,
      microUsd: number,
      limit: number,
      token: string,
    ): Promise<boolean> {
      try {
        return await stores().budget.reserve(of, microUsd, limit, token);
      } catch (error) {
        if ((error as Error).name !== 'TransactionCanceledException') throw error;
        return reserveAtLast(of, microUsd, limit, token);
      }
    }

    test('counts a token once, and gives back', async () => {
      const of = month();
      expect(await stores().budget.reserve(of, 101, 100, `${of}-a`)).toBe(false);
      expect(await stores().budget.reserve(of, 60, 100, `${of}-b`)).toBe(true);
      expect(await stores().budget.reserve(of, 60, 100, `${of}-b`)).toBe(true);
      expect(await stores().budget.reserve(of, 60, 100, `${of}-c`)).toBe(false);
      await stores().budget.release(of, 60, `${of}-b`);
      await stores().budget.release(of, 60, `${of}-b`);
      expect(await stores().budget.reserve(of, 100, 100, `${of}-d`)).toBe(true);
      expect(await stores().budget.reserve(of, 1, 100, `${of}-e`)).toBe(false);
    });
  });
}
