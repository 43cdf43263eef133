import { expect, test } from 'vitest';
import { matches } from '../../core/matches.ts';
import { excerpts } from '../../core/message/excerpts.ts';
import type { Article } from '../../core/model.ts';
import { parseQuery } from '../../core/query.ts';

const long = 'word '.repeat(200);

const cases: readonly [query: string, article: Partial<Article>, sentences: string[]][] = [
  ['fire', { title: 'A fire' }, []],
  ['fire', { body: 'All was well. A fire came. All is well.' }, ['A *fire* came.']],
  ['fire', { body: 'A fire, a fire!\n\nAnother   fire.' }, ['A *fire*, a *fire*!', 'Another *fire*.']],
  ['"big fire"', { body: 'A big fire came.' }, ['A *big fire* came.']],
  ['fire', { summary: 'A fire came', body: 'A fire came. It went.' }, ['A *fire* came.']],
  ['fire', { summary: 'A fire came...', body: 'Fire came.' }, ['A *fire* came...', '*Fire* came.']],
  ['fire', { summary: 'A fire.', body: 'A fire.' }, ['A *fire*.']],
  ['fire', { body: 'Fire 1. Fire 2. Fire 3. Fire 4.' }, ['*Fire* 1.', '*Fire* 2.', '*Fire* 3.']],
  ['辞任', { body: '首相は辞任した。後任は未定だ。', language: 'ja' }, ['首相は*辞任*した。']],
  ['fire', { body: 'A fire came.', language: 'not a language tag' }, ['A *fire* came.']],
  [
    'fire',
    { body: `${long}fire ${long}` },
    [expect.stringMatching(/^\.\.\.(word ){23}\*fire\* .*word\.\.\.$/)],
  ],
];

test.each(cases)('%s in %j: %j', (query, given, sentences) => {
  const article: Article = { id: 'a', url: 'https://news.example/a', title: '', sourceId: 's', ...given };
  expect(excerpts(article, matches(parseQuery(query), article)?.spans ?? [])).toEqual(sentences);
});
