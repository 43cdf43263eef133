/**
 * Lists of feeds as feed readers exchange them: OPML 2.0, one `outline` with an `xmlUrl` a feed, in folders or not.
 *
 *     readOpml('<opml><body><outline text="News" xmlUrl="https://example.com/rss"/></body></opml>')
 *     // [{ url: 'https://example.com/rss', name: 'News' }]
 *
 * http://opml.org/spec2.opml
 */
import { decodeXML } from 'entities/decode';
import { escapeXml } from '../text/xml.ts';

export interface ListedFeed {
  readonly url: string;
  readonly name?: string;
}

/** Each URL once, folders ignored, in order. Whatever is no outline with a URL is passed over. */
export function readOpml(text: string): ListedFeed[] {
  const outlines =
    text.replaceAll(/<!--[\s\S]*?-->/g, '').match(/<outline\s(?:"[^"]*"|'[^']*'|[^<>"'])*>/gi) ?? [];
  const feeds = outlines.flatMap((outline): [string, ListedFeed][] => {
    const attributes = readAttributes(outline);
    const url = attributes.get('xmlurl');
    if (!url) return [];
    const name = attributes.get('text') || attributes.get('title');
    return [[url, name ? { url, name } : { url }]];
  });
  return [...new Map(feeds.toReversed()).values()].toReversed();
}

function readAttributes(tag: string): Map<string, string> {
  const pairs = tag.matchAll(/\s([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return new Map(
    [...pairs].map(([, name, double, single]) => [
      name!.toLowerCase(),
      decodeXML(double ?? single ?? '').trim(),
    ]),
  );
}

/** @param title of the whole list */
export function writeOpml(title: string, feeds: readonly Required<ListedFeed>[]): string {
  const outlines = feeds.map(
    ({ url, name }) => `    <outline type="rss" text="${escapeXml(name)}" xmlUrl="${escapeXml(url)}"/>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head><title>${escapeXml(title)}</title></head>
  <body>
${outlines.join('')}  </body>
</opml>
`;
}
