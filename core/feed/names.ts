/**
 * The names of elements in feeds, whatever prefixes a publisher chose: `media:title` is `media:title` when the
 * document calls it `m:title`, and the names of the feed's own format have no prefix at all.
 */

/** From a prefix in the document to the one that stands for its namespace; `''` is the default namespace. */
export type Namespaces = Readonly<Record<string, string>>;

/** Parts of namespace URIs, lower case, by which publishers' variants are known; the first that fits wins. */
const known: readonly (readonly [part: string, prefix: string])[] = [
  ['w3.org/2005/atom', 'atom'],
  ['purl.org/atom/', 'atom'],
  ['w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['purl.org/rss/1.0/modules/content', 'content'],
  ['purl.org/dc/elements/', 'dc'],
  ['dublincore.org/documents/dcmi-namespace', 'dc'],
  ['purl.org/dc/terms', 'dcterms'],
  ['itunes.com/dtds/podcast', 'itunes'],
  ['google.com/schemas/play-podcasts', 'googleplay'],
  ['search.yahoo.com/mrss', 'media'],
  ['google.com/schemas/sitemap-news', 'news'],
  ['w3.org/1999/xhtml', 'xhtml'],
  ['purl.org/rss/1.0', ''],
  ['netscape.com/rdf', ''],
  ['sitemaps.org/schemas/sitemap', ''],
  ['backend.userland.com', ''],
];

/** An element that declares more is an attack. */
const mostPrefixes = 64;

function prefixOf(uri: string): string | undefined {
  const lower = uri.trim().toLowerCase();
  return known.find(([part]) => lower.includes(part))?.[1];
}

/** The namespaces in force on an element with these attributes. */
export function declaredOn(attributes: Readonly<Record<string, string>>, outer: Namespaces): Namespaces {
  const declarations = Object.keys(attributes)
    .filter((name) => /^xmlns(:|$)/.test(name))
    .slice(0, mostPrefixes);
  if (declarations.length === 0) return outer;
  const inner: Record<string, string> = { ...outer };
  for (const name of declarations) {
    const prefix = name.slice('xmlns:'.length);
    inner[prefix] = prefixOf(attributes[name] ?? '') ?? prefix;
  }
  return inner;
}

/** @param name as written, in lower case */
export function canonicalName(name: string, namespaces: Namespaces): string {
  const colon = name.indexOf(':');
  const written = colon > 0 ? name.slice(0, colon) : '';
  const prefix = Object.hasOwn(namespaces, written) ? namespaces[written] : written;
  const local = name.slice(colon + 1);
  return prefix ? `${prefix}:${local}` : local;
}

/** What Tocsin reads a document as. News sitemaps become RSS. */
export type Root = 'rss' | 'feed' | 'urlset';

const roots: Readonly<Record<string, Root>> = {
  rss: 'rss',
  'rdf:rdf': 'rss',
  channel: 'rss',
  feed: 'feed',
  'atom:feed': 'feed',
  urlset: 'urlset',
};

export function rootOf(name: string): Root | undefined {
  return Object.hasOwn(roots, name) ? roots[name] : undefined;
}

/** Names that feedsmith does not know, in the words that it does. */
const synonyms: Readonly<Record<Root, Readonly<Record<string, string>>>> = {
  /** https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap */
  urlset: {
    url: 'item',
    loc: 'link',
    lastmod: 'dcterms:modified',
    'news:title': 'title',
    'news:publication_date': 'pubdate',
    'news:keywords': 'category',
    'news:language': 'dc:language',
  },
  rss: {
    fullitem: 'content:encoded',
    body: 'content:encoded',
    summary: 'itunes:summary',
    'dc:author': 'dc:creator',
    'itunes:category': 'category',
    'xhtml:body': 'content:encoded',
    'xhtml:div': 'content:encoded',
  },
  feed: { 'xhtml:div': 'content' },
};

/** @param name canonical */
export function feedsmithName(name: string, root: Root): string {
  const own = root === 'feed' && name.startsWith('atom:') ? name.slice('atom:'.length) : name;
  return Object.hasOwn(synonyms[root], own) ? (synonyms[root][own] as string) : own;
}

export const entryNames: ReadonlySet<string> = new Set(['item', 'entry']);

/** Elements that only hold others; the repaired document does without them. */
export const shells: ReadonlySet<string> = new Set([...Object.keys(roots), 'news:news', 'news:publication']);

const containers = new Set([
  ...shells,
  ...entryNames,
  ...[
    'image',
    'textinput',
    'skiphours',
    'skipdays',
    'media:group',
    'media:content',
    'itunes:owner',
    'googleplay:owner',
  ],
]);

/** Text in RSS, elements in Atom. */
const persons = new Set([
  'author',
  'contributor',
  'source',
  'atom:author',
  'atom:contributor',
  'atom:source',
]);
const partOfPerson = /^(atom:)?(name|uri|url|email|title|link|id|updated|author)$/;

/** Whether a child of this name is an element of the feed rather than HTML within a text. */
export function holdsElements(name: string, child: string): boolean {
  return containers.has(name) || (persons.has(name) && partOfPerson.test(child));
}

/** What is in an element of Atom is of Atom, even where its prefix was forgotten. */
export function nameWithin(parent: string, name: string): string {
  return parent.startsWith('atom:') && !name.includes(':') ? `atom:${name}` : name;
}

const links = new Set(['link', 'url', 'uri', 'comments', 'atom:uri', 'icon', 'logo']);

/** Elements whose text is a link. Atom's ids are links too; those of RSS are not. */
export function isLink(name: string, root: Root): boolean {
  return links.has(name) || (root === 'feed' && name === 'id');
}
