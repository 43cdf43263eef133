/** What SNS has given up comes back to DeliverQueue: the delivery is held again, and the failure counted. */
import { advance } from '../../core/delivery/delivery.ts';
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
  const stored = await ports.deliveries.read(id);
  const until = triedAgainAt(failures, now);
  const next = advance(stored?.delivery, { kind: 'return', until, hold: 'endpoint-failing' }, now);
  if (stored && next !== 'refused') await ports.deliveries.change(stored, next);
  // Of many that come back at once one counts, and tells.
  const counts = await ports.recipients.saveFailures(channel, failures);
  const isNew = counts && failures.disabledUntil !== undefined && disabledUntil(channel, now) === undefined;
  const { other } = isNew ? await otherChannel(ports, recipient, channel) : {};
  const told =
    other && (await tellOn(ports, other, channel, failureNotice(channel, other.kind, ports.links.manage)));
  log.warn('message came back', { ...id, failures: failures.failures, until, told });
}
