/** Fields, what is highlighted, and why something did not match. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explain, matches } from '../../core/matches.ts';
import type { Article } from '../../core/model.ts';
import { Percolator } from '../../core/percolator.ts';
import type { Query } from '../../core/query/tree.ts';
import { parseQuery } from '../../core/query.ts';
import { tokenise } from '../../core/text.ts';
import { scene } from './query-arbitrary.ts';

const articleOf = (body: string): Article => ({
  id: 'a',
  url: 'https://a.example/1',
  title: '',
  sourceId: 's',
  body,
});

function expectMatch(query: string, article: Article, expected: boolean): void {
  expect(matches(parseQuery(query), article) !== null).toBe(expected);
  const { watchIds } = Percolator.build([{ id: 'w', query }]).percolate(article);
  expect(watchIds).toEqual(expected ? ['w'] : []);
}

describe('fields', () => {
  const article: Article = {
    id: 'a',
    url: 'https://en.koreaherald.com:443/view/1',
    title: 'North Korea fires missile',
    summary: 'Seoul condemns launch',
    body: 'The army said on Monday.',
    author: 'Kim Min-ji',
    language: 'en-GB',
    categories: ['World News', 'Asia'],
    sourceId: 'src-1',
    sourceName: 'The Korea Herald',
  };
  test.each<[string, boolean]>([
    ['title:missile', true],
    ['title:army', false],
    ['title:(missile OR army) army', true],
    ['title:(korea army)', false],
    ['title:"north korea"', true],
    ['title:=north', false],
    ['summary:launch', true],
    ['body:army', true],
    ['author:kim', true],
    ['author:"min ji"', true],
    ['kim', false],
    ['"missile Seoul"', false],
    ['missile NEAR/5 Seoul', false],
    ['title:(korea NEAR/2 missile)', true],
    ['site:koreaherald.com', true],
    ['site:www.koreaherald.com', true],
    ['site:herald.com', false],
    ['site:KoreaHerald.com missile', true],
    ['source:src-1', true],
    ['source:"the korea herald"', true],
    ['source:korea', false],
    ['category:"world news"', true],
    ['category:world', false],
    ['lang:en', true],
    ['lang:en-GB', true],
    ['lang:en-US', false],
    ['-lang:ko missile', true],
    ['Title:missile', true],
    ['title：missile', true],
    ['site:(bbc.co.uk OR koreaherald.com)', true],
  ])('%s: %s', (query, expected) => {
    expectMatch(query, article, expected);
  });
});

describe('what an article answers to', () => {
  const article: Article = {
    id: 'a',
    url: 'no url',
    title: 'x',
    language: 'pt_BR',
    categories: ['C++', ''],
    sourceId: 'Src 1',
  };
  test.each<[string, boolean]>([
    ['lang:pt', true],
    ['lang:pt-br', true],
    ['lang:pt_BR', true],
    ['lang:br', false],
    ['source:"src 1"', true],
    ['source:SRC-1', true],
    ['source:undefined', false],
    ['category:c', true],
    ['site:no.url', false],
  ])('%s: %s', (query, expected) => {
    expectMatch(query, article, expected);
    expectMatch(`x -${query}`, article, !expected);
  });

  test('behind 131,072 characters a field is not looked at', () => {
    const body = `${'x'.repeat(131_070)} a1`;
    expectMatch('a1', articleOf(body), false);
    expectMatch('a1', articleOf(body.slice(2)), true);
  });
});

describe('spans', () => {
  test.each<[query: string, text: string, found: string[]]>([
    ['sanctions', 'Sanctions; a sanction’s end', ['Sanctions', 'sanction']],
    ['"first ever" -x', 'the first‑ever one', ['first‑ever']],
    ['us', 'The U.S. and US.', ['U.S.', 'US']],
    ['1000', '💩 1,000 é', ['1,000']],
    ['a1 NEAR/3 b1', 'a1 x b1 and c1', ['a1', 'b1']],
    ['a1 NEAR/3 b1 NEAR/3 c1', 'a1 x b1 and c1', ['a1', 'b1', 'c1']],
    ['東京', '東京と東京都', ['東京', '東京']],
    ['a1 OR b1', 'b1 a1', ['b1', 'a1']],
    ['a1 OR a1', 'a1', ['a1']],
    ['a1 OR "a1 b1" OR b1', 'a1 b1 a1', ['a1', 'a1 b1', 'b1', 'a1']],
    ['(a1 OR a1) NEAR/3 b1', 'a1 b1', ['a1', 'b1']],
    ['(b1 OR a1) NEAR/1 c1', 'a1 c1 x x x b1 c1', ['a1', 'c1', 'b1', 'c1']],
    ['("a1 b1" OR a1) NEAR/3 c1', 'a1 b1 c1', ['a1', 'a1 b1', 'c1']],
    ['("a1 b1" OR b1) NEAR/3 c1', 'a1 b1 c1', ['a1 b1', 'b1', 'c1']],
    ['a1 NEAR/1 b1', 'a1 x x a1 b1', ['a1', 'b1']],
    ['a1 NEAR/1 (b1 NEAR/1 c1)', 'a1 b1 c1 x x x a1', ['a1', 'b1', 'c1']],
    ['depl*', 'deployed, deploying', ['deployed', 'deploying']],
    ['"e"', 'e\u0301 É', ['e\u0301', 'É']],
    ['💩', 'a💩b', ['💩']],
    ['$TSLA', '$TSLA', ['TSLA']],
    ['a1 -(x1 a1)', 'a1', ['a1']],
  ])('%s in %s', (query, text, found) => {
    const spans = matches(parseQuery(query), articleOf(text))!.spans;
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(found);
    expect(spans.every(({ field }) => field === 'body')).toBe(true);
  });
});

test('spans go through the fields in order, none twice', () => {
  const article = { ...articleOf('b1 a1'), title: 'a1', summary: 'b1 a1', author: 'a1' };
  const { spans } = matches(parseQuery('author:a1 body:b1 a1 (b1 OR a1)'), article)!;
  expect(spans.map(({ field, start }) => `${field} ${start}`)).toEqual([
    'title 0',
    'summary 0',
    'summary 3',
    'body 0',
    'body 3',
    'author 0',
  ]);
});

test('an article full of words that a query names hundreds of times', () => {
  const query = parseQuery(`(${Array(250).fill('a1').join(' OR ')}) b1`);
  const article = articleOf(`${'a1 '.repeat(700)}b1`);
  expect(matches(query, article)!.spans).toHaveLength(701);
  expect(explain(query, article).clauses.map(({ spans }) => spans.length)).toEqual([700, 1]);
});

describe('explain', () => {
  test('says which clause failed', () => {
    const { matched, clauses } = explain(
      parseQuery('korea (missile OR rocket) -drill'),
      articleOf('Korea: a drill'),
    );
    expect(matched).toBe(false);
    expect(clauses).toEqual([
      { text: 'korea', start: 0, end: 5, matched: true, spans: [{ field: 'body', start: 0, end: 5 }] },
      { text: 'missile OR rocket', start: 7, end: 24, matched: false, spans: [] },
      { text: '-drill', start: 26, end: 32, matched: false, spans: [{ field: 'body', start: 9, end: 14 }] },
    ]);
  });

  test.each<[query: string, clauses: string[]]>([
    ['korea', ['+korea: Korea']],
    ['-(drill OR army) korea', ['--(drill OR army): drill', '+korea: Korea']],
    ['missile OR korea', ['-missile', '+korea: Korea']],
    ['missile NEAR/3 korea', ['-missile NEAR/3 korea']],
    ['korea -(missile drill)', ['+korea: Korea', '+-(missile AND drill)']],
    ['korea site:b.com -lang:en', ['+korea: Korea', '-site:b.com', '+-lang:en']],
    ['title:korea korea', ['-title:korea', '+korea: Korea']],
    ['body:(korea -drill)', ['-body:(korea AND -drill)']],
  ])('%s', (query, expected) => {
    const body = 'Korea: a drill';
    const { clauses } = explain(parseQuery(query), articleOf(body));
    const told = clauses.map(({ text, matched, spans }) => {
      const found = spans.map(({ start, end }) => body.slice(start, end)).join();
      return `${matched ? '+' : '-'}${text}${found && ': '}${found}`;
    });
    expect(told).toEqual(expected);
  });

  test('a clause stands in the query with its field', () => {
    const query = 'a1 site:b.com title:c1 -lang:en';
    const { clauses } = explain(parseQuery(query), articleOf('x'));
    expect(clauses.map(({ start, end }) => query.slice(start, end))).toEqual(query.split(' '));
  });

  test('of a match, every clause holds', () => {
    const { matched, clauses } = explain(parseQuery('korea -drill'), articleOf('Korea'));
    expect(matched).toBe(true);
    expect(clauses.map(({ matched: each }) => each)).toEqual([true, true]);
  });

  test('agrees with matches on everything, and points into the text', () => {
    fc.assert(
      fc.property(scene, ({ queries, articles }) => {
        for (const query of queries.flatMap(accepted)) {
          for (const article of articles) {
            const { matched, clauses } = explain(query, article);
            const match = matches(query, article);
            const each = clauses.map((clause) => clause.matched);
            expect(matched).toBe(match !== null);
            expect(query.type === 'or' ? each.some(Boolean) : each.every(Boolean)).toBe(matched);
            for (const { field, start, end } of [
              ...(match?.spans ?? []),
              ...clauses.flatMap((c) => c.spans),
            ]) {
              expect(tokenise((article[field] ?? '').slice(start, end))).not.toEqual([]);
            }
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

function accepted(text: string): Query[] {
  try {
    return [parseQuery(text)];
  } catch {
    return [];
  }
}
