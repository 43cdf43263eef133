/** Making a subscriber: the item, the channels, their topics. */
import type { PersonalChannel, Subscriber } from '../../core/model.ts';
import { addressKey } from '../address-key.ts';
import { newId } from '../new-id.ts';
import type { NewChannel } from './address.ts';
import { addressTaken, type Consent, draftChannel, openChannel } from './channel-life.ts';
import { channelPuts } from './channel-store.ts';
import { eraseSubscriber } from './erasure.ts';
import { ApiProblem } from './problems.ts';
import { subscriberPut } from './subscriber-store.ts';
import { transact } from './transactions.ts';
import { refusePrivateWebhook } from './webhook-network.ts';

export interface NewSubscriber extends Pick<Subscriber, 'name' | 'timeZone'> {
  readonly channels: readonly NewChannel[];
}

/**
 * Writes the subscriber with all channels or nothing, then makes the topics. When SNS fails, all of it is
 * removed again, so that the request can be repeated.
 *
 * @throws ApiProblem `address-taken`, `invalid-body`
 */
export async function makeSubscriber(
  { channels: wanted, ...about }: NewSubscriber,
  consent: Consent,
  now: string,
): Promise<Subscriber & { channels: PersonalChannel[] }> {
  refuseRepeats(wanted);
  for (const [place, channel] of wanted.entries()) {
    await refusePrivateWebhook(channel, `/channels/${place}/address`);
  }
  const signedUp = consent === 'by-code' ? { signedUp: true as const } : {};
  const made: Subscriber = { ...about, ...signedUp, id: newId(), createdAt: now };
  const drafts = wanted.map((channel) => draftChannel(made.id, channel, consent, now));
  const refused = await transact([subscriberPut(made, drafts.length), ...drafts.flatMap(channelPuts)]);
  if (refused) throw addressTaken(`/channels/${Math.floor((refused.index - 1) / 2)}/address`);
  try {
    const channels: PersonalChannel[] = [];
    for (const [place, draft] of drafts.entries()) {
      channels.push(await openChannel(draft, now, `/channels/${place}/address`));
    }
    return { ...made, channels };
  } catch (error) {
    await eraseSubscriber(made.id, now);
    throw error;
  }
}

/** Two spellings of one address would meet each other in one transaction, which DynamoDB refuses as a whole. */
function refuseRepeats(channels: readonly NewChannel[]): void {
  const seen = new Set<string>();
  for (const [place, { kind, address }] of channels.entries()) {
    const { pk } = addressKey(kind, address);
    if (seen.has(pk)) {
      const errors = [{ pointer: `/channels/${place}/address`, detail: 'Given twice' }];
      throw new ApiProblem('invalid-body', { errors });
    }
    seen.add(pk);
  }
}
