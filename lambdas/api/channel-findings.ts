/** Channels that were lost or keep failing, the longest so first: by ids, since addresses are their subscribers' own. */
import { channelFinding } from '../../core/delivery/channel-trouble.ts';
import { index } from '../../core/indexes.ts';
import type { Channel } from '../../core/model.ts';
import { keys, partition } from '../keys.ts';
import type { PageQuery, Place } from './fields.ts';
import { type Page, readPage } from './page.ts';
import { settings } from './settings.ts';

const { name, pk, sk } = index.registryTrouble;

/** As much of a channel as the index holds. */
type Troubled = Pick<Channel, 'id' | 'subscriberId' | 'kind' | 'state' | 'failures'> & {
  readonly troubleSince: string;
};

/** A place among channels names the subscriber too. No id has such a sign in it. */
const SEPARATOR = '_';

export function isAmongChannels({ id }: Place): boolean {
  return id.includes(SEPARATOR);
}

export async function listChannelFindings(page: PageQuery) {
  const { items, next } = await listTroubled(page);
  const findings = items.map((channel) => ({
    kind: 'channel' as const,
    ...channelFinding(channel),
    since: channel.troubleSince,
    subscriberId: channel.subscriberId,
    channelId: channel.id,
    channelKind: channel.kind,
  }));
  return { findings, next };
}

function listTroubled(page: PageQuery): Promise<Page<Troubled>> {
  return readPage(
    {
      query: {
        TableName: settings.registryTable,
        IndexName: name,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': pk },
        ExpressionAttributeValues: { ':pk': partition.channelsInTrouble },
      },
      keyAt: ({ id, at = '' }) => {
        const [subscriberId = '', channelId = ''] = id.split(SEPARATOR);
        return { ...keys.channel(subscriberId, channelId), [pk]: partition.channelsInTrouble, [sk]: at };
      },
      placeOf: ({ subscriberId, id, troubleSince }) => ({
        id: `${subscriberId}${SEPARATOR}${id}`,
        at: troubleSince,
      }),
    },
    page,
  );
}
