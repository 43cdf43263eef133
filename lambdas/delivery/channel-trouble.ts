/** The place of a channel in the index of what an operator should know of. */
import { channelTroubleSince } from '../../core/delivery/channel-trouble.ts';
import { index } from '../../core/indexes.ts';
import type { Channel } from '../../core/model.ts';
import { partition } from '../keys.ts';

const { pk, sk } = index.registryTrouble;

/** Attributes to write with a change of a channel; undefined ones are removed. */
export function channelTrouble(channel: Channel, change: Partial<Channel>, now: string) {
  const since = channelTroubleSince(channel, change, now);
  return { [pk]: since && partition.channelsInTrouble, [sk]: since };
}
