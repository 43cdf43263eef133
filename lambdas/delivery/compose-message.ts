/** What a channel is sent: the pure texts of `core/`, with the article's body where there is one alert. */
import type { Heartbeat } from '../../core/delivery/heartbeat.ts';
import { heartbeatMessage } from '../../core/message/heartbeat-message.ts';
import { alertMessage, digestMessage, type Message } from '../../core/message/message.ts';
import { MOST_STORIES } from '../../core/message/message-limits.ts';
import type { Alert, Channel, ChannelKind, Subscriber } from '../../core/model.ts';
import { inParallel } from '../in-parallel.ts';
import type { DeliverPorts, Stored } from './delivery-ports.ts';

/** @param alerts none for a heartbeat, otherwise at least one; several make a digest, the oldest match first */
export async function composeMessage(
  { articles, links, settings }: Pick<DeliverPorts, 'articles' | 'links' | 'settings'>,
  delivery: Stored,
  alerts: readonly Alert[],
  subscriber: Subscriber,
  { kind }: Channel,
): Promise<Message> {
  const { heartbeat } = delivery;
  const { smsParts } = settings;
  if (heartbeat) return composeHeartbeat(heartbeat, subscriber, kind, links.manage);
  const sorted = alerts.toSorted(byMatch);
  const [alert, ...others] = sorted;
  if (alert === undefined) throw new Error('A message needs an alert');
  const leading = await links.linksOf(delivery, kind, sorted);
  const told = kind === 'sms' ? sorted : await withCopies(articles, sorted);
  if (others.length > 0) return digestMessage[kind](told, subscriber, leading, smsParts);
  const { body } = (await articles.read(alert.article.id)) ?? {};
  return alertMessage[kind](
    { ...told[0]!, article: { ...alert.article, body } },
    subscriber,
    leading,
    smsParts,
  );
}

const AT_A_TIME = 10;

/** Of those that a message tells in full. */
async function withCopies(
  { readCopies }: DeliverPorts['articles'],
  alerts: readonly Alert[],
): Promise<readonly Alert[]> {
  const listed = await inParallel(alerts.slice(0, MOST_STORIES), AT_A_TIME, async (alert) => {
    const copies = await readCopies(alert.storyId, alert.article.id);
    return copies.length === 0 ? alert : { ...alert, copies };
  });
  return [...listed, ...alerts.slice(MOST_STORIES)];
}

function composeHeartbeat(heartbeat: Heartbeat, subscriber: Subscriber, kind: ChannelKind, manage: string) {
  return kind === 'webhook'
    ? heartbeatMessage.webhook(heartbeat)
    : heartbeatMessage.email(heartbeat, subscriber, manage);
}

/** Equal times keep an order, so that a message composed again is the same. */
function byMatch(a: Alert, b: Alert): number {
  const [former, latter] = [a, b].map(({ matchedAt, id }) => `${matchedAt} ${id}`);
  return former! < latter! ? -1 : 1;
}
