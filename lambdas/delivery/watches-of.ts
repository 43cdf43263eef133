/** The watches of alerts as their subscriber has set them now. */
import type { Alert, WatchSettings } from '../../core/model.ts';
import type { DeliverPorts } from './delivery-ports.ts';

/** @returns those that exist and are not paused */
export async function watchesOf(
  { recipients }: Pick<DeliverPorts, 'recipients'>,
  subscriberId: string,
  alerts: readonly Alert[],
): Promise<readonly WatchSettings[]> {
  const watchIds = new Set(alerts.flatMap(({ watches }) => watches.map(({ watchId }) => watchId)));
  const recipient = await recipients.read(subscriberId, [...watchIds]);
  return recipient?.watches.filter(({ paused }) => !paused) ?? [];
}
