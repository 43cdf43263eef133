/** Lets a channel be told only as fast as its reader, and SNS, can bear, and not in its quiet hours. */
import { type Ending, type Hold, later } from '../../core/delivery/delivery.ts';
import { type Asking, takeTurn } from '../../core/delivery/pacing.ts';
import { quietUntil } from '../../core/delivery/quiet-hours.ts';
import type { Alert, Channel } from '../../core/model.ts';
import type { DeliverPorts, Stored } from './delivery-ports.ts';

/** Times that another message may come first. */
const MOST_TRIES = 10;
const SECONDS_BEFORE_ANOTHER_TRY = 10;

/** @returns how the attempt ends when it is not this delivery's turn; undefined when it is */
export async function awaitTurn(
  ports: DeliverPorts,
  due: Stored,
  claimed: Stored,
  alerts: readonly Alert[],
): Promise<Ending | undefined> {
  const { subscriberId, channelId } = claimed.id;
  const asking = toAsking(due, alerts);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const known = await ports.paces.read(subscriberId, channelId);
    const turn = takeTurn(known.pace, asking, ports.now(), ports.settings.mostAlertsAnHour);
    if (turn.pace && !(await ports.paces.replace(subscriberId, channelId, known, turn.pace))) continue;
    if (turn.kind === 'go') return undefined;
    return toEnding(claimed, turn.until, 'pacing', turn.pace !== undefined);
  }
  return hold(claimed, later(ports.now(), SECONDS_BEFORE_ANOTHER_TRY), 'pacing');
}

/** @returns how the attempt ends in quiet hours that none of its watches passes; undefined otherwise */
export function holdWhileQuiet(
  { now }: DeliverPorts,
  claimed: Stored,
  { quietHours }: Channel,
  timeZone: string,
  alerts: readonly Alert[],
): Ending | undefined {
  if (alerts.some(({ watches }) => watches.some(({ urgent }) => urgent))) return undefined;
  const until = quietUntil(quietHours, timeZone, now());
  return until === undefined ? undefined : toEnding(claimed, until, 'quiet-hours');
}

function toAsking({ id, delivery }: Stored, alerts: readonly Alert[]): Asking {
  const watchIds = alerts.flatMap(({ watches }) => watches.map(({ watchId }) => watchId));
  if (!('storyId' in id)) return { kind: 'digest', watchIds };
  const hold = delivery?.state === 'waiting' ? delivery.hold : undefined;
  return { kind: 'alert', watchIds, wasHeld: hold !== undefined && hold !== 'retry' };
}

/** An alert joins others in a digest; a digest waits as it is. */
function toEnding(claimed: Stored, until: string, why: Hold, opens = false): Ending {
  return 'storyId' in claimed.id ? { kind: 'collect', slot: until, opens } : hold(claimed, until, why);
}

function hold({ endsAt }: Stored, until: string, why: Hold): Ending {
  return { kind: 'hold', hold: why, until, endsAt };
}
