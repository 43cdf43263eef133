/** The percolator on articles of every size, and on watches and texts made to hurt. */
import { describe, expect, test } from 'vitest';
import { matches } from '../../core/matches.ts';
import { Percolator } from '../../core/percolator.ts';
import { readArticle } from '../../core/query/article-text.ts';
import { parseQuery } from '../../core/query.ts';
import { articleOf, idsFor } from './percolator-article.ts';

describe('articles of every size after one another', () => {
  const queries = [
    'alpha*',
    '"alpha7 beta7"',
    'alpha* NEAR/1 bet*',
    'alphas',
    '"betas alpha*"',
    '-gamma alpha1999',
  ];
  const percolator = Percolator.build(queries.map((query) => ({ id: query, query })));
  const words = (count: number) => Array.from({ length: count }, (_, i) => `alpha${i} beta${i}`).join(' ');
  test('few words far apart, before any others', () => {
    const percolator = Percolator.build([{ id: 'w', query: 'alpha*' }]);
    expect(idsFor(percolator, `beta${' '.repeat(10_000)}alphabet`)).toEqual(['w']);
  });

  test('a pair of letters has no word, though there was one in the article before', () => {
    const percolator = Percolator.build([{ id: 'w', query: 'alpha*' }]);
    expect(idsFor(percolator, `a b${' '.repeat(64)}c alphabet`)).toEqual(['w']);
    expect(idsFor(percolator, '한국')).toEqual([]);
  });

  test.each([3, 3000, 0, 700, 20_000, 8])('%i pairs of words', (count) => {
    const article = { ...articleOf(words(count)), author: 'Alphabet', summary: '한국 betas' };
    const expected = queries.filter((query) => matches(parseQuery(query), article));
    expect(percolator.percolate(article).watchIds).toEqual(expected.sort());
  });
});

describe('hostile input is answered, and as matches does', () => {
  const words = Array.from({ length: 256 }, (_, i) => `t${i % 7}`);
  const queries = [
    't1',
    '"t1 t1 t2"',
    `${words.slice(0, 32).join(' NEAR/1000 ')}`,
    `${'('.repeat(14)}t1${' NEAR/9 t2)'.repeat(14)}`,
    words.join(' OR '),
    words.join(' '),
    'title:t1 -body:t1',
    '=T1 t1',
    't1+',
    '"t1 t2 t3" NEAR/1000 (t1 OR t2 OR t3)',
    '한국',
    '👍',
    't1_t1',
  ];
  const megabytes = [
    't1 ',
    "t1'",
    't1.',
    't1-t2 ',
    't1 t2 t3 ',
    '한',
    '👍\u200d',
    't1,1',
    'é\u0301 ',
    '\u200d',
    't1+ ',
    'U.S.',
  ];
  test.each(megabytes)('a megabyte of %j', (piece) => {
    const percolator = Percolator.build(queries.map((query) => ({ id: query, query })));
    const article = articleOf(piece.repeat(Math.ceil(1_000_000 / piece.length)));
    const expected = queries.filter((query) => matches(parseQuery(query), article));
    expect(percolator.percolate(article).watchIds).toEqual(expected.sort());
  });

  test('of a word, as many places are looked at as matches does', () => {
    const queries = [
      '"t1" NEAR/2 "t2"',
      '"t1" NEAR/2 "t9"',
      '"t9" NEAR/0 "t1"',
      't1 NEAR/2 t9',
      '=t1 NEAR/2 t9',
      '(t1 OR t5) NEAR/2 t9',
      '(=t1 NEAR/1 t1) NEAR/2 t9',
      '"t9" ONEAR/10 "t2"',
      '"t2" ONEAR/10 "t9"',
      '"t2" NEAR/10 "t9"',
      '"t9" NEAR/9 "t2"',
      '"t1" ONEAR/0 "t1"',
    ];
    const article = articleOf(`${'t1 '.repeat(3000)}t9 ${'t1 '.repeat(10)}t2`);
    const expected = queries.filter((query) => matches(parseQuery(query), article));
    const percolator = Percolator.build(queries.map((query) => ({ id: query, query })));
    expect(percolator.percolate(article).watchIds).toEqual(expected.sort());
  });

  test('a character that is cut in two where the searched part of a field ends is not there', () => {
    const percolator = Percolator.build([{ id: 'w', query: '👍 OR y' }]);
    for (let shift = 0; shift < 4; shift++) {
      const article = articleOf(`${'x '.repeat(65_535)}${'x'.repeat(shift)}👍y`);
      const found = shift < 1 ? ['w'] : [];
      expect(percolator.percolate(article).watchIds).toEqual(found);
      const { tokens, text } = readArticle(article).fields[0]!;
      expect(text.isWellFormed()).toBe(true);
      expect(tokens.at(-1)!.end).toBeLessThanOrEqual(text.length);
      expect(matches(parseQuery('👍 OR y'), article) ? ['w'] : []).toEqual(found);
    }
  });

  test('prefixes of a thousand lengths, and words that all begin like them', () => {
    const prefixes = Array.from({ length: 1200 }, (_, i) => `abc${'d'.repeat(i)}*`);
    const percolator = Percolator.build(prefixes.map((query) => ({ id: query, query })));
    const words = (letter: string) =>
      Array.from({ length: 17_000 }, (_, i) => `abc${letter}${i.toString(36)}`).join(' ');
    const article = { ...articleOf(words('e')), title: words('f'), summary: words('g'), author: words('h') };
    expect(percolator.percolate(article).watchIds).toEqual(['abc*']);
    expect(idsFor(percolator, 'abcdd')).toEqual(['abc*', 'abcd*', 'abcdd*']);
  });

  test('a million characters without a gap, and fields of the greatest length', () => {
    const article = {
      ...articleOf('x'.repeat(1_000_000)),
      title: 'a '.repeat(500_000),
      summary: '한'.repeat(500_000),
      author: '. '.repeat(500_000),
    };
    expect(Percolator.build([{ id: 'w', query: 'a 한한' }]).percolate(article).watchIds).toEqual(['w']);
  });
});
