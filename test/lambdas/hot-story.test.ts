/**
 * One article that many subscribers watch for, and another in the midst of it. HOT_SUBSCRIBERS sets how many, and has
 * what it took printed (docs/scale.md).
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { later } from '../../core/delivery/delivery.ts';
import { inParallel } from '../../lambdas/in-parallel.ts';
import { duePartitions, partition } from '../../lambdas/keys.ts';
import { type DeliverHandler, noon, startDeliver } from './delivery/deliver-handler.ts';

const asked = process.env.HOT_SUBSCRIBERS;
const count = Number(asked ?? 300);
const A_PAGE = 25;
/** As `lib/delivery.ts` has them, but for the number of functions, which is ten there. */
const PAGES_AT_ONCE = 5;
const FUNCTIONS = 2;
/** Every subscriber is some hundredths of a second of an embedded database, on a machine with other work. */
const patience = 60_000 + count * 200;

let deliver: DeliverHandler;
let calls = 0;
const everybody = Array.from({ length: count }, (_, n) => `s${n}`);

beforeAll(async () => {
  deliver = await startDeliver();
  for (const id of ['hot', 'other']) {
    await deliver.putArticle({
      id,
      url: `https://news.example/${id}`,
      title: `The ${id} story`,
      sourceId: 'source',
      seenAt: noon,
    });
  }
  await inParallel([...everybody, 'bystander'], 25, join);
  const { dynamo } = await import('../../lambdas/aws/dynamo.ts');
  const counting = (next: (args: unknown) => Promise<unknown>) => (args: unknown) => {
    calls++;
    return next(args);
  };
  dynamo.middlewareStack.add(counting as never, { step: 'initialize', name: 'counting' });
}, patience);
afterAll(() => deliver.stop());

async function join(subscriberId: string): Promise<void> {
  const own = { subscriberId, createdAt: noon };
  await deliver.putSubscriber({ id: subscriberId, timeZone: 'UTC', createdAt: noon });
  await deliver.putChannel({
    ...own,
    id: `mail-${subscriberId}`,
    kind: 'email',
    address: `${subscriberId}@example.com`,
    state: 'confirmed',
    checkedAt: noon,
  });
  for (const id of ['w1', 'w2']) {
    await deliver.putWatch({
      ...own,
      id,
      name: id,
      query: 'story',
      frequency: 'instant',
      channelIds: [],
      paused: false,
      version: 1,
      updatedAt: noon,
    });
  }
}

const pageOf = (storyId: string, subscriberIds: readonly string[]) => ({
  kind: 'matched',
  articleId: storyId,
  storyId,
  matchedAt: noon,
  subscribers: subscriberIds.map((subscriberId) => ({ subscriberId, watchIds: ['w1', 'w2'] })),
});

const told: string[] = [];

/** Takes what was published off the double, which would remember all of it otherwise. */
function takeTold(): void {
  told.push(...deliver.published().map((call) => call.get('TopicArn')!.split('channel-mail-').at(-1)!));
  deliver.sns.calls.length = 0;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function megabytesInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

const HOURS = 5;

/**
 * On a busy machine a publish may find no answer in time. It is due again then, as `digest` finds it.
 *
 * @returns whom that concerned
 */
async function finish(): Promise<Set<string>> {
  const { readDue } = await import('../../lambdas/delivery/due-deliveries.ts');
  const again = new Set<string>();
  for (let hour = 1; hour <= HOURS; hour++) {
    const partitions = Array.from({ length: duePartitions }, (_, n) => partition.dueNumber(n));
    const due = await Promise.all(partitions.map((key) => readDue(key, '2100-01-01T00:00:00.000Z', 1_000)));
    const messages = due.flat();
    if (messages.length === 0) return again;
    deliver.at(later(noon, hour * 3600));
    for (const message of messages) {
      again.add(message.subscriberId);
      expect(await deliver.receive(message)).toEqual([]);
    }
    takeTold();
  }
  throw new Error('Some are still due');
}

test('tells each of them once, and the bystander of the other story in turn', {
  timeout: patience,
}, async () => {
  const pages = Array.from({ length: Math.ceil(count / A_PAGE) }, (_, n) =>
    pageOf('hot', everybody.slice(n * A_PAGE, (n + 1) * A_PAGE)),
  );
  const inFront = Math.floor(pages.length / 2);
  pages.splice(inFront, 0, pageOf('other', ['bystander']));
  const waiting = [...pages];
  const start = performance.now();
  let early = 0;
  const work = async () => {
    while (waiting.length > 0) {
      const failed = await deliver.receive(...waiting.splice(0, PAGES_AT_ONCE));
      expect(failed).toEqual([]);
      takeTold();
      if (early === 0 && waiting.length < pages.length / 2) early = megabytesInUse();
    }
  };
  await Promise.all(Array.from({ length: FUNCTIONS }, work));
  const seconds = (performance.now() - start) / 1000;

  const again = await finish();
  expect([...new Set(told)].toSorted()).toEqual([...everybody, 'bystander'].toSorted());
  const twice = told.filter((id, n) => told.indexOf(id) < n);
  expect(twice.filter((id) => !again.has(id))).toEqual([]);
  // Behind all that stood in front of it, and what is in work beside it: nobody else.
  expect(told.indexOf('bystander')).toBeLessThan((inFront + PAGES_AT_ONCE * FUNCTIONS) * A_PAGE);
  // The second half of a story needs no more memory than the first.
  const late = megabytesInUse();
  expect(late - early).toBeLessThan(16);
  if (asked) {
    const rss = process.memoryUsage.rss() / 2 ** 20;
    console.log({
      subscribers: count,
      perSecond: count / seconds,
      callsEach: calls / count,
      early,
      late,
      rss,
    });
  }
});
