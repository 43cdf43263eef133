/** Operators see what waits and what is dead, and drive it again. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Api, startApi } from './harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const queue = (name: string) => api.sqs.queues.get(name)!;
const redrive = (name: string) => api.call('POST', `/v1/queues/${name}/redrive`, { token: api.operator });

test('every queue with its counts, in the order in which data flows', async () => {
  Object.assign(queue('PollQueue'), { waiting: 3, delayed: 40, inFlight: 2 });
  Object.assign(queue('MatchQueue'), { dead: 5, seen: 1 });
  const { body } = await api.call('GET', '/v1/queues', { token: api.operator });
  expect(body).toEqual({
    items: [
      { name: 'PollQueue', waiting: 43, inFlight: 2, dead: 0 },
      { name: 'ReadQueue', waiting: 0, inFlight: 0, dead: 0 },
      { name: 'MatchQueue', waiting: 0, inFlight: 0, dead: 6 },
      { name: 'DeliverQueue', waiting: 0, inFlight: 0, dead: 0 },
    ],
  });
});

describe('dead letters', () => {
  beforeEach(() => {
    api.sqs.moved.splice(0);
    api.sqs.race = false;
    Object.assign(queue('MatchQueue'), { dead: 6, seen: 0, task: undefined });
  });

  test('are moved back to their queue by SQS, and the log says by whose token', async () => {
    const { logger } = await import('../../../lambdas/logger.ts');
    const info = vi.spyOn(logger, 'info');
    const { status, body } = await redrive('MatchQueue');
    expect({ status, body }).toEqual({
      status: 202,
      body: { message: 'Dead letters of MatchQueue are driven again: about 6' },
    });
    expect(api.sqs.moved).toEqual([{ from: 'MatchQueueDead', to: 'MatchQueue' }]);
    expect(info).toHaveBeenCalledWith('redrive started', { queue: 'MatchQueue', dead: 6, tokenId: 'op' });
    info.mockRestore();
  });

  test('after a task that is done', async () => {
    queue('MatchQueue').task = 'COMPLETED';
    expect((await redrive('MatchQueue')).status).toBe(202);
  });

  test.each<[string, () => void, number, string]>([
    ['none', () => Object.assign(queue('MatchQueue'), { dead: 0 }), 409, 'nothing-dead'],
    ['on their way', () => Object.assign(queue('MatchQueue'), { task: 'RUNNING' }), 409, 'redrive-running'],
    ['on their way since just now', () => Object.assign(api.sqs, { race: true }), 409, 'redrive-running'],
  ])('%s', async (_title, prepare, status, slug) => {
    prepare();
    const answer = await redrive('MatchQueue');
    expect(answer).toMatchObject({ status, body: { type: `/v1/docs#${slug}` } });
    expect(api.sqs.moved).toEqual([]);
  });

  test.each(['Queue', 'MatchQueueDead', 'constructor', 'matchqueue'])('of no queue: %s', async (name) => {
    expect((await redrive(name)).status).toBe(404);
  });
});
