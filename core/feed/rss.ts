/** RSS 0.9x, 1.0 and 2.0 as feedsmith reads them, with the modules that publishers mix in. */
import type { RssFeed } from 'feedsmith';
import { names as atomNames, hrefs } from './atom.ts';
import { type RawEntry, toFeed } from './entry.ts';
import type { Feed } from './feed.ts';

/** RSS 1.0 has the names of RSS 2.0, only fewer. */
export type RssDocument = RssFeed.Feed<string>;
type RssItem = RssFeed.Item<string>;

export function fromRss(feed: RssDocument, base: string): Feed {
  return toFeed(
    {
      titles: [feed.title, feed.dc?.titles?.[0], feed.itunes?.title],
      descriptions: [
        feed.description,
        feed.dc?.descriptions?.[0],
        feed.itunes?.summary,
        feed.itunes?.subtitle,
      ],
      links: [feed.link, ...hrefs(feed.atom?.links, 'alternate'), ...hrefs(feed.atom?.links, 'self')],
      languages: [feed.language, feed.dc?.languages?.[0], feed.xml?.lang],
      updated: [
        feed.lastBuildDate,
        feed.pubDate,
        feed.dc?.dates?.[0],
        feed.atom?.updated,
        feed.dcterms?.modified?.[0],
        feed.dcterms?.issued?.[0],
      ],
      hubs: hrefs(feed.atom?.links, 'hub'),
      selves: hrefs(feed.atom?.links, 'self'),
      ttlMinutes: feed.ttl,
      skipHours: feed.skipHours,
      entries: (feed.items ?? []).map((item) => fromItem(item, feed)),
    },
    base,
  );
}

function fromItem(item: RssItem, feed: RssDocument): RawEntry {
  const guid = item.guid?.value;
  const permalink = item.guid?.isPermaLink !== false && /^https?:\/\//i.test(guid ?? '') ? guid : undefined;
  return {
    ids: [guid, item.atom?.id, item.dc?.identifiers?.[0]],
    links: [item.link, permalink, ...hrefs(item.atom?.links, 'alternate')],
    titles: [
      item.title,
      item.dc?.titles?.[0],
      item.atom?.title?.value,
      item.media?.title?.value,
      item.itunes?.title,
    ],
    summaries: [
      item.description,
      item.dc?.descriptions?.[0],
      item.atom?.summary?.value,
      item.itunes?.summary,
      item.itunes?.subtitle,
      item.media?.description?.value,
      item.media?.groups?.[0]?.description?.value,
    ],
    contents: [item.content?.encoded, item.atom?.content?.value, item.description && item.itunes?.summary],
    authors: [
      item.dc?.creators ?? [],
      names(item.authors),
      atomNames(item.atom?.authors),
      [item.itunes?.author, item.googleplay?.author],
      (item.media?.credits ?? []).map(({ value }) => value),
      names(feed.managingEditor ? [feed.managingEditor] : []),
      [...(feed.dc?.creators ?? []), ...atomNames(feed.atom?.authors)],
      [feed.itunes?.author ?? feed.googleplay?.author],
      [feed.itunes?.owner?.name ?? feed.itunes?.owner?.email],
      names(feed.webMaster ? [feed.webMaster] : []),
    ],
    published: [
      item.pubDate,
      item.dcterms?.issued?.[0],
      item.dc?.dates?.[0],
      item.dcterms?.created?.[0],
      item.atom?.published,
    ],
    updated: [item.dcterms?.modified?.[0], item.atom?.updated],
    languages: [item.dc?.languages?.[0], item.xml?.lang],
    categories: [
      ...(item.categories ?? []).map(({ name }) => name),
      ...(item.dc?.subjects ?? []),
      ...(item.atom?.categories ?? []).flatMap(({ label, term }) => [label, term]),
      ...(item.itunes?.keywords ?? []),
      ...(item.media?.categories ?? []).map(({ label, name }) => label ?? name),
      ...(item.media?.keywords ?? []),
    ],
    enclosures: [
      ...(item.enclosures ?? []),
      ...(item.media?.contents ?? []).map(({ url, type, fileSize }) => ({ url, type, length: fileSize })),
    ],
  };
}

function names(people: readonly RssFeed.Person[] | undefined): (string | undefined)[] {
  return (people ?? []).map(({ name, email }) => name ?? email);
}
