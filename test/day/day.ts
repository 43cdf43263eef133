/**
 * A day of the sample newsroom with a fast clock: 1,440 minutes of schedules, queues and readers, one after the other,
 * and what became of it.
 */
import type { InboxMessage } from '../../local/services/inbox-store.ts';
import { startClock } from './clock.ts';
import { openNewsstand } from './newsstand.ts';
import { smsBudgetUsd, smsPriceUsd } from './people.ts';
import { type Pipeline, startPipeline } from './pipeline.ts';
import { type Subscribed, signUpReaders } from './readership.ts';

export interface Day {
  readonly channels: readonly Subscribed[];
  /** What was told, oldest first. */
  readonly messages: readonly InboxMessage[];
  /** What was not told at the end of it. */
  readonly held: readonly Held[];
  /** Answers without news of all papers. */
  readonly unchanged: number;
  /** Messages in the dead-letter queue. */
  readonly dead: number;
}

/** A delivery that waits. */
export interface Held {
  readonly channelId: string;
  readonly title: string;
  readonly state: string;
  readonly why?: string;
  readonly until: string;
}

const INTERVAL_SECONDS = 600;

/** @param start ISO 8601, at 14:00 */
export async function liveThrough(start: string): Promise<Day> {
  const clock = startClock(start);
  const newsstand = await openNewsstand(clock);
  const pipeline = await startPipeline(clock, {
    SMS_COUNTRIES: `US=${smsPriceUsd}`,
    SMS_MONTHLY_BUDGET_USD: '10',
    SMS_SUBSCRIBER_BUDGET_USD: String(smsBudgetUsd),
    SMS_PARTS: '1',
  });
  const readership = await signUpReaders(pipeline, clock);
  try {
    const toAdd = [...newsstand.feeds];
    while (new Date() < clock.end) {
      // One a minute, so that they are never polled in the same one.
      const [next] = toAdd.splice(0, 1);
      if (next) await addSource(pipeline, next);
      await readership.keepUp();
      await pipeline.runMinute();
    }
    return {
      channels: readership.channels,
      messages: pipeline.services.inbox.list().reverse(),
      held: await readHeld(pipeline, readership.channels),
      unchanged: [...newsstand.unchanged.values()].reduce((sum, count) => sum + count, 0),
      dead: pipeline.services.sqs.messages('DeadLetters').length,
    };
  } finally {
    readership.stop();
    newsstand.stop();
    await pipeline.stop();
  }
}

async function addSource(
  { call, operator }: Pipeline,
  [name, url]: readonly [string, string],
): Promise<void> {
  await call('POST', '/v1/sources', operator, { name, url, intervalSeconds: INTERVAL_SECONDS });
}

interface AlertAnswer {
  readonly id: string;
  readonly article: { readonly title: string };
  readonly deliveries: readonly {
    readonly channelId: string;
    readonly state: string;
    readonly why?: string;
    readonly dueAt?: string;
    readonly digestAt?: string;
  }[];
}

const waiting = ['open', 'waiting', 'claimed', 'in-digest'];

async function readHeld({ call }: Pipeline, channels: readonly Subscribed[]): Promise<Held[]> {
  const held: Held[] = [];
  for (const token of new Set(channels.map((channel) => channel.token))) {
    const { items } = await call<{ items: { id: string }[] }>('GET', '/v1/alerts?limit=100', token);
    for (const { id } of items.toReversed()) {
      const { article, deliveries } = await call<AlertAnswer>('GET', `/v1/alerts/${id}`, token);
      for (const { channelId, state, why, dueAt, digestAt } of deliveries) {
        if (!waiting.includes(state)) continue;
        held.push({ channelId, title: article.title, state, why, until: (digestAt ?? dueAt)! });
      }
    }
  }
  return held;
}
