import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginsAsFeed, commonFeedUrls, feedLinks } from '../../core/feed/links.ts';

const page = 'https://example.com/news/';

describe('a page names', () => {
  test.each<[html: string, urls: string[]]>([
    ['<link rel="alternate" type="application/rss+xml" href="/rss">', ['https://example.com/rss']],
    [
      `<LINK TYPE='application/atom+xml' HREF='atom.xml' REL='alternate home'>`,
      ['https://example.com/news/atom.xml'],
    ],
    ['<link rel=alternate type=application/feed+json href=/feed.json>', ['https://example.com/feed.json']],
    [
      '<link rel="alternate" type="application/rss+xml" href="feed://example.org/x">',
      ['http://example.org/x'],
    ],
    [
      '<link rel="alternate" type="application/rss+xml" href="feed:https://example.org/x">',
      ['https://example.org/x'],
    ],
    [
      '<link rel="alternate" type="application/rss+xml" href="/?a=1&amp;b=2#top">',
      ['https://example.com/?a=1&b=2'],
    ],
    [
      '<base href="https://cdn.example.org/"><link rel="alternate" type="application/rss+xml" href="rss">',
      ['https://cdn.example.org/rss'],
    ],
    ['<link rel="alternate" type="text/xml" href="/x">', ['https://example.com/x']],
    ['<link rel="alternate" type="text/xml-external" href="/x">', []],
    ['<a href="/news.rdf?all">', ['https://example.com/news.rdf?all']],
    [
      '<a href="/go?to=feed:https://example.org/rss">',
      ['https://example.com/go?to=feed:https://example.org/rss'],
    ],
    ['<link rel="alternate" hreflang="ko" href="/ko"><link rel="stylesheet" href="/feed.css">', []],
    ['<link rel="alternate" type="application/rss+xml" href="/comments/feed/">', []],
    ['<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">', []],
    ['<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">', []],
    [
      '<a href="/about">About</a> <a class="x" href="/rss.xml">RSS</a> <a href="/feedback">Write to us</a>',
      ['https://example.com/rss.xml'],
    ],
    [
      '<link rel="alternate" type="application/rss+xml" href="/a"><a href="/other/rss">',
      ['https://example.com/a'],
    ],
    [
      '<link rel="alternate" type="application/rss+xml" href="/a"><link rel="alternate" type="application/atom+xml" href="/a">',
      ['https://example.com/a'],
    ],
  ])('%s', (html, urls) => {
    expect(feedLinks(html, page).map(({ url }) => url)).toEqual(urls);
  });

  test('twenty at most', () => {
    const html = Array.from({ length: 30 }, (_, n) => `<a href="/${n}/rss">`).join('');
    expect(feedLinks(html, page)).toHaveLength(20);
  });

  test('titles', () => {
    const html = '<link rel="alternate" type="application/rss+xml" title="News &amp; more" href="/a">';
    expect(feedLinks(html, page)).toEqual([{ url: 'https://example.com/a', title: 'News & more' }]);
  });
});

test('common places are in the folder and at the root', () => {
  const urls = commonFeedUrls('https://example.com/blog/');
  expect(urls.slice(0, 2)).toEqual(['https://example.com/blog/feed', 'https://example.com/blog/rss']);
  expect(urls).toContain('https://example.com/feed.xml');
  expect(commonFeedUrls('https://example.com/')).toHaveLength(7);
});

describe('begins as a feed', () => {
  test.each<[text: string, is: boolean]>([
    ['<rss version="2.0">', true],
    ['\uFEFF<?xml version="1.0"?>\n<!-- made by hand --><?xml-stylesheet href="x"?><rss>', true],
    [' \n <rss>', true],
    ['<!DOCTYPE rss SYSTEM "x">\n<rss>', true],
    ['{\n "version": "https://jsonfeed.org/version/1"', true],
    ['<feed xmlns="http://www.w3.org/2005/Atom">', true],
    ['<atom:feed>', true],
    ['<rdf:RDF xmlns="http://purl.org/rss/1.0/">', true],
    ['<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">', true],
    ['{"version": "https://jsonfeed.org/version/1.1"', true],
    ['{"title":"x","version":"https:\\/\\/jsonfeed.org\\/version\\/1"', true],
    ['<!DOCTYPE html><html><rss>', false],
    ['<html>', false],
    ['{"a":1}', false],
    ['', false],
  ])('%s', (text, is) => {
    expect(beginsAsFeed(text)).toBe(is);
  });
});

test('no page makes it throw, and it names web addresses only', () => {
  const piece = fc.constantFrom(
    '<link ',
    '<a ',
    '<base ',
    'rel="alternate" ',
    'type="application/rss+xml" ',
    'href="/rss" ',
    'href="http://[" ',
    'href=feed: ',
    '>',
    '"',
    "'",
    '\0',
    '&',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      for (const { url } of feedLinks(pieces.join(''), page)) expect(url).toMatch(/^https?:\/\//);
    }),
  );
});
