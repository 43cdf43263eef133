/** A watch at rest: paused, so that nothing comes of it, or snoozed, so that what comes is told together later. */
import { call, type Problem } from '../api/client.ts';
import type { Watch } from '../api/types.ts';
import { t, untilTime } from '../i18n.ts';
import { useAction } from '../ui/action.ts';
import { toast } from '../ui/toast.tsx';

interface Rest {
  readonly paused?: boolean;
  /** Null: it wakes up. */
  readonly snoozedUntil?: string | null;
}

export interface RestActions {
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  /** Pauses it, with a way back. */
  mute(): void;
  goOn(): void;
  snooze(until: string): void;
  wake(): void;
}

export const watchPath = ({ id }: Pick<Watch, 'id'>) => `/v1/watches/${id}`;

/** Until when it is snoozed; nothing when it is awake. */
export const snoozeOf = ({ snoozedUntil: until }: Watch): string | undefined =>
  until !== undefined && Date.parse(until) > Date.now() ? until : undefined;

/** How it rests, in words; nothing when it does not. */
export function restText(watch: Watch): string | undefined {
  if (watch.paused) return t('watches.paused');
  const until = snoozeOf(watch);
  return until && t('watches.snoozedUntil', { time: untilTime(until) });
}

/** @param onChanged is given the watch as it is then */
export function useRest(watch: Watch, onChanged: (watch: Watch) => void): RestActions {
  const { busy, problem, run } = useAction();
  const set = (rest: Rest, note?: string, back?: Rest) =>
    void run(async () => {
      onChanged(await call<Watch>('PATCH', watchPath(watch), { body: rest }));
      if (note) toast(note, back && (() => set(back)));
    });
  const { name } = watch;
  return {
    busy,
    problem,
    mute: () => set({ paused: true }, t('watches.muted', { name }), { paused: false }),
    goOn: () => set({ paused: false }),
    snooze: (until) =>
      set({ snoozedUntil: until }, t('watches.snoozed', { name, time: untilTime(until) }), {
        snoozedUntil: null,
      }),
    wake: () => set({ snoozedUntil: null }, t('watches.awake', { name })),
  };
}

const DAY_MS = 86_400_000;
/** What the API takes at most. */
export const LONGEST_SNOOZE_DAYS = 31;

export const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();
