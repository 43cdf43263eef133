/** Who reads the news of the day, on which channels, and what they watch for. */

export interface Reader {
  readonly name: string;
  readonly timeZone: string;
  readonly channels: readonly ReaderChannel[];
  readonly watches: readonly ReaderWatch[];
  /** Is told each week what it brought. */
  readonly heartbeat?: boolean;
}

export type Kind = 'email' | 'sms' | 'webhook';

export interface ReaderChannel {
  readonly kind: Kind;
  /** Of a webhook: it is given one. */
  readonly address?: string;
  readonly quietHours?: { readonly from: string; readonly to: string };
  /** UTC; from the beginning, unless given. */
  readonly confirmedAt?: string;
  readonly unsubscribedAt?: string;
}

export interface ReaderWatch {
  readonly name: string;
  readonly query: string;
  readonly frequency?: 'instant' | 'hourly' | 'daily' | 'weekly';
  readonly urgent?: boolean;
  /** Kinds of channel; all, unless given. */
  readonly to?: readonly Kind[];
}

const night = { from: '22:00', to: '07:00' };

export const readers: readonly Reader[] = [
  {
    name: 'ada',
    timeZone: 'Asia/Seoul',
    channels: [{ kind: 'email', address: 'ada@example.com', quietHours: night }],
    watches: [
      { name: 'Strikes', query: 'strike OR walkout' },
      { name: 'Earthquakes', query: 'earthquake OR 지진', urgent: true },
      { name: 'Ferries', query: 'ferry', frequency: 'hourly' },
      { name: 'Inquiries', query: 'inquiry' },
      { name: 'Space', query: 'space OR telescope', frequency: 'daily' },
      { name: 'Shipping', query: 'tanker OR freighter', frequency: 'weekly' },
    ],
  },
  {
    name: 'ben',
    timeZone: 'America/New_York',
    channels: [
      { kind: 'email', address: 'ben@example.com', quietHours: night },
      { kind: 'sms', address: '+12025550123' },
    ],
    watches: [
      { name: 'Results', query: 'title:results', to: ['email'] },
      { name: 'Danger', query: 'strike OR earthquake OR collision OR aground', to: ['sms'] },
      { name: 'Space', query: 'space OR telescope', frequency: 'daily', to: ['email'] },
      { name: 'Shipping', query: 'tanker OR freighter', frequency: 'weekly', to: ['email'] },
    ],
  },
  {
    name: 'cho',
    timeZone: 'Asia/Seoul',
    channels: [{ kind: 'webhook' }],
    watches: [{ name: 'At sea', query: 'ferry OR tanker OR freighter OR dockers' }],
  },
  {
    name: 'dee',
    timeZone: 'America/New_York',
    channels: [{ kind: 'email', address: 'dee@example.com', confirmedAt: '22:00' }],
    watches: [{ name: 'All sorts', query: 'strike OR probe OR ferry OR lighthouse' }],
  },
  {
    name: 'eli',
    timeZone: 'Asia/Seoul',
    channels: [{ kind: 'email', address: 'eli@example.com', unsubscribedAt: '03:00' }, { kind: 'webhook' }],
    watches: [{ name: 'Harbours', query: 'port OR ferry OR collision OR lighthouse', to: ['email'] }],
  },
  {
    name: 'fay',
    timeZone: 'America/New_York',
    channels: [{ kind: 'email', address: 'fay@example.com' }],
    watches: [
      { name: 'Skarvik', query: 'skarvik', frequency: 'hourly' },
      { name: 'Thornquay', query: 'thornquay', frequency: 'daily' },
      { name: 'Wire alone', query: 'source:wire' },
    ],
  },
  {
    name: 'hal',
    timeZone: 'America/New_York',
    channels: [{ kind: 'email', address: 'hal@example.com' }],
    watches: [{ name: 'Volcanoes', query: 'volcano' }],
    heartbeat: true,
  },
  {
    name: 'gus',
    timeZone: 'Europe/Berlin',
    channels: [{ kind: 'email', address: 'gus@example.com' }, { kind: 'webhook' }],
    watches: [{ name: 'Quarterly reports', query: 'title:results AND million' }],
    heartbeat: true,
  },
];

/** USD: two texts of one part. */
export const smsBudgetUsd = 0.07;
export const smsPriceUsd = 0.03;

/** cho's webhook answers nothing. */
export const choIsDown = { from: '19:20', to: '20:30' };
