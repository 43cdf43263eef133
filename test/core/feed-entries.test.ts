/** What publishers write, and what is read of it: one row a habit. */
import { describe, expect, test } from 'vitest';
import { parseFeed } from '../../core/feed-parser.ts';

const page = 'https://feeds.example/feed';
const read = (document: string) => parseFeed(new TextEncoder().encode(document), { url: page });
const namespaces = `xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
  xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"`;
const rss = (item: string, channel = '') =>
  `<rss ${namespaces}><channel>${channel}<item><title>One</title>${item}</item></channel></rss>`;
const atom = (entry: string, attributes = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom" ${namespaces} ${attributes}><entry><title>One</title>${entry}</entry></feed>`;

describe('where an entry leads', () => {
  test.each([
    ['a link', rss('<link> https://a.example/1 </link>'), 'https://a.example/1'],
    ['the last of two', rss('<link>https://a.example/1</link><link>/2</link>'), 'https://feeds.example/2'],
    ['not an empty one', rss('<link>https://a.example/1</link><link> </link>'), 'https://a.example/1'],
    ['a link as Atom has it', rss('<link href="https://a.example/1"/>'), 'https://a.example/1'],
    [
      'not a link to the feed',
      rss('<link>https://a.example/1</link><link rel="self" href="https://a.example/rss"/>'),
      'https://a.example/1',
    ],
    ['an id that is an address', rss('<guid>http://a.example/1</guid>'), 'http://a.example/1'],
    ['one in JSON', JSON.stringify({ items: [{ id: 'http://a.example/1' }] }), 'http://a.example/1'],
    ['not one that is none', rss('<guid isPermaLink="false">https://a.example/1</guid>'), page],
    ['not a word', rss('<guid isPermaLink="true">a-1</guid>'), page],
    ['what it encloses', rss('<enclosure url="https://a.example/1.mp3"/>'), 'https://a.example/1.mp3'],
    ['no script', rss('<link>javascript:alert(1)</link><enclosure url="data:,"/>'), page],
    [
      'a page rather than a file',
      atom('<link type="application/pdf" href="/1.pdf"/><link href="/1"/>'),
      'https://feeds.example/1',
    ],
    [
      'a page of a type rather than a file',
      atom('<link type="application/pdf" href="/1.pdf"/><link type="text/html" href="/1"/>'),
      'https://feeds.example/1',
    ],
    [
      'a file where there is no page',
      atom('<link type="application/pdf" href="/1.pdf"/>'),
      'https://feeds.example/1.pdf',
    ],
    ['not a comment', atom('<link rel="replies" href="/1#c"/>'), page],
    [
      'under the base of the feed',
      atom('<link href=" 1 "/>', 'xml:base="https://a.example/b/"'),
      'https://a.example/b/1',
    ],
    ['under its own base', rss('<link xml:base="https://a.example/b/"> 1 </link>'), 'https://a.example/b/1'],
    [
      'its address in RSS 1.0',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:r="http://purl.org/rss/1.0/">
        <r:item rdf:about="https://a.example/1"><r:title>One</r:title></r:item></rdf:RDF>`,
      'https://a.example/1',
    ],
  ])('%s', (_, document, url) => {
    expect(read(document).entries.map((entry) => entry.url)).toEqual([url]);
  });
});

describe('what an entry says', () => {
  test.each<[string, string, object]>([
    [
      'modules without a word that is read',
      rss(
        '<dc:rights>x</dc:rights><dcterms:rights>x</dcterms:rights><itunes:explicit>no</itunes:explicit><atom:rights>x</atom:rights><media:group><media:rating>x</media:rating></media:group>',
        '<dc:rights>x</dc:rights><dcterms:rights>x</dcterms:rights><itunes:explicit>no</itunes:explicit>',
      ),
      { title: 'One' },
    ],
    [
      'the same in Atom',
      atom(
        '<dc:rights>x</dc:rights><dcterms:rights>x</dcterms:rights><media:group><media:rating>x</media:rating></media:group>',
      ).replace('<entry>', '<dc:rights>x</dc:rights><entry>'),
      { title: 'One' },
    ],
    [
      'what stands in a group of media',
      atom('<media:group><media:description>x</media:description></media:group>'),
      { summary: 'x' },
    ],
    ['a creator in Atom', atom('<dc:creator>Ada Pike</dc:creator>'), { author: 'Ada Pike' }],
    [
      'an id under a base',
      atom('<id>1</id>', 'xml:base="https://a.example/b/"'),
      { id: 'https://a.example/b/1' },
    ],
    ['an author by another prefix', rss('<d:creator>Ada Pike</d:creator>'), { author: 'Ada Pike' }],
    [
      'an author who lost his prefix',
      rss('<atom:author><name>Ada Pike</name></atom:author>'),
      { author: 'Ada Pike' },
    ],
    [
      'the editor',
      rss('', '<managingEditor>a@a.example (Ada Pike)</managingEditor>'),
      { author: 'Ada Pike' },
    ],
    [
      'the owner of a podcast',
      rss('', '<itunes:owner><itunes:name>Ada Pike</itunes:name></itunes:owner>'),
      { author: 'Ada Pike' },
    ],
    ['a category as an attribute', rss('<itunes:category text="World"/>'), { categories: ['World'] }],
    [
      'a language',
      atom('<content>x</content>', 'xml:lang="en"').replace('<entry>', '<entry xml:lang="ko_KR">'),
      { language: 'ko-KR' },
    ],
    ['no language that is none', rss('<dc:language>???</dc:language>'), { title: 'One' }],
    [
      'the time of a change',
      rss('<dcterms:modified>2026-11-23</dcterms:modified>'),
      { updatedAt: '2026-11-23T00:00:00.000Z' },
    ],
    [
      'markup not escaped',
      rss('<description><p>Use the &lt;b&gt; tag</p>&lt;b&gt;now&lt;/b&gt;</description>'),
      { summary: 'Use the <b> tag\nnow' },
    ],
    [
      'markup in CDATA',
      rss('<description><![CDATA[<p>Use the &lt;b&gt; tag</p>]]></description>'),
      { summary: 'Use the <b> tag' },
    ],
    [
      'an entity of an entity in CDATA',
      rss('<description><![CDATA[Write &amp;amp; for it]]></description>'),
      { summary: 'Write &amp; for it' },
    ],
    [
      'XML within Atom',
      atom('<summary type="application/xml">a &lt;b&gt; c</summary>'),
      { summary: 'a <b> c' },
    ],
    [
      'no picture as a text',
      atom('<summary>x</summary><content type="image/png">iVBORw0KGgo=</content>'),
      { summary: 'x' },
    ],
    [
      'the beginning of its text for a title',
      `<rss><channel><item><description>${'word '.repeat(60)}</description></item></channel></rss>`,
      { title: `${'word '.repeat(24).trim()}…` },
    ],
    [
      'all of a short text for a title',
      '<rss><channel><item><description>A word&lt;br&gt;and more</description></item></channel></rss>',
      { title: 'A word' },
    ],
    [
      'what it encloses, once known',
      rss('<enclosure url="/1.mp3" length="9"/><enclosure type="x"/>'),
      { enclosures: [{ url: 'https://feeds.example/1.mp3', length: 9 }] },
    ],
  ])('%s', (_, document, expected) => {
    const { entries } = read(document);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject(expected);
    if (!('language' in expected)) expect(entries[0]?.language).toBeUndefined();
  });
});

test.each([
  ['its titles', '<rss><channel><title>News<item><title>One<item><title>Two'],
  [
    'its picture',
    '<rss><channel><title>News</title><image><item><title>One</title></item><item><title>Two</title></item>',
  ],
  [
    'its elements in others',
    '<rss><channel><title>News</title><list><item><title>One</title></item><item><title>Two</title></item></list>',
  ],
  ['its entries', '<feed xmlns="http://www.w3.org/2005/Atom"><title>News<entry><title>One<entry><title>Two'],
])('a feed that does not close %s has its entries', (_, document) => {
  const { title, entries } = read(document);
  expect([title, ...entries.map((entry) => entry.title)]).toEqual(['News', 'One', 'Two']);
});

test.each<[string, string, object]>([
  ['a wait', rss('', '<ttl>60</ttl>'), { ttlMinutes: 60 }],
  ['no wait', rss('', '<ttl>0</ttl>'), { ttlMinutes: undefined }],
  [
    'midnight by its other name',
    rss('', '<skipHours><hour>24</hour><hour>1</hour></skipHours>'),
    { skipHours: [0, 1] },
  ],
  ['no hours', rss('', '<skipHours></skipHours>'), { skipHours: undefined }],
  [
    'a hub',
    rss('', '<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="/rss"/>'),
    { hubUrl: 'https://hub.example/', selfUrl: 'https://feeds.example/rss' },
  ],
  [
    'a hub in JSON',
    JSON.stringify({ hubs: [{ type: 'WebSub', url: 'https://hub.example/' }], items: [{ id: '1' }] }),
    { hubUrl: 'https://hub.example/' },
  ],
  ['its language', rss('', '<dc:language>de</dc:language>'), { language: 'de' }],
  ['its time', rss('', '<dc:date>2026-11-23</dc:date>'), { updatedAt: '2026-11-23T00:00:00.000Z' }],
])('a feed says %s', (_, document, expected) => {
  const feed = read(document);
  expect(feed).toEqual({ ...feed, ...expected });
});
