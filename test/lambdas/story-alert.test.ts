/** From `match` to `deliver`: two copies of one report are one alert, and one message. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { variable } from '../../core/environment.ts';
import { watchCalls } from '../aws-calls.ts';
import { type DeliverHandler, noon, startDeliver } from './delivery/deliver-handler.ts';

const deliverQueue = 'https://sqs.test/deliver';
const text =
  'The harbour of Port Ellis reopened on Monday after a storm had closed it for three days, the authority said.';

let deliver: DeliverHandler;
beforeAll(async () => {
  deliver = await startDeliver();
  process.env[variable.deliverQueueUrl] = deliverQueue;
});
afterAll(() => deliver.stop());

test('the copy of another paper joins the alert and sends nothing', async () => {
  const { dynamo } = await import('../../lambdas/aws/dynamo.ts');
  const { sqs } = await import('../../lambdas/aws/queue.ts');
  const { insertArticle } = await import('../../lambdas/article/article-store.ts');
  const { handler: match } = await import('../../lambdas/match.ts');
  const { keys } = await import('../../lambdas/keys.ts');
  const { PutCommand } = await import('@aws-sdk/lib-dynamodb');
  const aws = watchCalls(dynamo, sqs);
  deliver.sns.answer('Publish', { result: '<MessageId>m1</MessageId>' });
  const subscriberId = 'ann';
  await deliver.putSubscriber({ id: subscriberId, timeZone: 'Asia/Seoul', createdAt: noon });
  const mail = {
    id: 'mail',
    subscriberId,
    kind: 'email',
    address: 'ann@example.com',
    subscriptionArn: 'arn:aws:sns:us-east-1:000000000000:Test-channel-mail:1',
    state: 'confirmed',
    checkedAt: noon,
    createdAt: noon,
  } as const;
  await deliver.putChannel(mail);
  for (const [id, query] of [
    ['any', 'harbour'],
    ['evening', 'source:evening harbour'],
  ] as const) {
    const watch = {
      id,
      subscriberId,
      name: id,
      query,
      frequency: 'instant',
      channelIds: [],
      paused: false,
    } as const;
    await deliver.putWatch({ ...watch, version: 1, createdAt: noon, updatedAt: noon });
    const Item = { ...keys.watchChange(noon, id, 1), at: noon, watchId: id, subscriberId, version: 1, query };
    await dynamo.send(new PutCommand({ TableName: process.env[variable.registryTable]!, Item }));
  }

  for (const [n, sourceId] of ['morning', 'evening'].entries()) {
    const id = `${sourceId}-1`;
    const article = {
      id,
      url: `https://${sourceId}.example/`,
      title: `The ${sourceId} report`,
      body: text,
      sourceId,
    };
    const mark = { silent: false, entryHash: id, unmatchedAt: noon };
    await insertArticle(
      { ...article, storyId: id, seenAt: noon, contentHash: `${n}`, ...mark },
      new Date(Date.now() + 1e9),
    );
    const record = {
      body: JSON.stringify({ articleId: id }),
      messageId: id,
      eventSource: 'aws:sqs',
      attributes: {},
    };
    expect(await match({ Records: [record] } as never, {} as never)).toEqual({ batchItemFailures: [] });
    expect(await deliver.receive(...aws.take(deliverQueue).map(({ body }) => body))).toEqual([]);
  }

  const alert = await deliver.readAlert(subscriberId, 'morning-1');
  expect(alert).toMatchObject({
    article: { id: 'morning-1' },
    watches: [{ watchId: 'any' }, { watchId: 'evening' }],
  });
  expect(await deliver.readAlert(subscriberId, 'evening-1')).toBeUndefined();
  expect(deliver.published()).toHaveLength(1);

  // Somebody whom the first did not reach is told of it with what else tells it.
  await deliver.putChannel({ ...mail, id: 'desk' });
  const desk = { name: 'desk', query: 'harbour', frequency: 'instant', paused: false, version: 1 } as const;
  const times = { createdAt: noon, updatedAt: noon };
  await deliver.putWatch({ ...desk, ...times, id: 'desk', subscriberId, channelIds: ['desk'] });
  const page = { kind: 'matched', articleId: 'evening-1', storyId: 'morning-1', matchedAt: noon };
  await deliver.receive({ ...page, subscribers: [{ subscriberId, watchIds: ['desk'] }] });
  expect(deliver.published()).toHaveLength(2);
  expect(deliver.published()[1]!.get('Message')).toContain(
    'Also in\n  evening.example: https://evening.example/',
  );
});
