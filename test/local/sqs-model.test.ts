/** Random histories of a queue against the obvious model: no message is lost, none is in two hands at once. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { queueArn } from '../../local/services/arn.ts';
import { openSqs } from '../../local/services/sqs.ts';

const visibility = 30;
const maxReceiveCount = 3;

interface ModelMessage {
  readonly body: string;
  visibleAt: number;
  receives: number;
  handle?: string;
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), delaySeconds: fc.constantFrom(0, 0, 5, 60) }),
  fc.record({ kind: fc.constant('receive' as const), max: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ kind: fc.constant('delete' as const), pick: fc.nat() }),
  fc.record({ kind: fc.constant('hide' as const), pick: fc.nat(), seconds: fc.constantFrom(0, 10, 100) }),
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('release' as const) }),
);

test('a queue does what the model does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      let now = 1_000_000;
      let sent = 0;
      let live: ModelMessage[] = [];
      const dead: string[] = [];
      const sqs = openSqs(':memory:', { now: () => now });
      sqs.createQueue('dead');
      const RedrivePolicy = { deadLetterTargetArn: queueArn('dead'), maxReceiveCount };
      sqs.createQueue('queue', { VisibilityTimeout: visibility, RedrivePolicy });
      const inHand = () => live.filter(({ handle, visibleAt }) => handle && visibleAt > now);

      for (const action of steps) {
        switch (action.kind) {
          case 'send': {
            const body = `message ${++sent}`;
            sqs.send('queue', { body, delaySeconds: action.delaySeconds });
            live.push({ body, visibleAt: now + action.delaySeconds * 1000, receives: 0 });
            break;
          }
          case 'receive': {
            const received = await sqs.receive('queue', { max: action.max });
            const visible = live.filter(({ visibleAt }) => visibleAt <= now);
            const alive = visible.filter(({ receives }) => receives < maxReceiveCount);
            expect(received.length > 0).toBe(alive.length > 0);
            for (const { body, receiptHandle, receiveCount } of received) {
              const message = alive.find((candidate) => candidate.body === body)!;
              expect(receiveCount).toBe(++message.receives);
              message.handle = receiptHandle;
              message.visibleAt = now + visibility * 1000;
            }
            const buried = new Set(sqs.messages('dead', -1).map(({ body }) => body));
            for (const { body, receives } of live.filter((message) => buried.has(message.body))) {
              expect(receives).toBe(maxReceiveCount);
              dead.push(body);
            }
            live = live.filter(({ body }) => !buried.has(body));
            break;
          }
          case 'delete': {
            const held = inHand();
            const chosen = held[action.pick % held.length];
            if (!chosen) break;
            sqs.delete('queue', [chosen.handle!]);
            live = live.filter((message) => message !== chosen);
            break;
          }
          case 'hide': {
            const held = inHand();
            const chosen = held[action.pick % held.length];
            if (!chosen) break;
            sqs.changeVisibility('queue', chosen.handle!, action.seconds);
            chosen.visibleAt = now + action.seconds * 1000;
            break;
          }
          case 'wait':
            now += action.seconds * 1000;
            break;
          case 'release':
            sqs.releaseInFlight();
            for (const message of inHand()) message.visibleAt = now;
        }
        const bodies = (queue: string) =>
          sqs
            .messages(queue, -1)
            .map(({ body }) => body)
            .sort();
        expect(bodies('queue')).toEqual(live.map(({ body }) => body).sort());
        expect(bodies('dead')).toEqual([...dead].sort());
        expect(sqs.counts('queue').inFlight).toBe(inHand().length);
      }
      sqs.close();
    }),
    { numRuns: 200 },
  );
});
