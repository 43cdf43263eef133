import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extractArticle } from '../../core/article-extractor.ts';

const url = 'https://harbour.example/2026/ferry';
const sentence =
  'The ferry came at nine, the harbour master said, because the tide was late and the wind strong. ';
const paragraphs = `<p>${sentence.repeat(3)}</p>`.repeat(4);
const text = (html: string) => extractArticle(html, url).text;

const page = (inside: string) => `<!doctype html><html lang="en-GB"><head><title>Ferry late - Harbour</title>
  <meta property="og:site_name" content="Harbour"></head>
  <body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article>${inside}</article>
  <aside><h2>Most read</h2><ul><li><a href="/1">Seal seen in basin</a></ul></aside><footer>© 2026 Harbour</footer></body></html>`;

describe('what is no part of the text', () => {
  test.each([
    ['navigation, sidebar and footer', paragraphs],
    ['the headline', `<h1>Ferry late</h1>${paragraphs}`],
    [
      'captions',
      `<figure><img src="a.jpg"><figcaption>The ferry. Photo: Pike</figcaption></figure>${paragraphs}`,
    ],
    [
      'captions by their class',
      `<div class="InlineImage-imageCaption">The ferry at the quay</div>${paragraphs}`,
    ],
    [
      'pictures with what is written below',
      `${paragraphs}<figure><p>The ferry at the quay, seen from the lighthouse.</p></figure>${paragraphs}`,
    ],
    [
      'choices',
      `${paragraphs}<select><option>Choose the harbour that you want to see.</option></select>${paragraphs}`,
    ],
    ...['paywall', 'box donateBox', 'author-bio', 'photo-credit', 'gdpr'].map((name) => [
      `what its class calls ${name}`,
      `${paragraphs}<div class="${name}"><p>The seal was seen again.</p><p>Nobody knows why.</p></div>${paragraphs}`,
    ]),
    [
      'what its id says',
      `${paragraphs}<div id="newsletterBox"><p>We write each morning.</p><p>It costs nothing.</p></div>${paragraphs}`,
    ],
    ...['aside', 'dialog', 'button', 'noscript'].map((name) => [
      `what stands in ${name}`,
      `${paragraphs}<${name}>The seal was seen again, and nobody knows why.</${name}>${paragraphs}`,
    ]),
    [
      'words for screen readers within a sentence',
      `${paragraphs}<p><span class="sr-only">This opens a new window.</span>${sentence.repeat(3)}</p>`,
    ],
    ['dates with a stop', `<p>On Mon. 23 November</p>${paragraphs}`],
    ['quotation marks that are no sentence', `<p>「港」ニュース</p>${paragraphs}`],
    ['the headline among the text', `${paragraphs}<p>Ferry late!</p>${paragraphs}`],
    ['the headline in other signs', `<h2>“Ferry – late”</h2>${paragraphs}`],
    ['lines of dates before it', `<p>23 November 2026</p>${paragraphs}`],
    ['buttons after it', `${paragraphs}<div>Share Tweet</div><div>Comments</div>`],
    [
      'links to other articles',
      `${paragraphs}<p>Read more: <a href="/2">Chip makers fall as tariffs loom</a></p>${paragraphs}`,
    ],
    [
      'links under a label in Japanese',
      `${paragraphs}<p>関連：<a href="/2">港の再開で貨物船が続々と入港</a></p>${paragraphs}`,
    ],
    [
      'lines that are links',
      `${paragraphs}<p><a href="/3">Seal seen in the harbour basin</a></p>${paragraphs}`,
    ],
    [
      'a headline in Japanese that is a link',
      `${paragraphs}<p><a href="/5">港の再開で貨物船が続々と入港</a></p>${paragraphs}`,
    ],
    ['scripts and styles', `<script>track("ferry")</script><style>p { color: red }</style>${paragraphs}`],
    [
      'notices for screen readers',
      `<span class="screen-reader-text">Skip to the content of this page</span>${paragraphs}`,
    ],
  ])('%s', (_, inside) => {
    const lines = new Set(text(page(inside)).split('\n'));
    expect([...lines]).toEqual([sentence.repeat(3).trim()]);
  });
});

describe('what is', () => {
  test.each([
    [
      'a linked sentence',
      '<p><a href="/4">The tide was late again today.</a></p>',
      'The tide was late again today.',
    ],
    ['a linked name', '<p><a href="/4">Ada Pike</a></p>', '\nAda Pike\n'],
    [
      'a line with a link in it',
      '<p>The boat to <a href="/4">Port Ellis</a> leaves at ten from the old quay</p>',
      '\nThe boat to Port Ellis leaves at ten from the old quay\n',
    ],
    [
      'a line without a full stop',
      '<p>The boat to Port Ellis leaves at ten</p>',
      '\nThe boat to Port Ellis leaves at ten\n',
    ],
    [
      'bold words',
      '<p>Fish and <b>chips</b> were sold out, he said.</p>',
      '\nFish and chips were sold out, he said.\n',
    ],
    [
      'broken lines',
      '<p>First the fish was gone.<br>Then the chips were.</p>',
      '\nFirst the fish was gone.\nThen',
    ],
    [
      'text around a block',
      '<blockquote>Nine hours late.<p>Then it came.</p>Then it left.</blockquote>',
      '\nNine hours late.\nThen it came.\nThen it left.\n',
    ],
  ])('%s', (_, inside, expected) => {
    expect(text(page(paragraphs + inside + paragraphs))).toContain(expected);
  });

  test.each([
    ['a short sentence', 'It was late.'],
    ['one in Japanese', '港は再開した。'],
    ['a quotation', '“We shall wait”'],
    ['a long line', 'The ferry of Port Ellis was nine hours late on Monday morning'],
  ])('%s that begins or ends it', (_, line) => {
    const lines = text(page(`<p>${line}</p>${paragraphs}<p>${line}</p>`)).split('\n');
    expect([lines[0], lines.at(-1)]).toEqual([line, line]);
  });

  test('all of it, where its own class would be that of a notice', () => {
    expect(text(page(`<section class="cookies share">${paragraphs}</section>`))).toContain(sentence.trim());
  });

  test('Korean', () => {
    const korean = '대통령은 오늘 부산항을 방문해 새 부두의 개장을 축하하고 노동자들을 격려했다. '.repeat(3);
    expect(text(page(`<p>${korean}</p>`.repeat(4)))).toContain(korean.trim());
  });
});

test('a page without an article has no text', () => {
  expect(extractArticle('', url)).toEqual({ text: '' });
  expect(text('<html><body><nav><a href="/">Home</a></nav></body></html>')).toBe('');
});

describe('hostile pages of 2 MB are read up to a bound', () => {
  test.each([
    ['nested elements', '<div>'],
    ['unclosed paragraphs', '<div><p>hello, world, '],
    ['line breaks', 'text, text<br>'],
    ['links', '<a href="/x">word word</a> '],
    ['angle brackets', '<'],
    ['entities', '&amp;'],
    ['tables', '<table><tr><td>x, y'],
    ['meta elements', '<meta property="a" content="b">'],
    ['JSON-LD', '<script type="application/ld+json">['],
  ])('%s', (_, piece) => {
    const found = text(`<article>${piece.repeat(2_000_000 / piece.length)}`);
    expect(found.length).toBeLessThanOrEqual(400_000);
  });
});

describe('hostile values are cut', () => {
  const long = 2_000_000;
  const json = (data: string) => `<script type="application/ld+json">${data}</script>`;
  test.each([
    ['a class', `<div class="${'caption '.repeat(long / 8)}">`],
    ['a title', `<title>${'a | '.repeat(long / 4)}</title>`],
    ['a time', `<time datetime="${'12:'.repeat(long / 3)}">`],
    ['a language', `<html lang="${'en-'.repeat(long / 3)}">`],
    ['an author', `<meta name="author" content="${'by '.repeat(long / 3)}">`],
    ['deep JSON-LD', json('['.repeat(long / 2) + ']'.repeat(long / 2))],
    ['deep graphs', json(`${'{"@graph":'.repeat(100_000)}1${'}'.repeat(100_000)}`)],
    ['many authors', json(`{"@type":"Article","author":[${'"Ann",'.repeat(100_000)}"Bob"]}`)],
  ])('%s', (_, piece) => {
    const { text: _text, ...rest } = extractArticle(`${piece}<article>${paragraphs}</article>`, url);
    for (const value of Object.values(rest)) expect(value.length).toBeLessThanOrEqual(1_000);
  });
});

test('no page makes it throw', () => {
  const piece = fc.constantFrom(
    '<p>',
    '</p>',
    '<div class="caption">',
    '</div>',
    '<article>',
    '<br>',
    '<table>',
    '<a href="x">',
    '&',
    '<',
    '"',
    '<!--',
    sentence,
    '<script type="application/ld+json">',
    '{"@type":"Article","author":[[{}]]}',
    '</script>',
    '\0',
    '한국',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      expect(typeof text(pieces.join(''))).toBe('string');
    }),
    { numRuns: 500 },
  );
});
