import { describe, expect, test } from 'vitest';
import { extractArticle } from '../../core/article-extractor.ts';

const url = 'https://harbour.example/2026/ferry';
const sentence =
  'The ferry came at nine, the harbour master said, because the tide was late and the wind strong. ';
const paragraphs = `<p>${sentence.repeat(3)}</p>`.repeat(4);
const page = (inside: string, head = '') =>
  `<!doctype html><html lang="en-GB"><head><title>Ferry late - Harbour</title>
  <meta property="og:site_name" content="Harbour">${head}</head><body><article>${inside}</article></body></html>`;
const text = (html: string) => extractArticle(html, url).text;
const data = (json: object) => `<script type="application/ld+json">${JSON.stringify(json)}</script>`;

describe('what the page says of it', () => {
  test.each([
    [
      'JSON-LD',
      data({
        '@type': 'NewsArticle',
        datePublished: '2026-11-23T08:00:00+01:00',
        author: [{ name: 'Ada Pike' }, { name: 'Tom Reed' }],
      }),
      'Ada Pike, Tom Reed',
    ],
    [
      'JSON-LD in a graph',
      data({
        '@graph': [
          { '@type': 'WebSite' },
          { '@type': ['Article'], datePublished: '2026-11-23T07:00:00Z', author: 'Ada Pike' },
        ],
      }),
      'Ada Pike',
    ],
    [
      'meta elements',
      '<meta property="article:published_time" content="2026-11-23T07:00:00Z"><meta name="author" content="Ada Pike">',
      'Ada Pike',
    ],
  ])('%s', (_, head, author) => {
    const { text, ...rest } = extractArticle(page(paragraphs, head), url);
    expect(rest).toEqual({
      title: 'Ferry late',
      author,
      publishedAt: '2026-11-23T07:00:00.000Z',
      language: 'en-GB',
    });
    expect(text).not.toBe('');
  });

  test('the text itself, where scripts would put it on the page', () => {
    const body = sentence.repeat(8).trim();
    expect(text(page('<div id="app"></div>', data({ '@type': 'NewsArticle', articleBody: body })))).toBe(
      body,
    );
  });
});

test('a page that has its article is believed before its data', () => {
  const longer = data({ '@type': 'NewsArticle', articleBody: sentence.repeat(99) });
  expect(text(page(paragraphs, longer))).toBe(text(page(paragraphs)));
});

test.each([
  [
    'first in its data',
    `${data({ '@type': 'NewsArticle', datePublished: '2026-11-01T07:00:00Z' })}<meta name="date" content="2026-11-02">`,
    '2026-11-01T07:00:00.000Z',
  ],
  [
    'then in its head',
    '<meta name="date" content="2026-11-02"><time datetime="2026-11-03">',
    '2026-11-02T00:00:00.000Z',
  ],
  [
    'then beside its text',
    '<time>Today</time><time datetime="2026-11-03"></time><time datetime="2026-11-04"></time>',
    '2026-11-03T00:00:00.000Z',
  ],
  [
    'in the first meta element of a name',
    '<meta name="date" content="2026-11-02"><meta name="date" content="2026-11-05">',
    '2026-11-02T00:00:00.000Z',
  ],
  ['not where something was added', '<ins datetime="2026-11-01">late</ins>', undefined],
  ['in data that cannot be read as a date, nowhere', '<meta name="date" content="last week">', undefined],
  [
    'not in other scripts',
    `<script>${JSON.stringify({ '@type': 'NewsArticle', datePublished: '2026-11-01' })}</script>`,
    undefined,
  ],
  ['not in other data', data({ '@type': 'WebSite', datePublished: '2026-11-01' }), undefined],
])('its time stands %s', (_, head, publishedAt) => {
  expect(extractArticle(head, url).publishedAt).toBe(publishedAt);
});

test('a quotation in another language is not the language of the page', () => {
  expect(extractArticle('<html><p lang="fr">Bonjour</p>', url).language).toBeUndefined();
});
