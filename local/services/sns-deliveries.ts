/**
 * Carries webhook and queue deliveries out of the store: each is a row until its endpoint took it, so a kill loses
 * none. A delivery in the inbox and the end of its row are one transaction, so the inbox has it once.
 */
import { nameOf } from './arn.ts';
import { transaction } from './database.ts';
import { bodyOf, postNotice } from './sns-post.ts';
import { effectiveRetryPolicy, retryDelay } from './sns-retry.ts';
import {
  type DeliveryRow,
  type Notice,
  type SnsStore,
  type StoredSubscription,
  subscriptionOf,
  topicOf,
} from './sns-store.ts';
import type { Sqs } from './sqs-types.ts';

export interface Deliveries {
  /** Looks for what is due; call it after queueing. */
  wake(): void;
  /** Carries out what is due and resolves when no attempt is running and nothing is due. */
  settle(): Promise<void>;
  /** Resolves when no attempt is running any more. */
  close(): Promise<void>;
}

const mostAtOnce = 64;

export function startDeliveries(store: SnsStore, sqs: Sqs): Deliveries {
  const running = new Map<number, Promise<void>>();
  const closed = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  const wake = () => {
    clearTimeout(timer);
    if (closed.signal.aborted) return;
    for (const row of dueRows(store, running)) {
      const attempt = deliver(store, sqs, row, closed.signal).finally(() => {
        running.delete(row.id);
        wake();
      });
      running.set(row.id, attempt);
    }
    const next = store.statement.nextDue.get(store.now())?.at as number | null;
    if (next !== null) timer = setTimeout(wake, Math.max(1, next - store.now()));
  };

  return {
    wake,
    async settle() {
      for (wake(); running.size > 0; wake()) await Promise.allSettled(running.values());
    },
    async close() {
      closed.abort();
      clearTimeout(timer);
      await Promise.allSettled(running.values());
    },
  };
}

function dueRows(store: SnsStore, running: ReadonlyMap<number, unknown>): DeliveryRow[] {
  const rows = store.statement.due.all(store.now(), mostAtOnce + running.size) as unknown as DeliveryRow[];
  return rows.filter(({ id }) => !running.has(id)).slice(0, mostAtOnce - running.size);
}

/** One attempt. Leaves the row as it is when the server closes meanwhile. */
async function deliver(store: SnsStore, sqs: Sqs, row: DeliveryRow, closed: AbortSignal): Promise<void> {
  const found = store.statement.subscription.get(row.subscription_arn);
  if (!found) {
    store.statement.done.run(row.id);
    return;
  }
  const subscription = subscriptionOf(found);
  const notice: Notice = JSON.parse(row.notice);
  const outcome = await postNotice(store, sqs, subscription, notice, closed);
  if (closed.aborted && outcome !== 'taken') return;
  if (outcome === 'taken') transaction(store.database, () => record(store, row, subscription, notice));
  else await fail(store, sqs, row, subscription, outcome === 'refused');
}

function record(store: SnsStore, row: DeliveryRow, subscription: StoredSubscription, notice: Notice): void {
  store.statement.done.run(row.id);
  if (subscription.protocol === 'sqs') return;
  store.inbox.add({
    at: new Date(store.now()).toISOString(),
    protocol: subscription.protocol,
    to: subscription.endpoint,
    ...(notice.subject !== undefined && { subject: notice.subject }),
    body: notice.message,
  });
}

/** Queues the next try, or gives up: to the subscription's dead-letter queue where it has one. */
async function fail(
  store: SnsStore,
  sqs: Sqs,
  row: DeliveryRow,
  subscription: StoredSubscription,
  forGood: boolean,
): Promise<void> {
  const topic = store.statement.topic.get(subscription.topicArn);
  const policy = effectiveRetryPolicy(
    topic && topicOf(topic).attributes.DeliveryPolicy,
    subscription.attributes.DeliveryPolicy,
  );
  const delay = forGood ? undefined : retryDelay(policy, row.attempts + 1);
  if (delay !== undefined) {
    store.statement.postpone.run(store.now() + Math.round(delay * 1000), row.id);
    return;
  }
  await bury(store, sqs, subscription, JSON.parse(row.notice));
  store.statement.done.run(row.id);
}

/** As the endpoint would have got it, with its attributes. A request to confirm is just given up. */
async function bury(store: SnsStore, sqs: Sqs, subscription: StoredSubscription, notice: Notice) {
  const { RedrivePolicy } = subscription.attributes;
  if (RedrivePolicy === undefined || notice.type !== 'Notification') return;
  const queue = nameOf(JSON.parse(RedrivePolicy).deadLetterTargetArn);
  if (!sqs.queueNames().includes(queue)) return;
  sqs.send(queue, { body: await bodyOf(store, subscription, notice), sender: 'sns' });
}
