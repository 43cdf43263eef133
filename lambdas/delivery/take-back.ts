/** What SNS has given up comes back to DeliverQueue: the delivery is held again, and the failure counted. */
import { advance, type DeliveryId } from '../../core/delivery/delivery.ts';
import { countFailure, disabledUntil, triedAgainAt } from '../../core/delivery/endpoint-failure.ts';
import { failureNotice } from '../../core/message/notice-message.ts';
import type { Log } from '../logger.ts';
import type { Undelivered } from '../messages.ts';
import { readDeliveryName } from './delivery-name.ts';
import type { DeliverPorts } from './delivery-ports.ts';
import { otherChannel, tellOn } from './tell-elsewhere.ts';

/** Notices and what is not ours to repeat have no delivery: then the failure counts alone. */
export async function takeBack(
  ports: DeliverPorts,
  { MessageAttributes }: Undelivered,
  log: Log,
): Promise<void> {
  const id = readDeliveryName(MessageAttributes.delivery.Value);
  const recipient = await ports.recipients.read(id.subscriberId, []);
  const channel = recipient?.channels.find(({ id: channelId }) => channelId === id.channelId);
  if (!recipient || !channel) return;
  const now = ports.now();
  const failures = countFailure(channel, now);
  const until = triedAgainAt(failures, now);
  await holdAgain(ports, id, until);
  // Of many that come back at once one counts, and tells.
  const counts = await ports.recipients.saveFailures(channel, failures);
  const isNew = counts && failures.disabledUntil !== undefined && disabledUntil(channel, now) === undefined;
  const { other } = isNew ? await otherChannel(ports, recipient, channel) : {};
  const told =
    other && (await tellOn(ports, other, channel, failureNotice(channel, other.kind, ports.links.manage)));
  log.warn('message came back', { ...id, failures: failures.failures, until, told });
}

/** Times that somebody else may change it meanwhile. */
const MOST_TRIES = 5;

async function holdAgain(ports: DeliverPorts, id: DeliveryId, until: string): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const stored = await ports.deliveries.read(id);
    const event = { kind: 'return', until, hold: 'endpoint-failing' } as const;
    const next = advance(stored?.delivery, event, ports.now());
    if (stored === undefined || next === 'refused') return;
    if ((await ports.deliveries.change(stored, next)).kind === 'changed') return;
  }
  throw new Error('The delivery kept changing');
}
