import type { WatchSettings } from '../model.ts';

/** Whether a watch tells on a channel of its subscriber's: one that names none tells on all. */
export function tellsOn({ channelIds }: Pick<WatchSettings, 'channelIds'>, channelId: string): boolean {
  return channelIds.length === 0 || channelIds.includes(channelId);
}
