/**
 * A watch as a feed: its newest alerts, each an entry that leads to the article. What the article says stands in
 * it no further than its summary.
 *
 * Atom: RFC 4287. JSON Feed: https://www.jsonfeed.org/version/1.1/
 */
import type { Article } from '../model.ts';
import { element, escapeXml } from '../text/xml.ts';

export interface WatchFeed {
  readonly title: string;
  /** Of this feed; an identity, whether or not it can be fetched. */
  readonly id: string;
  /** When the watch was made: the feed's own time until there is an alert. */
  readonly createdAt: string;
  /** Newest first. */
  readonly alerts: readonly FeedAlert[];
}

export interface FeedAlert {
  readonly alertedAt: string;
  readonly article: Article;
}

export function toAtom({ title, id, createdAt, alerts }: WatchFeed): string {
  const updated = alerts[0]?.alertedAt ?? createdAt;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
${element('id', id)}${element('title', title)}${element('updated', updated)}
<author><name>Tocsin</name></author>
${alerts.map(toEntry).join('\n')}
</feed>
`;
}

function toEntry({ alertedAt, article }: FeedAlert): string {
  const { url, title, summary, author, publishedAt, sourceName } = article;
  const by = author ?? sourceName;
  return `<entry>
${element('id', url)}${element('title', title)}<link href="${escapeXml(url)}"/>
${element('updated', alertedAt)}${element('published', publishedAt)}${by ? `<author>${element('name', by)}</author>` : ''}
${element('summary', summary)}
</entry>`;
}

export function toJsonFeed({ title, alerts }: WatchFeed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    items: alerts.map(({ alertedAt, article: { url, title, summary, author, publishedAt, sourceName } }) => {
      const by = author ?? sourceName;
      return {
        id: url,
        url,
        title,
        content_text: summary ?? title,
        date_published: publishedAt ?? alertedAt,
        date_modified: alertedAt,
        authors: by === undefined ? undefined : [{ name: by }],
      };
    }),
  });
}
