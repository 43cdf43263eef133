/**
 * The life of a delivery: one alert, or one digest, on its way through one channel. Every change of its state
 * is one call of `advance`; storage writes the result on the condition that the state it was made from still
 * stands. The diagram is in docs/delivery.md.
 *
 *     const waiting = advance(undefined, { kind: 'match' }, now);
 *     const claimed = advance(waiting, { kind: 'claim', claimId: 'c1' }, now);
 *     const ending = { kind: 'accept', messageId: 'm1' };
 *     const sent = advance(claimed, { kind: 'end', claimId: 'c1', ending }, now);
 */

/** An alert on one channel, a digest on one channel that collects until `slot`, or the heartbeat of a week. */
export type DeliveryId =
  | { readonly subscriberId: string; readonly channelId: string; readonly storyId: string }
  | { readonly subscriberId: string; readonly channelId: string; readonly slot: string }
  | { readonly subscriberId: string; readonly channelId: string; readonly week: string };

/** Why a delivery that was due still waits. */
export type Hold =
  | 'channel-pending'
  | 'channel-gone'
  | 'endpoint-failing'
  | 'sms-off'
  | 'sms-budget'
  | 'quiet-hours'
  | 'snoozed'
  | 'pacing'
  | 'retry';

/**
 * Why a delivery will never be sent. `emptied`: a digest whose stories were all told otherwise. `told-by-mail`: a text
 * that the budget has no room for.
 */
export type Withdrawal = 'channel-removed' | 'expired' | 'emptied' | 'told-by-mail';

/** Times are ISO 8601; `dueAt` is when somebody has to look at it next. */
export type Delivery =
  /** A digest that still takes stories. */
  | { readonly state: 'open'; readonly dueAt: string }
  | { readonly state: 'waiting'; readonly dueAt: string; readonly attempts: number; readonly hold?: Hold }
  /** Being sent by one function, until `dueAt` at the latest. */
  | { readonly state: 'claimed'; readonly dueAt: string; readonly attempts: number; readonly claimId: string }
  /** Told by the channel's digest of that slot, whose state is then this delivery's too. */
  | { readonly state: 'in-digest'; readonly slot: string }
  | { readonly state: 'sent'; readonly sentAt: string; readonly messageId: string }
  | { readonly state: 'failed'; readonly failedAt: string; readonly error: string }
  | { readonly state: 'withdrawn'; readonly withdrawnAt: string; readonly reason: Withdrawal };

/** How an attempt to send ended. */
export type Ending =
  /** SNS took it. */
  | { readonly kind: 'accept'; readonly messageId: string }
  /** SNS did not take it, or did not say. `jitter` is a random number from 0 to 1. */
  | { readonly kind: 'fail'; readonly error: string; readonly jitter: number }
  /** Not now: look again at `until`, unless the alert ends before. */
  | { readonly kind: 'hold'; readonly hold: Hold; readonly until: string; readonly endsAt: string }
  /** Not by itself, but with the digest of a slot; `opens`: which it is the first to join. */
  | { readonly kind: 'collect'; readonly slot: string; readonly opens?: boolean }
  | { readonly kind: 'withdraw'; readonly reason: Withdrawal };

export type DeliveryEvent =
  /** A watch matched; it tells at once, or with the digest of a slot. */
  | { readonly kind: 'match'; readonly slot?: string }
  | { readonly kind: 'claim'; readonly claimId: string }
  | { readonly kind: 'end'; readonly claimId: string; readonly ending: Ending }
  /** An operator drives a failed one again. */
  | { readonly kind: 'redrive' }
  /** Its watch is not snoozed any more. */
  | { readonly kind: 'wake' }
  /** It cannot have been read, since its channel was lost or did not answer: held again, until somebody looks. */
  | { readonly kind: 'return'; readonly until: string; readonly hold: Hold };

/** Longer than the function's timeout (30 s), so that a claim in force means that its holder may be at work. */
export const CLAIM_SECONDS = 40;

/** What a publish and the record of it may take; a claim with less left is not published under. */
export const PUBLISH_SECONDS = 12;

/** After so many claims that came to nothing a delivery has failed: about three hours. */
export const MOST_ATTEMPTS = 10;

const SHORTEST_BACK_OFF_SECONDS = 30;
const LONGEST_BACK_OFF_SECONDS = 3600;

/**
 * The state after an event, or `refused` when the event does not apply to the state: the claim is another's,
 * the delivery is not due, the channel was told already (the match is then grouped).
 *
 * @param delivery undefined while there is none
 */
export function advance(
  delivery: Delivery | undefined,
  event: DeliveryEvent,
  now: string,
): Delivery | 'refused' {
  switch (event.kind) {
    case 'match':
      return match(delivery, event.slot, now);
    case 'claim':
      return claim(delivery, event.claimId, now);
    case 'redrive':
      return delivery?.state === 'failed' ? { state: 'waiting', dueAt: now, attempts: 0 } : 'refused';
    case 'wake':
      return delivery?.state === 'waiting' && delivery.hold === 'snoozed'
        ? { ...delivery, dueAt: now }
        : 'refused';
    case 'return':
      return delivery?.state === 'sent'
        ? { state: 'waiting', dueAt: event.until, attempts: 0, hold: event.hold }
        : 'refused';
    case 'end':
      if (delivery?.state !== 'claimed' || delivery.claimId !== event.claimId) return 'refused';
      return end(delivery, event.ending, now);
  }
}

/** A new delivery, or one that an earlier time pulls out of its digest. Everything else is grouped. */
function match(delivery: Delivery | undefined, slot: string | undefined, now: string) {
  const told: Delivery =
    slot === undefined ? { state: 'waiting', dueAt: now, attempts: 0 } : { state: 'in-digest', slot };
  if (delivery === undefined) return told;
  if (delivery.state !== 'in-digest') return 'refused';
  return slot === undefined || slot < delivery.slot ? told : 'refused';
}

function claim(delivery: Delivery | undefined, claimId: string, now: string): Delivery | 'refused' {
  if (!isOpen(delivery) || delivery.dueAt > now) return 'refused';
  const attempts = delivery.state === 'open' ? 0 : delivery.attempts;
  if (attempts >= MOST_ATTEMPTS) {
    return { state: 'failed', failedAt: now, error: 'every claim ended without a result' };
  }
  return { state: 'claimed', claimId, attempts: attempts + 1, dueAt: later(now, CLAIM_SECONDS) };
}

type Open = Extract<Delivery, { dueAt: string }>;

/** Whether somebody has to look at it at its time. */
function isOpen(delivery: Delivery | undefined): delivery is Open {
  return delivery !== undefined && ['open', 'waiting', 'claimed'].includes(delivery.state);
}

type Claimed = Extract<Delivery, { state: 'claimed' }>;

/** Holds that end by themselves within a day: what is due then is told, although its alert ends meanwhile. */
const passing: readonly Hold[] = ['pacing', 'quiet-hours'];

function end(claimed: Claimed, ending: Ending, now: string): Delivery {
  switch (ending.kind) {
    case 'accept':
      return { state: 'sent', sentAt: now, messageId: ending.messageId };
    case 'withdraw':
      return { state: 'withdrawn', withdrawnAt: now, reason: ending.reason };
    case 'collect':
      return { state: 'in-digest', slot: ending.slot };
    case 'hold':
      return ending.until < ending.endsAt || passing.includes(ending.hold)
        ? { state: 'waiting', dueAt: ending.until, attempts: 0, hold: ending.hold }
        : { state: 'withdrawn', withdrawnAt: now, reason: 'expired' };
    case 'fail':
      return fail(claimed, ending, now);
  }
}

function fail({ attempts }: Claimed, { error, jitter }: { error: string; jitter: number }, now: string) {
  if (attempts >= MOST_ATTEMPTS) return { state: 'failed', failedAt: now, error } as const;
  const dueAt = later(now, backOffSeconds(attempts, jitter));
  return { state: 'waiting', dueAt, attempts, hold: 'retry' } as const;
}

/** Doubles from half a minute up to an hour; the jitter takes up to half of it away. */
export function backOffSeconds(attempts: number, jitter: number): number {
  const full = Math.min(SHORTEST_BACK_OFF_SECONDS * 2 ** (attempts - 1), LONGEST_BACK_OFF_SECONDS);
  return full * (1 - jitter / 2);
}

/** Whether the claim lasts long enough for a publish and its record. */
export function mayPublish(delivery: Delivery, now: string): boolean {
  return delivery.state === 'claimed' && later(now, PUBLISH_SECONDS) <= delivery.dueAt;
}

/** @param seconds may have fractions */
export function later(time: string, seconds: number): string {
  return new Date(Date.parse(time) + seconds * 1000).toISOString();
}
