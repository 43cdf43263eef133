/** What waits, and what failed too often: seen, and driven again. */
import * as z from 'zod/mini';
import { inParallel } from '../in-parallel.ts';
import { logger } from '../logger.ts';
import { endpoint } from './endpoint.ts';
import { ApiProblem, foundOr404 } from './problems.ts';
import { type QueueName, queueNames, readQueue, startRedrive } from './queue-state.ts';

const queue = z.object({
  name: z.enum(queueNames as [QueueName, ...QueueName[]]),
  waiting: z.number(),
  inFlight: z.number(),
  dead: z.number(),
});

/** The log line says who did it: nothing else keeps it. */
async function redrive(name: QueueName, tokenId: string | undefined): Promise<string> {
  const state = await readQueue(name);
  const { dead } = state;
  if (dead === 0) throw new ApiProblem('nothing-dead');
  if (!(await startRedrive(state))) throw new ApiProblem('redrive-running');
  logger.info('redrive started', { queue: name, dead, tokenId });
  return `Dead letters of ${name} are driven again: about ${dead}`;
}

export const queueEndpoints = [
  endpoint({
    method: 'GET',
    path: '/v1/queues',
    role: 'operator',
    summary: 'The queues of work: what waits, what is worked on, and what failed too often',
    success: [200],
    answer: z.object({ items: z.array(queue) }),
    problems: [],
    work: async () => ({ body: { items: await inParallel(queueNames, queueNames.length, readQueue) } }),
  }),
  endpoint({
    method: 'POST',
    path: '/v1/queues/{name}/redrive',
    role: 'operator',
    summary: 'Drive the dead letters of a queue again; doing so is always safe',
    success: [202],
    problems: ['not-found', 'nothing-dead', 'redrive-running'],
    work: async ({ params, tokenId }) => {
      const name = foundOr404(queueNames.find((known) => known === params.name));
      return { body: { message: await redrive(name, tokenId) } };
    },
  }),
];
