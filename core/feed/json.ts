/** JSON Feed 1.0 and 1.1 as feedsmith reads it. */
import { escapeText } from 'entities/escape';
import type { JsonFeed } from 'feedsmith';
import { type RawEntry, toFeed } from './entry.ts';
import type { Feed } from './feed.ts';

export type JsonDocument = JsonFeed.Feed<string>;
type JsonItem = JsonFeed.Item<string>;

export function fromJsonFeed(feed: JsonDocument, base: string): Feed {
  return toFeed(
    {
      titles: [html(feed.title)],
      descriptions: [html(feed.description)],
      links: [feed.home_page_url],
      languages: [feed.language],
      updated: [],
      hubs: (feed.hubs ?? []).map(({ url }) => url),
      selves: [feed.feed_url],
      entries: (feed.items ?? []).map((item) => fromItem(item, feed)),
    },
    base,
  );
}

function fromItem(item: JsonItem, feed: JsonDocument): RawEntry {
  return {
    ids: [item.id],
    links: [item.url, item.external_url, /^https?:/.test(item.id ?? '') ? item.id : undefined],
    titles: [html(item.title)],
    summaries: [html(item.summary)],
    contents: [item.content_html, html(item.content_text)],
    authors: [item.authors, feed.authors].map((people = []) =>
      people.map(({ name, url }) => html(name ?? url)),
    ),
    published: [item.date_published],
    updated: [item.date_modified],
    languages: [item.language],
    categories: (item.tags ?? []).map(html),
    enclosures: (item.attachments ?? []).map(({ url, mime_type, size_in_bytes }) => ({
      url,
      type: mime_type,
      length: size_in_bytes,
    })),
  };
}

/** Only `content_html` is HTML (https://www.jsonfeed.org/version/1.1/): `<` stands for itself in the rest. */
function html(text: string | undefined): string | undefined {
  return text === undefined ? undefined : escapeText(text);
}
