/**
 * Erases somebody who signed up and never confirmed. In one transaction the subscriber, the address and its code go, and
 * the channel forgets whose it was; then it is closed like any channel that has no subscriber any more. A crash in
 * between leaves such a channel, which the sweep finds again.
 */
import { DeleteTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Channel } from '../../core/model.ts';
import { addressDelete, addressKey, codeKey } from '../address-key.ts';
import { batchGet } from '../aws/batch-get.ts';
import { dynamo, unlessRefused } from '../aws/dynamo.ts';
import { readEnvironment } from '../environment.ts';
import { keys } from '../keys.ts';

const { registryTable: TableName, topicArnPrefix } = readEnvironment('registryTable', 'topicArnPrefix');
const sns = new SNSClient({});

/** Its address goes before it does. */
type ClosedChannel = Pick<Channel, 'id' | 'kind'> & Partial<Pick<Channel, 'address'>>;

type Writes = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** @returns false when they signed in, or the channel was looked at or confirmed, since it was read */
export async function forgetSignUp(channel: Channel): Promise<boolean> {
  const { subscriberId, id, checkedAt = '' } = channel;
  const forgotten = await write([
    {
      Delete: {
        TableName,
        Key: keys.subscriber(subscriberId),
        ConditionExpression: 'signedUp = :yes AND attribute_not_exists(tokenCount) AND channelCount = :one',
        ExpressionAttributeValues: { ':yes': true, ':one': 1 },
      },
    },
    {
      Update: {
        TableName,
        Key: keys.channel(subscriberId, id),
        UpdateExpression: 'REMOVE address, country',
        ConditionExpression:
          'checkedAt = :known AND attribute_not_exists(confirmedAt) AND #state <> :confirmed',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':known': checkedAt, ':confirmed': 'confirmed' },
      },
    },
    ...addressDeletes(channel),
  ]);
  if (forgotten) await closeOrphan(subscriberId, id);
  return forgotten;
}

/** Closes a channel whose subscriber is gone. The topic first: without its channel nobody would find it. */
export async function closeOrphan(subscriberId: string, channelId: string): Promise<void> {
  const Key = keys.channel(subscriberId, channelId);
  const [channel] = await batchGet<ClosedChannel>(TableName, [Key]);
  if (!channel) return;
  if (channel.kind !== 'sms') {
    await sns.send(new DeleteTopicCommand({ TopicArn: topicArnPrefix + channelId }));
  }
  await write([{ Delete: { TableName, Key } }, ...addressDeletes(channel)]);
}

/** Sets the address free, unless that was done. */
function addressDeletes({ kind, address, id }: ClosedChannel): Writes {
  if (address === undefined || kind === 'list') return [];
  return [addressKey(kind, address), codeKey(kind, address)].map((key) => addressDelete(key, id));
}

async function write(TransactItems: Writes): Promise<boolean> {
  return (await unlessRefused(dynamo.send(new TransactWriteCommand({ TransactItems })))) !== undefined;
}
