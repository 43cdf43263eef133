/** The ports of one minute of `digest` in the model's world. */
import type { DigestPorts } from '../../../lambdas/digest.ts';
import { faulty } from './faulty-calls.ts';
import type { Working, World } from './world.ts';

export function digestPortsFor(world: World, invocation: Working): DigestPorts {
  const port = <A extends unknown[], R>(effect: (...args: A) => Promise<R>) =>
    faulty(world, invocation, effect);
  return {
    readDue: port(world.stores.readDue),
    readDueChannels: port(async (by, most) =>
      [...world.channels.values()]
        .filter(({ nextCheckAt }) => nextCheckAt !== undefined && nextCheckAt <= by)
        .slice(0, most)
        .map(({ id, subscriberId }) => ({ kind: 'channel', channelId: id, subscriberId })),
    ),
    readDueSubscribers: port(async (by, most) =>
      [...world.stores.heartbeatsAt]
        .flatMap(([subscriberId, at]) => (at <= by ? [subscriberId] : []))
        .slice(0, most),
    ),
    readReading: port(async () => ({ articles: 1_212, healthySources: 14, sources: 14 })),
    queue: port(async (messages) => void world.queue.push(...messages)),
  };
}
