/**
 * Subscribers who follow a list by text. The list knows whose phone it is and no more: state, quiet hours and clock are
 * read where they are kept, so a phone that was removed or answered STOP is none of the list's at once.
 */
import type { Channel, ListMember, Subscriber } from '../../core/model.ts';
import { batchGet } from '../aws/batch-get.ts';
import { readEnvironment } from '../environment.ts';
import { type Key, keys } from '../keys.ts';
import type { RecipientChannel } from './delivery-ports.ts';

const { registryTable: TableName } = readEnvironment('registryTable');

/** @param channels of a subscriber or a list, as stored. @returns members in the form of their channels */
export async function readMembers(channels: readonly (Channel | ListMember)[]): Promise<RecipientChannel[]> {
  const own = channels.filter((one): one is Channel => !isMember(one));
  const members = channels.filter(isMember);
  if (members.length === 0) return own;
  const wanted = members.flatMap(({ subscriberId, channelId }) => [
    keys.channel(subscriberId, channelId),
    keys.subscriber(subscriberId),
  ]);
  const found = await batchGet<Key & (Channel | Subscriber)>(TableName, withoutRepeats(wanted));
  const at = new Map(found.map((item) => [nameOf(item), item]));
  return [...own, ...members.flatMap((member) => phoneOf(member, at))];
}

function phoneOf(
  { subscriberId, channelId }: ListMember,
  found: ReadonlyMap<string, Channel | Subscriber>,
): RecipientChannel[] {
  const channel = found.get(nameOf(keys.channel(subscriberId, channelId))) as Channel | undefined;
  const subscriber = found.get(nameOf(keys.subscriber(subscriberId))) as Subscriber | undefined;
  if (!channel || !subscriber || channel.state === 'gone') return [];
  return [{ ...channel, timeZone: subscriber.timeZone }];
}

function isMember(item: Channel | ListMember): item is ListMember {
  return 'listId' in item;
}

/** DynamoDB refuses a batch with a key that comes twice: a subscriber may have two phones. */
function withoutRepeats(all: readonly Key[]): Key[] {
  return [...new Map(all.map((key) => [nameOf(key), key])).values()];
}

function nameOf({ pk, sk }: Key): string {
  return `${pk} ${sk}`;
}
