/**
 * Sends what is due on one channel: claims the delivery, tries, and records how that ended. Every step may die:
 * what was not recorded stands in the index of what is due, and `digest` finds it when its claim is over. See
 * docs/delivery.md.
 */
import { advance, type Delivery, type DeliveryEvent, later } from '../../core/delivery/delivery.ts';
import type { Log } from '../logger.ts';
import { addLatency, addMetric } from '../metrics.ts';
import { attemptDelivery, type Result } from './attempt-delivery.ts';
import type { ChangeOutcome, DeliverPorts, Stored } from './delivery-ports.ts';
import { wakeInTime } from './wake-in-time.ts';

/**
 * Does nothing when the delivery is not due, or is another's: that one, or the end of its claim, sees to it.
 */
export async function sendDelivery(ports: DeliverPorts, due: Stored, log: Log): Promise<void> {
  const claimId = ports.newId();
  const claimed = await claim(ports, due, claimId, log);
  if (claimed === undefined) return;
  const result = await attemptOrFail(ports, due, claimed, claimId, log);
  const at = ports.now();
  const { next, recorded } = await record(
    ports,
    claimed,
    { kind: 'end', claimId, ending: result.ending },
    at,
  );
  summarise(due, next, result, recorded, log);
  if (recorded === 'changed') await wakeInTime(ports, due.id, next, result.ending);
  if (next.state === 'sent') await ports.alerts.markSent(due.id.subscriberId, result.storyIds, at);
}

async function claim(ports: DeliverPorts, due: Stored, claimId: string, log: Log) {
  const next = advance(due.delivery, { kind: 'claim', claimId }, ports.now());
  if (next === 'refused') return undefined;
  const outcome = await ports.deliveries.change(due, next);
  if (outcome.kind !== 'changed') return undefined;
  if (next.state === 'claimed') return outcome.stored;
  countFailure(due, log);
  return undefined;
}

/**
 * What is thrown comes from before the publish, whose own failures are values. It is a failed attempt like any
 * other, with its back-off. Only its name goes further: messages of SNS may hold a phone number.
 */
async function attemptOrFail(
  ports: DeliverPorts,
  due: Stored,
  claimed: Stored,
  claimId: string,
  log: Log,
): Promise<Result> {
  try {
    return await attemptDelivery(ports, due, claimed, claimId);
  } catch (error) {
    const { name } = error as Error;
    log.warn('attempt interrupted', { ...claimed.id, error: name });
    return { storyIds: [], ending: { kind: 'fail', error: name, jitter: ports.random() } };
  }
}

type End = Extract<DeliveryEvent, { kind: 'end' }>;

interface Recorded {
  readonly next: Delivery;
  readonly recorded: ChangeOutcome['kind'];
}

/** A digest that takes no more stories when one is to join it: that one comes by itself, a little later. */
async function record(ports: DeliverPorts, claimed: Stored, event: End, at: string): Promise<Recorded> {
  const next = advance(claimed.delivery, event, at) as Delivery;
  const { kind } = await write(ports, claimed, next);
  const { ending } = event;
  if (kind === 'changed' || ending.kind !== 'collect') return { next, recorded: kind };
  const until = later(ending.slot < at ? at : ending.slot, SECONDS_AFTER_A_DIGEST);
  const hold = { kind: 'hold', hold: 'pacing', until, endsAt: claimed.endsAt } as const;
  return await record(ports, claimed, { ...event, ending: hold }, at);
}

const SECONDS_AFTER_A_DIGEST = 5;

/** After a publish nothing matters more than its record: each try is repeated by the SDK as well. */
const RECORD_TRIES = 3;

/** Who joins a digest meets others there, and tries as often. */
async function write(ports: DeliverPorts, claimed: Stored, next: Delivery): Promise<ChangeOutcome> {
  for (let tries = 1; ; tries++) {
    try {
      const outcome = await ports.deliveries.change(claimed, next);
      const mayHaveMet = outcome.kind === 'lost' && next.state === 'in-digest' && tries < RECORD_TRIES;
      if (!mayHaveMet) return outcome;
    } catch (error) {
      if (tries === RECORD_TRIES) throw error;
    }
  }
}

/** One log line and the metrics of an attempt. */
function summarise(due: Stored, next: Delivery, result: Result, recorded: string, log: Log): void {
  const { ending } = result;
  log.info('delivery attempted', { ...due.id, ...ending, state: next.state, recorded });
  if (next.state === 'failed') countFailure(due, log);
  if (next.state !== 'sent') return;
  addMetric('AlertsSent', result.storyIds.length);
  if (result.spentUsd !== undefined) addMetric('SmsSpendUsd', result.spentUsd);
  if (isFirstTry(due)) addLatency('DeliverLatency', result.matchedAt, next.sentAt);
}

/** Latency is that of the pipeline: neither a digest nor a hold counts. */
function isFirstTry({ delivery }: Stored): boolean {
  return delivery?.state === 'waiting' && delivery.hold === undefined && delivery.attempts === 0;
}

function countFailure({ id }: Stored, log: Log): void {
  addMetric('DeliveriesFailed');
  log.error('delivery failed', { ...id });
}
