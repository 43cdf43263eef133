import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matches } from '../../core/matches.ts';
import { excerpts } from '../../core/message/excerpts.ts';
import type { Article } from '../../core/model.ts';
import { parseQuery } from '../../core/query.ts';

const long = 'word '.repeat(200);

const cases: readonly [queries: string, article: Partial<Article>, sentences: string[]][] = [
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
  // Two watches, of which the second names what comes first.
  [
    'late; fire',
    { body: `A fire came ${long} late ${long}` },
    [expect.stringMatching(/^A \*fire\* came (word ){50,}word\.\.\.$/)],
  ],
  // No space to begin at before the word.
  ['fire', { body: `${'x'.repeat(400)}-fire came.` }, ['...*fire* came.']],
  ['辞任', { body: `${'々'.repeat(400)}、辞任。`, language: 'ja' }, ['...*辞任*。']],
];

test.each(cases)('%s in %j: %j', (queries, given, sentences) => {
  const article: Article = { id: 'a', url: 'https://news.example/a', title: '', sourceId: 's', ...given };
  const spans = queries.split('; ').flatMap((query) => matches(parseQuery(query), article)?.spans ?? []);
  expect(excerpts(article, spans)).toEqual(sentences);
});

test('whatever is marked, in whatever order, what is shown stands in the text', () => {
  const words = fc.array(fc.constantFrom('fire', 'came', 'x', '火', '😀'), { maxLength: 300, size: 'max' });
  const spans = fc.array(fc.record({ from: fc.nat(800), length: fc.integer({ min: 1, max: 30 }) }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(words, spans, (all, places) => {
      const body = all.join(' ');
      const article: Article = { id: 'a', url: 'https://news.example/a', title: '', sourceId: 's', body };
      const marked = places.map(({ from, length }) => ({
        ...{ field: 'body' as const, start: from, end: from + length },
      }));
      for (const shown of excerpts(article, marked)) {
        expect(body).toContain(shown.replaceAll('*', '').replace(/^\.{3}|\.{3}$/g, ''));
      }
    }),
  );
});
