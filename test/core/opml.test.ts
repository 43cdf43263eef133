import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOpml, writeOpml } from '../../core/source/opml.ts';

const outline = '<outline text="News" xmlUrl="https://example.com/rss"/>';
const news = { url: 'https://example.com/rss', name: 'News' };

describe('reading', () => {
  // biome-ignore format: a table
  test.each<[string, string, object[]]>([
    ['one feed', `<opml><body>${outline}</body></opml>`, [news]],
    ['folders', `<outline text="World"><outline text="Asia">${outline}</outline></outline>`, [news]],
    ['single quotes, capitals, spaces', "<OUTLINE TITLE = 'News' XMLURL = 'https://example.com/rss' >", [news]],
    ['entities', '<outline text="A &amp; B &gt; C" xmlUrl="https://example.com/?a=1&amp;b=2"/>', [{ url: 'https://example.com/?a=1&b=2', name: 'A & B > C' }]],
    ['a greater-than sign in an attribute', '<outline text="a > b" xmlUrl="https://example.com/rss"/>', [{ ...news, name: 'a > b' }]],
    ['lines between attributes', '<outline\n  text="News"\n  xmlUrl="https://example.com/rss"\n/>', [news]],
    ['a feed twice', outline + outline.replace('News', 'Other'), [news]],
    ['no name', '<outline xmlUrl="https://example.com/rss"/>', [{ url: news.url }]],
    ['spaces within quotes', '<outline text=" News " xmlUrl="\nhttps://example.com/rss "/>', [news]],
    ['a comment', `<!-- ${outline} -->`, []],
    ['no feed', '<outline text="Folder"/>', []],
    ['no OPML', 'hello', []],
  ])('%s', (_title, text, feeds) => {
    expect(readOpml(text)).toEqual(feeds);
  });
});

test('what is written is read again', () => {
  const text = fc
    .string({ unit: 'grapheme' })
    .map((given) => given.replaceAll(/[\p{Cc}\ufffe\uffff]/gu, '').trim());
  const feed = fc.record({ url: fc.webUrl(), name: text.filter((name) => name !== '') });
  fc.assert(
    fc.property(fc.uniqueArray(feed, { selector: ({ url }) => url }), (feeds) => {
      expect(readOpml(writeOpml('Sources', feeds))).toEqual(feeds);
    }),
  );
});

// One that backtracks takes minutes: the test's own time limit finds it.
test.each(['<outline ', '<outline a="', '<!--', '<outline xmlUrl=\'"'])(
  'hostile text is read in time: %s',
  (part) => {
    expect(readOpml(part.repeat(100_000 / part.length))).toEqual([]);
  },
);
