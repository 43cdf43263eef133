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
  [
    'fire',
    { summary: 'A fire came...', body: 'A fire came by night. It went.' },
    ['A *fire* came by night.'],
  ],
  ['fire', { summary: 'Fire 1. Fire 2.', body: 'Fire 3. Fire 4.' }, ['*Fire* 1.', '*Fire* 2.', '*Fire* 3.']],
  ['fire', { summary: 'A fire came...', body: 'Fire came.' }, ['A *fire* came...', '*Fire* came.']],
  ['fire', { summary: 'A fire.', body: 'A fire.' }, ['A *fire*.']],
  ['fire', { body: 'Fire 1. Fire 2. Fire 3. Fire 4.' }, ['*Fire* 1.', '*Fire* 2.', '*Fire* 3.']],
  ['辞任', { body: '首相は辞任した。後任は未定だ。', language: 'ja' }, ['首相は*辞任*した。']],
  ['首相 辞任', { body: '首相辞任。', language: 'ja' }, ['*首相辞任*。']],
  ['φωτιά', { body: 'Τι έγινε; Μια φωτιά.', language: 'el' }, ['Μια *φωτιά*.']],
  ['fire', { body: 'A fire came.', language: 'not a language tag' }, ['A *fire* came.']],
  [
    'fire',
    { body: `${long}fire ${long}` },
    [expect.stringMatching(/^\.\.\.(word ){23}\*fire\* .*word\.\.\.$/)],
  ],
  ['fire', { body: `A big fire ${long}` }, [expect.stringMatching(/^A big \*fire\* .*word\.\.\.$/)]],
  ['fire', { body: `${long.slice(0, 150)}fire.` }, [`${long.slice(0, 150)}*fire*.`]],
  // No space to begin at before the word.
  ['fire', { body: `${'x'.repeat(400)}-fire came.` }, ['...*fire* came.']],
  ['辞任', { body: `${'々'.repeat(400)}、辞任。`, language: 'ja' }, ['...*辞任*。']],
];

test.each(cases)('%s in %j: %j', (query, given, sentences) => {
  const article: Article = { id: 'a', url: 'https://news.example/a', title: '', sourceId: 's', ...given };
  expect(excerpts(article, matches(parseQuery(query), article)?.spans ?? [])).toEqual(sentences);
});
