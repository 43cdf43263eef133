/** Atom 0.3 and 1.0 as feedsmith reads them. */
import type { AtomFeed } from 'feedsmith';
import { type RawEntry, toFeed } from './entry.ts';
import type { Feed } from './feed.ts';

export type AtomDocument = AtomFeed.Feed<string>;
type AtomEntry = AtomFeed.Entry<string>;
type AtomLink = AtomFeed.Link<string>;
type AtomPerson = AtomFeed.Person;

export function fromAtom(feed: AtomDocument, base: string): Feed {
  return toFeed(
    {
      titles: [feed.title?.value, feed.dc?.titles?.[0]],
      descriptions: [feed.subtitle?.value, feed.dc?.descriptions?.[0], feed.itunes?.summary],
      links: [...pages(feed.links), ...hrefs(feed.links, 'self')],
      languages: [feed.xml?.lang, feed.dc?.languages?.[0]],
      updated: [feed.updated, feed.dc?.dates?.[0]],
      hubs: hrefs(feed.links, 'hub'),
      selves: hrefs(feed.links, 'self'),
      entries: (feed.entries ?? []).map((entry) => fromEntry(entry, feed)),
    },
    base,
  );
}

function fromEntry(entry: AtomEntry, feed: AtomDocument): RawEntry {
  return {
    ids: [entry.id],
    links: [...pages(entry.links), entry.content?.src],
    titles: [
      entry.title?.value,
      entry.dc?.titles?.[0],
      entry.media?.title?.value,
      mediaGroup(entry)?.title?.value,
    ],
    summaries: [entry.summary?.value, entry.dc?.descriptions?.[0], mediaGroup(entry)?.description?.value],
    contents: [entry.content?.value],
    authors: [
      names(entry.authors),
      [...(entry.dc?.creators ?? []), entry.itunes?.author],
      names(entry.source?.authors),
      names(feed.authors),
      names(entry.contributors),
    ],
    published: [entry.published, entry.dcterms?.issued?.[0], entry.dc?.dates?.[0]],
    updated: [entry.updated, entry.dcterms?.modified?.[0]],
    languages: [entry.xml?.lang, entry.dc?.languages?.[0]],
    categories: [
      ...(entry.categories ?? []).flatMap(({ label, term }) => [label, term]),
      ...(entry.dc?.subjects ?? []),
      ...(entry.media?.categories ?? []).map(({ label, name }) => label ?? name),
    ],
    enclosures: (entry.links ?? [])
      .filter(({ rel }) => rel === 'enclosure')
      .map(({ href, type, length }) => ({ url: href, type, length })),
  };
}

const mediaGroup = (entry: AtomEntry) => entry.media?.groups?.[0];

/** The links to a page for people, best first. */
function pages(links: readonly AtomLink[] | undefined): (string | undefined)[] {
  const alternates = (links ?? []).filter(({ rel }) => (rel ?? 'alternate').toLowerCase() === 'alternate');
  const html = alternates.filter(({ type }) => type === undefined || /html/i.test(type));
  return [...html, ...alternates].map(({ href }) => href);
}

export function hrefs(links: readonly AtomLink[] | undefined, wanted: string): (string | undefined)[] {
  return (links ?? []).filter(({ rel }) => rel?.toLowerCase() === wanted).map(({ href }) => href);
}

export function names(people: readonly AtomPerson[] | undefined): (string | undefined)[] {
  return (people ?? []).map(({ name, email, uri }) => name ?? email ?? uri);
}
