/** Who lives in the model's world: two subscribers in different zones, with every kind of channel and watch. */
import type { Channel, ChannelKind, Frequency, Subscriber, WatchSettings } from '../../../core/model.ts';

export const epoch = '2026-11-29T12:00:00.000Z';

export const subscribers: readonly Subscriber[] = [
  { id: 'ana', timeZone: 'Asia/Seoul', createdAt: epoch },
  { id: 'ben', timeZone: 'America/New_York', createdAt: epoch },
];

const kinds: readonly ChannelKind[] = ['email', 'webhook', 'sms'];

/** Old enough to be looked at hourly only. */
export const channels: readonly Channel[] = subscribers.flatMap(({ id: subscriberId }) =>
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

/** A text names one story only, so texts take no part in digests here. */
const plans: readonly [name: string, frequency: Frequency, kinds: readonly ChannelKind[]][] = [
  ['now', 'instant', ['email', 'sms']],
  ['now-too', 'instant', ['webhook']],
  ['urgent', 'instant', ['webhook']],
  ['hourly', 'hourly', ['email', 'webhook']],
  ['daily', 'daily', ['email', 'webhook']],
  ['weekly', 'weekly', ['webhook']],
];

export const watches: readonly WatchSettings[] = subscribers.flatMap(({ id: subscriberId }) =>
  plans.map(
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
