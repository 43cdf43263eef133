/** Who lives in the model's world: two persons in different zones, with every kind of channel and watch, and a list. */
import type { Channel, ChannelKind, Frequency, Subscriber, WatchSettings } from '../../../core/model.ts';

export const epoch = '2026-11-29T12:00:00.000Z';

export const persons: readonly Subscriber[] = [
  { id: 'ana', timeZone: 'Asia/Seoul', createdAt: epoch },
  { id: 'ben', timeZone: 'America/New_York', createdAt: epoch },
];

export const subscribers: readonly Subscriber[] = [
  ...persons,
  { id: 'town', timeZone: 'UTC', createdAt: epoch },
];

const kinds: readonly ChannelKind[] = ['email', 'webhook', 'sms'];

/** Old enough to be looked at hourly only. */
export const personalChannels: readonly Channel[] = persons.flatMap(({ id: subscriberId }) =>
  kinds.map(
    (kind): Channel => ({
      id: `${subscriberId}-${kind}`,
      subscriberId,
      kind,
      address: kind === 'sms' ? '+821012345678' : 'somewhere',
      country: kind === 'sms' ? 'KR' : undefined,
      state: 'confirmed',
      quietHours: subscriberId === 'ana' && kind === 'webhook' ? { from: '21:00', to: '23:30' } : undefined,
      checkedAt: epoch,
      createdAt: '2026-11-20T12:00:00.000Z',
    }),
  ),
);

/** The list's, which nobody confirms or unsubscribes. */
export const channels: readonly Channel[] = [
  ...personalChannels,
  {
    id: 'town-list',
    subscriberId: 'town',
    kind: 'list',
    address: 'town',
    state: 'confirmed',
    createdAt: '2026-11-20T12:00:00.000Z',
  },
];

type Plan = readonly [name: string, frequency: Frequency, kinds: readonly ChannelKind[]];

/** A text names one story only, so texts take no part in digests here. */
const plans: readonly Plan[] = [
  ['now', 'instant', ['email', 'sms']],
  ['now-too', 'instant', ['webhook']],
  ['urgent', 'instant', ['webhook']],
  ['hourly', 'hourly', ['email', 'webhook']],
  ['daily', 'daily', ['email', 'webhook']],
  ['weekly', 'weekly', ['webhook']],
];

const plansOfList: readonly Plan[] = [
  ['now', 'instant', ['list']],
  ['hourly', 'hourly', ['list']],
];

export const watches: readonly WatchSettings[] = subscribers.flatMap(({ id: subscriberId }) =>
  (subscriberId === 'town' ? plansOfList : plans).map(
    ([name, frequency, to]): WatchSettings => ({
      id: `${subscriberId}-${name}`,
      subscriberId,
      name,
      query: 'news',
      frequency,
      channelIds: to.map((kind) => `${subscriberId}-${kind}`),
      urgent: name === 'urgent',
      paused: false,
      version: 1,
      createdAt: epoch,
      updatedAt: epoch,
    }),
  ),
);

/** Two articles tell the first story. */
export const stories: Readonly<Record<string, string>> = {
  fire: 'fire',
  'fire-again': 'fire',
  flood: 'flood',
  strike: 'strike',
  storm: 'storm',
};

export const smsPriceUsd = 0.03;
export const smsBudgetUsd = 0.07;
export const smsSubscriberBudgetUsd = 0.05;

/** Few, so that stories above it are met often. */
export const mostAlertsAnHour = 2;

/** Messages within a second on one channel. SNS suspends an e-mail subscription above 10. */
export const mostAtOnce = 5;

export function subscriberOf(channelId: string): string {
  return channelId.split('-')[0]!;
}
