/**
 * Turns the matches of one article into alerts and deliveries: one alert per subscriber and story, one delivery
 * per channel. All writes are conditional, so that the same page may come twice, or while another page about the
 * same story is being worked on.
 */
import { later } from '../../core/delivery/delivery.ts';
import { earliestSlot } from '../../core/delivery/quiet-hours.ts';
import { tellsOn } from '../../core/delivery/tells-on.ts';
import type { Alert, Article, WatchSettings } from '../../core/model.ts';
import { inParallel } from '../in-parallel.ts';
import type { Log } from '../logger.ts';
import type { MatchedPage } from '../messages.ts';
import type { DeliverPorts, Recipient, SeenArticle, Stored } from './delivery-ports.ts';
import { placeDelivery } from './place-delivery.ts';
import { sendDelivery } from './send-delivery.ts';

/** Subscribers of a page that are worked on at a time. */
const AT_A_TIME = 5;

/** After so long what is due is left to `digest`, so that the function ends well before its timeout. */
const SENDING_SECONDS = 12;

/** @throws what failed for one of the subscribers; the others are done, and doing the page again is harmless */
export async function alertSubscribers(ports: DeliverPorts, page: MatchedPage, log: Log): Promise<void> {
  const article = await ports.articles.read(page.articleId);
  if (article === undefined) return log.warn('matched article has expired', { articleId: page.articleId });
  const sendUntil = later(ports.now(), SENDING_SECONDS);
  await inParallel(page.subscribers, AT_A_TIME, (match) =>
    alertSubscriber(ports, { ...match, page, article, sendUntil }, log),
  );
}

interface SubscriberMatch {
  readonly subscriberId: string;
  readonly watchIds: readonly string[];
  readonly page: MatchedPage;
  readonly article: SeenArticle;
  readonly sendUntil: string;
}

async function alertSubscriber(ports: DeliverPorts, match: SubscriberMatch, log: Log): Promise<void> {
  const { subscriberId, watchIds, page } = match;
  const recipient = await ports.recipients.read(subscriberId, watchIds);
  const watches = recipient?.watches.filter(({ paused }) => !paused) ?? [];
  const withdrawn = watchIds.filter((id) => !watches.some((watch) => watch.id === id));
  if (withdrawn.length > 0) {
    log.info('match withdrawn', { subscriberId, storyId: page.storyId, watchIds: withdrawn });
  }
  if (recipient === undefined || watches.length === 0) return;
  const now = ports.now();
  const endsAt = later(now, ports.settings.retentionDays * 86_400);
  await ports.alerts.saveAlert(toAlert(match, watches), now, endsAt);
  for (const stored of await placeAll(ports, match, { ...recipient, watches }, endsAt)) {
    if (ports.now() < match.sendUntil) await sendDelivery(ports, stored, log);
  }
}

/** All deliveries of the match, before the first is sent. */
async function placeAll(
  ports: DeliverPorts,
  { subscriberId, page: { storyId } }: SubscriberMatch,
  { subscriber, channels, watches }: Recipient,
  endsAt: string,
): Promise<Stored[]> {
  const placed: Stored[] = [];
  for (const channel of channels) {
    const own = watches.filter((watch) => tellsOn(watch, channel.id));
    if (own.length === 0) continue;
    const id = { subscriberId, storyId, channelId: channel.id };
    const { timeZone = subscriber.timeZone } = channel;
    const slotAfter = (after: string) => earliestSlot(own, channel, timeZone, after);
    placed.push(await placeDelivery(ports, { id, endsAt }, slotAfter));
  }
  return placed;
}

function toAlert({ subscriberId, page, article }: SubscriberMatch, watches: readonly WatchSettings[]): Alert {
  const { storyId, matchedAt } = page;
  return {
    id: storyId,
    subscriberId,
    storyId,
    article: withoutBody(article),
    publishedAt: article.publishedAt,
    seenAt: article.seenAt,
    matchedAt,
    watches: watches.map(({ id, version, name, query, urgent }) => ({
      watchId: id,
      version,
      name,
      query,
      urgent,
      matchedAt,
    })),
  };
}

/** Characters: some publishers put the whole article there. */
const LONGEST_SUMMARY = 2_000;

/** The article's own fields, without its body and without what the pipeline keeps beside them. */
function withoutBody(article: Article): Article {
  const { id, url, title, author, publishedAt, language, categories, sourceId, sourceName } = article;
  const summary = article.summary?.slice(0, LONGEST_SUMMARY);
  return { id, url, title, summary, author, publishedAt, language, categories, sourceId, sourceName };
}
