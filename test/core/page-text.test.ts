import { expect, test } from 'vitest';
import { articleLimits } from '../../core/article/article.ts';
import { withPage } from '../../core/article/page-text.ts';
import type { ExtractedArticle } from '../../core/article-extractor.ts';
import type { Article } from '../../core/model.ts';

const article: Article = {
  id: 'a',
  url: 'https://example.com/1',
  title: 'One',
  sourceId: 's',
  sourceName: 'The Morning Bell',
};
const room = articleLimits.text - 'One'.length;

test.each<[string, Partial<Article>, ExtractedArticle, Partial<Article>]>([
  ['nothing', {}, { text: '' }, {}],
  ['a text', {}, { text: 'more' }, { body: 'more' }],
  ['the longer text', { body: 'some' }, { text: 'more of it' }, { body: 'more of it' }],
  ['not the shorter', { body: 'all of it' }, { text: 'some' }, {}],
  ['an author', {}, { text: '', author: 'Ada' }, { author: 'Ada' }],
  ['not another author', { author: 'Tom' }, { text: '', author: 'Ada' }, {}],
  ['a language', {}, { text: '', language: 'ko' }, { language: 'ko' }],
  ['not another language', { language: 'en' }, { text: '', language: 'ko' }, {}],
  ['no title', {}, { text: '', title: 'Two', publishedAt: '2026-11-23T08:00:00.000Z' }, {}],
  ['as much text as fits', {}, { text: 'x'.repeat(99_999) }, { body: 'x'.repeat(room) }],
  ['beside the summary', { summary: '한' }, { text: 'x'.repeat(99_999) }, { body: 'x'.repeat(room - 3) }],
  ['no half character', {}, { text: '', author: `${'x'.repeat(499)}😀` }, { author: 'x'.repeat(499) }],
])('a page adds %s', (_, parts, page, added) => {
  expect(withPage({ ...article, ...parts }, page)).toEqual(added);
});
