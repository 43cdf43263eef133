import { expect, test } from 'vitest';
import { extractArticle } from '../../core/article-extractor.ts';

const data = (json: object) => `<script type="application/ld+json">${JSON.stringify(json)}</script>`;

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
  expect(extractArticle(head, 'https://example.com/').publishedAt).toBe(publishedAt);
});

test('a quotation in another language is not the language of the page', () => {
  expect(extractArticle('<html><p lang="fr">Bonjour</p>', 'https://example.com/').language).toBeUndefined();
});
