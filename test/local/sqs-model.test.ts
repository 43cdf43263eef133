/** Random histories of a queue against the obvious model: no message is lost, none is in two hands at once. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { queueArn } from '../../local/services/arn.ts';
import { openSqs } from '../../local/services/sqs.ts';
import type { Sqs } from '../../local/services/sqs-types.ts';

const visibility = 10;
const maxReceiveCount = 3;

interface ModelMessage {
  readonly body: string;
  visibleAt: number;
  receives: number;
  handle?: string;
}

interface History {
  readonly sqs: Sqs;
  readonly clock: { now: number };
  sent: number;
  live: ModelMessage[];
  readonly dead: string[];
}

type Step = (history: History) => Promise<void> | void;

const inHand = ({ live, clock }: History) =>
  live.filter(({ handle, visibleAt }) => handle && visibleAt > clock.now);

const send =
  (delaySeconds: number): Step =>
  (history) => {
    const body = `message ${++history.sent}`;
    history.sqs.send('queue', { body, delaySeconds });
    history.live.push({ body, visibleAt: history.clock.now + delaySeconds * 1000, receives: 0 });
  };

const receive =
  (max: number): Step =>
  async (history) => {
    const visible = history.live.filter(({ visibleAt }) => visibleAt <= history.clock.now);
    const alive = visible.filter(({ receives }) => receives < maxReceiveCount);
    const received = await history.sqs.receive('queue', { max });
    expect(received.length > 0).toBe(alive.length > 0);
    for (const { body, receiptHandle, receiveCount } of received) {
      const message = alive.find((candidate) => candidate.body === body)!;
      expect(receiveCount).toBe(++message.receives);
      message.handle = receiptHandle;
      message.visibleAt = history.clock.now + visibility * 1000;
    }
    bury(history, visible);
  };

/** A receive may move any visible message that was received often enough, and no other. */
function bury(history: History, visible: readonly ModelMessage[]): void {
  const buried = history.sqs.messages('dead', -1).map(({ body }) => body);
  for (const body of buried.filter((candidate) => !history.dead.includes(candidate))) {
    expect(visible.find((message) => message.body === body)?.receives).toBe(maxReceiveCount);
    history.dead.push(body);
  }
  history.live = history.live.filter(({ body }) => !buried.includes(body));
}

const remove =
  (pick: number): Step =>
  (history) => {
    const held = inHand(history);
    const chosen = held[pick % held.length];
    if (!chosen) return;
    history.sqs.delete('queue', [chosen.handle!]);
    history.live = history.live.filter((message) => message !== chosen);
  };

const hide =
  (pick: number, seconds: number): Step =>
  (history) => {
    const held = inHand(history);
    const chosen = held[pick % held.length];
    if (!chosen) return;
    history.sqs.changeVisibility('queue', chosen.handle!, seconds);
    chosen.visibleAt = history.clock.now + seconds * 1000;
  };

const wait =
  (seconds: number): Step =>
  (history) => {
    history.clock.now += seconds * 1000;
  };

const release: Step = (history) => {
  history.sqs.releaseInFlight();
  for (const message of inHand(history)) message.visibleAt = history.clock.now;
};

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(0, 0, 5, 60).map(send) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 10 }).map(receive) },
  { weight: 1, arbitrary: fc.nat().map(remove) },
  { weight: 2, arbitrary: fc.tuple(fc.nat(), fc.constantFrom(0, 5, 100)).map(([n, s]) => hide(n, s)) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 20 }).map(wait) },
  { weight: 1, arbitrary: fc.constant(release) },
);

function expectAgreement(history: History): void {
  const bodies = (queue: string) => history.sqs.messages(queue, -1).map(({ body }) => body);
  expect(bodies('queue').sort()).toEqual(history.live.map(({ body }) => body).sort());
  expect(bodies('dead').sort()).toEqual([...history.dead].sort());
  const delayed = history.live.filter(
    ({ handle, visibleAt }) => !handle && visibleAt > history.clock.now,
  ).length;
  const inFlight = inHand(history).length;
  const visible = history.live.length - delayed - inFlight;
  expect(history.sqs.counts('queue')).toEqual({ visible, inFlight, delayed });
}

test('a queue does what the model does', async () => {
  let buried = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 80, size: 'max' }), async (steps) => {
      const clock = { now: 1_000_000 };
      const sqs = openSqs(':memory:', { now: () => clock.now });
      const history: History = { sqs, clock, sent: 0, live: [], dead: [] };
      sqs.createQueue('dead');
      const RedrivePolicy = { deadLetterTargetArn: queueArn('dead'), maxReceiveCount };
      sqs.createQueue('queue', { VisibilityTimeout: visibility, RedrivePolicy });
      for (const carryOut of steps) {
        await carryOut(history);
        expectAgreement(history);
      }
      buried += history.dead.length;
      sqs.close();
    }),
    { numRuns: 200 },
  );
  expect(buried).toBeGreaterThan(0); // the histories reach the dead-letter queue
});
