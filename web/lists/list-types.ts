/** A list as the API shows it. */
import type { ChannelKind, Frequency } from '../api/types.ts';

export interface List {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly query: string;
  readonly reading?: string;
  readonly frequency: Frequency;
  /** On the list's own clock. */
  readonly digestTime?: string | undefined;
  readonly digestDay?: number | undefined;
  readonly timeZone: string;
  readonly paused: boolean;
  /** Its public page. */
  readonly url: string;
  /** For operators. */
  readonly members?: { readonly confirmed: number; readonly pending: number; readonly sms: number };
  /** For subscribers: their phones that follow it. */
  readonly joined?: readonly string[];
}

export interface Story {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly sourceName?: string;
  readonly publishedAt?: string;
  readonly alertedAt: string;
}

export interface Member {
  readonly kind: ChannelKind;
  /** Made unreadable. */
  readonly address: string;
  readonly state: 'pending' | 'confirmed' | 'gone';
}

export const listPath = ({ id }: Pick<List, 'id'>) => `/v1/lists/${id}`;
