import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { list, redrive } from '../../bin/redrive.ts';
import { partition } from '../../lambdas/keys.ts';
import { type Deployed, startDeployed } from './deployed.ts';

let deployed: Deployed;
beforeAll(async () => {
  deployed = await startDeployed();
  const { sqs } = deployed.clients();
  for (let n = 0; n < 25; n++) {
    const MessageBody = JSON.stringify({ articleId: `a${n}` });
    await sqs.send(new SendMessageCommand({ QueueUrl: deployed.outputs.MatchDeadLettersUrl, MessageBody }));
  }
  await failDelivery();
});
afterAll(() => deployed.stop());

const now = new Date('2026-11-23T12:00:00.000Z');
const id = { subscriberId: 'ana', storyId: 's1', channelId: 'c1' };

/** Goes through the states as `deliver` does, by the same adapter. */
async function failDelivery(): Promise<void> {
  const { deliveryStore } = await import('../../lambdas/delivery/delivery-store.ts');
  const failed = { state: 'failed', failedAt: '2026-11-23T08:00:00.000Z', error: 'SNS said no' } as const;
  const nothing = { id, delivery: undefined, revision: 0, endsAt: '2026-12-23T08:00:00.000Z', storyIds: [] };
  expect(await deliveryStore.change(nothing, failed)).toMatchObject({ kind: 'changed' });
}

it('lists what failed and changes nothing', async () => {
  const lines = await list(deployed.outputs, now);
  expect(lines).toContain('PollQueue: 0 dead letters');
  expect(lines).toContain('MatchQueue: 25 dead letters');
  expect(lines.filter((line) => line.startsWith('  {"articleId"'))).not.toHaveLength(0);
  expect(lines).toContain('deliveries: 1 failed');
  expect(lines.at(-1)).toMatch(/"storyId":"s1".* SNS said no$/);
  expect(await list(deployed.outputs, now)).toContain('MatchQueue: 25 dead letters');
});

it('refuses a name that is nothing here, before it does anything', async () => {
  await expect(redrive(deployed.outputs, ['MatchQueue', 'Match'], now)).rejects.toThrow(
    'No such thing: Match. There are PollQueue, ReadQueue, MatchQueue, DeliverQueue, deliveries, all.',
  );
});

it('moves dead letters back to their queue and makes failed deliveries due', async () => {
  expect(await redrive(deployed.outputs, ['all'], now)).toEqual([
    'PollQueue: 0 driven again',
    'ReadQueue: 0 driven again',
    'MatchQueue: 25 driven again',
    'DeliverQueue: 0 driven again',
    'deliveries: 1 driven again',
  ]);
  expect(await receiveAll(deployed.outputs.MatchQueueUrl)).toHaveLength(25);
  expect(await receiveAll(deployed.outputs.MatchDeadLettersUrl)).toEqual([]);
  const { deliveryStore } = await import('../../lambdas/delivery/delivery-store.ts');
  expect((await deliveryStore.read(id))?.delivery).toEqual({
    state: 'waiting',
    dueAt: now.toISOString(),
    attempts: 0,
  });
  const { readDue } = await import('../../lambdas/delivery/due-deliveries.ts');
  expect(await readDue(partition.failed, now.toISOString(), 10)).toEqual([]);
});

async function receiveAll(QueueUrl: string): Promise<string[]> {
  const { sqs } = deployed.clients();
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60 }),
    );
    if (Messages.length === 0) return bodies;
    bodies.push(...Messages.map(({ Body = '' }) => Body));
  }
}
