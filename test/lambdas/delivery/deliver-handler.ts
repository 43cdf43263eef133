/** `deliver` as Lambda runs it: real events through the handler, DynamoDB, an SNS that does as told, a set clock. */
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { vi } from 'vitest';
import { variable } from '../../../core/environment.ts';
import type { Article, Channel, ListMember, Subscriber, WatchSettings } from '../../../core/model.ts';
import type { Key } from '../../../lambdas/keys.ts';
import { watchCalls } from '../../aws-calls.ts';
import { startTables } from '../../tables.ts';
import { startFakeSns } from './fake-sns.ts';

const queueUrl = 'https://sqs.test/deliver';

export const noon = '2026-11-23T12:00:00.000Z';

export type DeliverHandler = Awaited<ReturnType<typeof startDeliver>>;

export async function startDeliver() {
  const tables = await startTables();
  const sns = await startFakeSns();
  Object.assign(process.env, {
    [variable.topicArnPrefix]: 'arn:aws:sns:us-east-1:000000000000:Test-channel-',
    [variable.smsCountries]: 'KR=0.03',
    [variable.smsMonthlyBudgetUsd]: '0.2',
    [variable.smsSubscriberBudgetUsd]: '0.05',
    [variable.smsParts]: '1',
    [variable.retentionDays]: '30',
    [variable.apiUrl]: 'https://api.example',
    [variable.dashboardUrl]: 'https://web.example/',
    [variable.deliverQueueUrl]: queueUrl,
  });
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(noon) });
  const { handler } = await import('../../../lambdas/deliver.ts');
  const { keys, partition } = await import('../../../lambdas/keys.ts');
  const { dynamo } = await import('../../../lambdas/aws/dynamo.ts');
  const { sqs } = await import('../../../lambdas/aws/queue.ts');
  const aws = watchCalls(dynamo, sqs);

  const put = (name: string, Item: object) =>
    dynamo.send(new PutCommand({ TableName: process.env[name], Item: Item as Record<string, unknown> }));

  async function readChannel(subscriberId: string, id: string) {
    const Key = keys.channel(subscriberId, id);
    const { Item } = await dynamo.send(
      new GetCommand({ TableName: process.env[variable.registryTable], Key, ConsistentRead: true }),
    );
    return Item;
  }

  async function readAlerts(key: Key): Promise<Record<string, unknown> | undefined> {
    const { Item } = await dynamo.send(
      new GetCommand({ TableName: process.env[variable.alertsTable], Key: key, ConsistentRead: true }),
    );
    return Item;
  }

  async function readSubscriber(id: string) {
    const { Item } = await dynamo.send(
      new GetCommand({
        TableName: process.env[variable.registryTable],
        Key: keys.subscriber(id),
        ConsistentRead: true,
      }),
    );
    return Item;
  }

  /** One alert of a watch at each of these times. */
  async function putAlerts(subscriberId: string, times: readonly string[]): Promise<void> {
    for (const [n, alertedAt] of times.entries()) {
      const watches = [{ watchId: 'w', version: 1, name: 'Strikes', query: 'strike', matchedAt: alertedAt }];
      const timelineKey = partition.subscriber(subscriberId);
      const Item = { ...keys.alert(subscriberId, `story-${n}`), timelineKey, alertedAt, watches };
      await put(variable.alertsTable, Item);
    }
  }

  return {
    sns,
    readSubscriber,
    putAlerts,
    readHeartbeat: (subscriberId: string, week: string) => readAlerts(keys.heartbeat(subscriberId, week)),
    /** @returns the messages that are received again */
    async receive(...messages: unknown[]): Promise<number[]> {
      const result = await handler(toEvent(messages), {} as Context);
      return (result?.batchItemFailures ?? []).map(({ itemIdentifier }) => Number(itemIdentifier));
    },
    readChannel,
    at: (time: string) => void vi.setSystemTime(new Date(time)),
    /** What was queued since this was last asked. */
    queued: () => aws.take(queueUrl).map(({ body, delaySeconds }) => ({ body, delaySeconds })),
    published: () => sns.calls.filter((call) => call.get('Action') === 'Publish'),
    putSubscriber: (subscriber: Subscriber) =>
      put(variable.registryTable, { ...subscriber, ...keys.subscriber(subscriber.id) }),
    putList: (list: Subscriber) => put(variable.registryTable, { ...list, ...keys.list(list.id) }),
    putMember: (member: ListMember) =>
      put(variable.registryTable, { ...member, ...keys.channel(member.listId, member.channelId) }),
    putChannel: (channel: Channel) =>
      put(variable.registryTable, { ...channel, ...keys.channel(channel.subscriberId, channel.id) }),
    removeChannel: (subscriberId: string, id: string) =>
      dynamo.send(
        new DeleteCommand({
          TableName: process.env[variable.registryTable],
          Key: keys.channel(subscriberId, id),
        }),
      ),
    putWatch: (watch: WatchSettings) =>
      put(variable.registryTable, { ...watch, ...keys.watch(watch.subscriberId, watch.id) }),
    putArticle: (article: Article & { seenAt: string }) =>
      put(variable.articlesTable, { ...article, ...keys.article(article.id) }),
    readAlert: (subscriberId: string, storyId: string) => readAlerts(keys.alert(subscriberId, storyId)),
    readDelivery: (subscriberId: string, storyId: string, channelId: string) =>
      readAlerts(keys.delivery(subscriberId, storyId, channelId)),
    readDigest: (subscriberId: string, channelId: string, slot: string) =>
      readAlerts(keys.digest(subscriberId, channelId, slot)),
    stop() {
      vi.useRealTimers();
      sns.stop();
      tables.stop();
    },
  };
}

function toEvent(messages: readonly unknown[]): SQSEvent {
  const record = (message: unknown, n: number) =>
    ({
      body: JSON.stringify(message),
      messageId: String(n),
      eventSource: 'aws:sqs',
      attributes: { ApproximateReceiveCount: '1' },
    }) as SQSRecord;
  return { Records: messages.map(record) };
}
