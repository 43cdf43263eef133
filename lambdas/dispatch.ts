/**
 * Each minute: the sources that are due before the next one, as one message per host.
 *
 * A host whose lease is held is left for the next minute. Dying between lease and message costs the time of the
 * lease; the sources stay due until they were polled.
 */
import { type DueSource, hostOf, planPolls } from '../core/source/polling.ts';
import { scheduleHandler } from './aws/schedule-envelope.ts';
import { readEnvironment } from './environment.ts';
import { inParallel } from './in-parallel.ts';
import type { Log } from './logger.ts';
import { addMetric } from './metrics.ts';
import { newId } from './new-id.ts';
import { leaseEnd, takeLease } from './source/host-lease.ts';
import { queuePolls } from './source/poll-queue.ts';
import { countSourcesInTrouble, dueSources } from './source/source-store.ts';

const { shortestPollSeconds: shortestSeconds } = readEnvironment('shortestPollSeconds');

/** A little less than a minute, so that what is due is dispatched by one run and not by two. */
const horizonSeconds = 55;

/** Hosts worked on at once. */
const hostsAtOnce = 20;

/**
 * 1. finds what is due; 2. takes the lease of each host; 3. queues the polls of the hosts whose lease it
 * got; 4. counts the sources that the operator should look at.
 */
export async function dispatchPolls(log: Log, now: Date): Promise<void> {
  const sources = await dueSources(new Date(now.getTime() + horizonSeconds * 1000));
  const hosts = [...Map.groupBy(sources, ({ url }) => hostOf(url))];
  const polls = await inParallel(hosts, hostsAtOnce, ([host, group]) => dispatchHost(host, group, now));
  const inTrouble = await countSourcesInTrouble();
  // Without data the alarm is off, and an installation without such sources pays for no metric.
  if (inTrouble > 0) addMetric('SourcesInTrouble', inTrouble);
  log.info('dispatched', {
    sources: sources.length,
    hosts: hosts.length,
    polls: polls.reduce((sum, count) => sum + count, 0),
    inTrouble,
    busyHosts: polls.filter((count) => count === 0).length,
  });
}

/** @returns how many polls were queued: none when another holds the lease */
async function dispatchHost(host: string, sources: readonly DueSource[], now: Date): Promise<number> {
  const window = { now, horizonSeconds, shortestSeconds };
  const lease = { host, leaseId: newId() };
  const taken = await takeLease(lease, leaseEnd(planPolls(sources, window).at(-1)!.at, now), now);
  if (taken === undefined) return 0;
  const polls = planPolls(sources, { ...window, lastSourceId: taken.diedOn });
  await queuePolls(lease, polls, now);
  return polls.length;
}

export const handler = scheduleHandler((log) => dispatchPolls(log, new Date()));
