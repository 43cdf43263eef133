/** The papers' feeds as they are at the time of the day, each on a host of its own, with conditional requests. */
import { createHash } from 'node:crypto';
import { type Answer, type FeedServer, rss, startFeedServer } from '../feed-server.ts';
import type { DayClock } from './clock.ts';
import { news, orbitIsDown, type Paper, papers, type Told, wireRenewsIdsAt, yesterday } from './news.ts';

export interface Newsstand {
  /** Feed URLs by paper. */
  readonly feeds: ReadonlyMap<Paper, string>;
  /** How often a paper was asked, and answered that nothing was new. */
  readonly unchanged: Map<Paper, number>;
  stop(): void;
}

export async function openNewsstand(clock: DayClock): Promise<Newsstand> {
  const unchanged = new Map<Paper, number>(papers.map((paper) => [paper, 0]));
  const servers = new Map<Paper, FeedServer>();
  for (const paper of papers) {
    const server = await startFeedServer();
    server.answer = ({ headers }) => {
      const answer = answerOf(paper, clock, headers['if-none-match']);
      if (answer.status === 304) unchanged.set(paper, unchanged.get(paper)! + 1);
      return answer;
    };
    servers.set(paper, server);
  }
  return {
    feeds: new Map([...servers].map(([paper, { url }]) => [paper, `${url}/feed.xml`])),
    unchanged,
    stop: () => {
      for (const server of servers.values()) server.stop();
    },
  };
}

export function pageOf({ paper, title }: Pick<Told, 'paper' | 'title'>): string {
  return `https://${paper}.example/${shortHash(title)}`;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function answerOf(paper: Paper, clock: DayClock, knownEtag: string | undefined): Answer {
  const now = new Date();
  const isDown = paper === 'orbit' && clock.at(orbitIsDown.from) <= now && now < clock.at(orbitIsDown.to);
  if (isDown) return { status: 503 };
  const body = rss(shownBy(paper, clock, now).map((told) => toItem(told, clock, now)));
  const etag = `"${shortHash(body)}"`;
  return knownEtag === etag ? { status: 304, headers: { etag } } : { headers: { etag }, body };
}

/** Newest first; a page that was corrected shows its last words. */
function shownBy(paper: Paper, clock: DayClock, now: Date): Told[] {
  const published = [...yesterday, ...news].filter(
    (told) => told.paper === paper && clock.at(told.at) <= now,
  );
  return [...new Map(published.map((told) => [pageOf(told), told])).values()].reverse();
}

function toItem(told: Told, clock: DayClock, now: Date) {
  const isRenewed = told.paper === 'wire' && now >= clock.at(wireRenewsIdsAt);
  const url = pageOf(told);
  return {
    id: `${url}${isRenewed ? '#renewed' : ''}`,
    url,
    title: told.title,
    text: told.text,
    at: clock.at(told.at).toISOString(),
  };
}
