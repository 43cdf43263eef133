/** What is warned of, and where. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches } from '../../core/matches.ts';
import { lintQuery, parseQuery } from '../../core/query.ts';
import { scene } from './query-arbitrary.ts';
import { refusal } from './query-reading.ts';

describe('is warned of', () => {
  test.each([
    ['sanctions', []],
    ['a1 OR b1 c1', ['mixes-and-or']],
    ['a1 b1 OR c1 d1', ['mixes-and-or']],
    ['a1 OR (b1 c1)', []],
    ['(a1 b1) OR -(a1 OR b1 c1) c1', ['mixes-and-or', 'mixes-and-or']],
    ['title:(a1 OR b1 c1)', ['mixes-and-or']],
    ['(a1 OR b1) c1', []],
    ['iran OR category:(a1 b1)', []],
    ['cats or dogs', ['lower-case-operator']],
    ['cats not dogs', ['lower-case-operator']],
    ['cats near/5 dogs', ['lower-case-operator']],
    ['cats onear/5 dogs', ['lower-case-operator']],
    ['cats "or" dogs', []],
    ['near dogs', []],
    ['editor for iran land', []],
    ['iran source:or', []],
    ['the', ['matches-nearly-everything']],
    ['iran OR the', ['matches-nearly-everything']],
    ['lang:en', ['matches-nearly-everything']],
    ['the of', ['matches-nearly-everything']],
    ['the iran', []],
    ['the -iran', ['matches-nearly-everything']],
    ['the NEAR/5 of', ['matches-nearly-everything']],
    ['the NEAR/5 iran', []],
    ['iran NEAR/5 the', []],
    ['"the who"', []],
    ['=The', []],
    ['title:the', []],
    ['source:the', []],
    ['iran -iran', ['never-matches']],
    ['(iran iraq) -iran', ['never-matches']],
    ['lang:en lang:de iran', ['never-matches']],
    ['lang:en lang:en-GB iran', []],
    ['site:bbc.com site:cnn.com iran', ['never-matches']],
    ['site:bbc.com site:news.bbc.com iran', []],
    ['site:news.bbc.com -site:bbc.com', ['never-matches']],
    ['site:bbc.com -site:news.bbc.com', []],
    ['site:bbc.com site:abbc.com', ['never-matches']],
    ['lang:en-GB -lang:en', ['never-matches', 'matches-nearly-everything']],
    ['source:a1 source:b1', []],
    ['category:a1 -category:a1', ['never-matches']],
    ['category:a1 -category:b1', []],
    ['category:a1 -source:a1', []],
    ['sanction -sanctions', ['never-matches']],
    ['sanctions -"sanction"', []],
    ['"sanction" -sanctions', ['never-matches']],
    ['"north korea" -korea', ['never-matches']],
    ['"north korea" -"korea north"', []],
    ['"a1 b1 c1 d1" -"b1 c1"', ['never-matches']],
    ['"a1 b1 c1 d1" -"b1 d1"', []],
    ['korea -"north korea"', []],
    ['korea -=Korea', []],
    ['=Korea -korea', ['never-matches']],
    ['=Korea -=Korea', ['never-matches']],
    ['=Korea -=KOREA', []],
    ['C -C++', []],
    ['C++ -C', ['never-matches']],
    ['#nato -@nato', []],
    ['#nato -#nato', ['never-matches']],
    ['deployed -deploy*', []],
    ['deploy* -deploy*', ['never-matches']],
    ['東京都 -東京', []],
    ['東京 -東京', ['never-matches']],
    ['title:korea -korea', ['never-matches']],
    ['author:korea -korea', []],
    ['korea -title:korea', []],
    ['title:korea -title:korea', ['never-matches']],
    ['title:korea -body:korea', []],
    ['title:(korea -korea)', ['never-matches']],
    ['korea -(title:a1 OR korea)', ['never-matches']],
    ['title:korea -title:(a1 OR korea)', ['never-matches']],
    ['a1 NEAR/2 b1 -b1', ['never-matches']],
    ['a1 NEAR/2 b1 -a1', ['never-matches']],
    ['a1 NEAR/2 b1 -(a1 NEAR/2 b1)', ['never-matches']],
    ['a1 NEAR/2 b1 -(a1 NEAR/1 b1)', []],
    ['a1 NEAR/2 b1 -(a1 ONEAR/2 b1)', []],
    ['(a1 OR b1) -a1 -b1', ['never-matches']],
    ['(a1 OR b1) -(a1 OR b1)', ['never-matches']],
    ['(a1 OR b1) -a1', []],
    ['(a1 -a1) OR (b1 -b1)', ['never-matches']],
    ['(a1 -a1) OR b1', []],
    ['c1 (a1 OR (b1 -(a1 OR b1)))', []],
    ['c1 (a1 OR b1) -(a1 b1)', []],
    ['c1 -(a1 b1) -(b1 a1)', []],
    ['(x1 OR (title:a1 b1)) -(title:a1 b1) -x1', ['never-matches']],
    ['(x1 OR (title:a1 b1)) -(body:a1 b1) -x1', []],
    ['(x1 OR (depl* 東京)) -(depl* 東京) -x1', ['never-matches']],
    ['(x1 OR (sanction b1)) -(sanctions b1) -x1', ['never-matches']],
    ['(x1 OR (lang:en b1)) -(lang:en b1) -x1', ['never-matches']],
    ['(x1 OR (lang:en b1)) -(lang:de b1) -x1', []],
  ] as [string, string[]][])('%s: %j', (query, codes) => {
    const found = lintQuery(parseQuery(query));
    expect(found.map(({ code }) => code)).toEqual(codes);
    for (const { start, end } of found) expect(query.slice(start, end).length).toBeGreaterThan(0);
  });
});

describe('warnings stand where the cause is', () => {
  test.each([
    ['cats or dogs OR the', ['cats or dogs OR the', 'or', 'the']],
    ['a1 (cats or (dogs NEAR/3 near/2))', ['or', 'near/2']],
    ['title:(cats or dogs) -(rats or mice)', ['or', 'or']],
    ['iran OR a1 b1 or c1', ['iran OR a1 b1 or c1', 'or']],
    ['iran (a1 OR b1 c1)', ['a1 OR b1 c1']],
    ['the -iran', ['the -iran']],
    ['iran or -iran', ['iran or -iran', 'or']],
  ] as [string, string[]][])('%s: %j', (query, places) => {
    expect(lintQuery(parseQuery(query)).map(({ start, end }) => query.slice(start, end))).toEqual(places);
  });
});

test('a query as deep as is allowed is judged as quickly as any', () => {
  const nested = (word: string) => `${'(('.repeat(14)}the${`) AND ${word}) OR the`.repeat(14)}`;
  expect(lintQuery(parseQuery(nested('of'))).map(({ code }) => code)).toEqual(['matches-nearly-everything']);
  expect(lintQuery(parseQuery(`iran -(${nested('iraq')})`))).toEqual([]);
});

test('what is said to never match, never does', () => {
  fc.assert(
    fc.property(scene, fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 6 }), (each, joins) => {
      const joined = joins.map(([a, b]) => `${each.queries[a] ?? 'a1'} -(${each.queries[b] ?? 'a1'})`);
      for (const text of [...each.queries, ...joined]) {
        if (refusal(text)) continue;
        const query = parseQuery(text);
        if (!lintQuery(query).some(({ code }) => code === 'never-matches')) continue;
        for (const article of each.articles) expect(matches(query, article)).toBeNull();
      }
    }),
    { numRuns: 1000 },
  );
});
