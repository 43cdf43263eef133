/**
 * The feeds of a web page: those it names in its head, those it links to, and where feeds commonly are. Pure: whether
 * one is there must be asked.
 *
 *     feedLinks('<link rel="alternate" type="application/rss+xml" href="/rss">', 'https://example.com/')
 *     // [{ url: 'https://example.com/rss' }]
 */
import { decodeXML } from 'entities/decode';

export interface FeedLink {
  readonly url: string;
  readonly title?: string;
}

const largest = 1024 * 1024;
const most = 20;

const feedType =
  /^(?:application|text)\/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json)\b|^application\/(?:json|xml)$|^text\/xml$/i;
const feedAddress = /(?:^|[/._-])(?:rss|feeds?|atom|rdf)(?:[/._?-]|$)|\.(?:rss|atom|rdf)(?:$|\?)/i;
/** Of comments, and of WordPress's interfaces to programs: no news. */
const noNews = /comments\/feed|\/wp-json\/|oembed|opensearch/i;

/** Where common publishing systems have their feeds, from the page's own folder and from the root. */
const commonPaths = ['feed', 'rss', 'rss.xml', 'feed.xml', 'atom.xml', 'index.xml', 'feed.json'];

/** Those the page declares first; else those it links to. Absolute, each once. */
export function feedLinks(html: string, pageUrl: string): FeedLink[] {
  const page = html.slice(0, largest);
  const base = resolve(attribute(tags(page, 'base')[0] ?? '', 'href') ?? '', pageUrl) ?? pageUrl;
  const declared = tags(page, 'link').filter(isAlternate);
  const linked = tags(page, 'a').filter((tag) => feedAddress.test(attribute(tag, 'href') ?? ''));
  const found = declared.length > 0 ? declared : linked;
  const links = found.flatMap((tag) => toLink(tag, base));
  return [...new Map(links.map((link) => [link.url, link])).values()].slice(0, most);
}

/** Addresses to try when a page names no feed. */
export function commonFeedUrls(pageUrl: string): string[] {
  const urls = ['./', '/'].flatMap((folder) =>
    commonPaths.flatMap((path) => resolve(folder + path, pageUrl) ?? []),
  );
  return [...new Set(urls)];
}

/** Whether a document begins as a feed does. */
export function beginsAsFeed(text: string): boolean {
  const start = text
    .slice(0, 4_096)
    .replace(/^\uFEFF?\s*(?:<\?[^>]*\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*/i, '');
  return (
    /^<(?:\w+:)?(?:rss|feed|rdf)\b/i.test(start) ||
    /^<urlset\b[^>]*sitemap-news/i.test(start) ||
    /^\{[\s\S]*?"version"\s*:\s*"https?:\\?\/\\?\/jsonfeed\.org/i.test(start)
  );
}

function tags(html: string, name: string): string[] {
  return html.match(new RegExp(`<${name}\\s[^<>]{1,2000}>`, 'gi')) ?? [];
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag);
  const value = found?.[1] ?? found?.[2] ?? found?.[3];
  return value && decodeXML(value).trim();
}

function isAlternate(tag: string): boolean {
  const rel = attribute(tag, 'rel') ?? '';
  return /\balternate\b/i.test(rel) && feedType.test(attribute(tag, 'type') ?? '');
}

function toLink(tag: string, base: string): FeedLink[] {
  const url = resolve(attribute(tag, 'href') ?? '', base);
  if (url === undefined || noNews.test(url)) return [];
  const title = attribute(tag, 'title');
  return [title ? { url, title } : { url }];
}

/** `feed:` was how browsers once were told to subscribe. */
function resolve(href: string, base: string): string | undefined {
  const url = URL.parse(
    href.replace(/^feed:(?:\/\/(?!https?:))?/i, (all) => (all.endsWith('//') ? 'http://' : '')),
    base,
  );
  if (href === '' || url === null || !/^https?:$/.test(url.protocol)) return undefined;
  url.hash = '';
  return url.href;
}
