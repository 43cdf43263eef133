/** What a query is read as, what is refused and what is warned of. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches } from '../../core/matches.ts';
import type { Query, QueryError } from '../../core/query/tree.ts';
import { lintQuery, parseQuery, printQuery } from '../../core/query.ts';
import { queryText, scene } from './query-arbitrary.ts';

describe('is read as', () => {
  test.each([
    ['a b', 'a AND b'],
    ['a b OR c', '(a AND b) OR c'],
    ['a OR b AND c', 'a OR (b AND c)'],
    ['a NOT b OR c', '(a AND -b) OR c'],
    ['a NEAR/5 b c', '(a NEAR/5 b) AND c'],
    ['a NEAR/5 b ONEAR/2 c', '(a NEAR/5 b) ONEAR/2 c'],
    ['-(a OR b) c', '-(a OR b) AND c'],
    ['NOT NOT a', '-(-a)'],
    ['(((a)))', 'a'],
    ['(a b) c', 'a AND b AND c'],
    ['title:(a OR b) c', 'title:(a OR b) AND c'],
    ['TITLE:a', 'title:a'],
    ['site:www.BBC.co.uk a', 'site:www.BBC.co.uk AND a'],
    ['lang:(en OR de)', 'lang:en OR lang:de'],
    ['“a b” c', '"a b" AND c'],
    ['a｜b', 'a OR b'],
    ['a || b && c', 'a OR (b AND c)'],
    ['+a -b', 'a AND -b'],
    ['Yahoo!', 'Yahoo'],
    ['a, b', 'a AND b'],
    ['="A b"', '="A b"'],
    ['C++ .NET', 'C++ AND .NET'],
    ['"OR"', '"OR"'],
    ['10:30', '"10:30"'],
    ['deploy*', 'deploy*'],
    ['AT&T & co', 'AT&T AND co'],
    ['a + b', 'a AND b'],
    ['a ! b = c', 'a AND b AND c'],
    ['a +', 'a'],
    ['a =', 'a'],
    ['a !', 'a'],
    ['a -', 'a'],
    ['a -- b — c', 'a AND b AND c'],
    ['(a -) b', 'a AND b'],
    ['a –b −c', 'a AND -b AND -c'],
    ['+(a b) +"c d" +.NET +#nato +💩', 'a AND b AND "c d" AND .NET AND #nato AND 💩'],
    ['=“A” =「B」', '="A" AND ="B"'],
    ['»a b« «c d»', '"a b" AND "c d"'],
    ['„a b“ „c d” ”e f”', '"a b" AND "c d" AND "e f"'],
    ['「東京 都」『大 阪』｢a b｣', '"東京 都" AND "大 阪" AND "a b"'],
    ['‘a b’', 'a AND b'],
    ['a"b c"d', 'a AND "b c" AND d'],
    ['צה"ל "צה"ל"', 'צה"ל AND "צה"ל"'],
    ['O,R a', 'O,R AND a'],
    ['a OR, b', 'a OR b'],
    ['near NEARBY AROUND', 'near AND "NEARBY" AND "AROUND"'],
    ['a Near/5 b', 'a AND Near/5 AND b'],
    ['a NEAR/1000 b', 'a NEAR/1000 b'],
    ['ａ　ＮＥＡＲ／５　ｂ', 'ａ NEAR/5 ｂ'],
    ['=OREGON', '=OREGON'],
    ['title：(a｜b)', 'title:(a OR b)'],
    ['re: a', 're AND a'],
    ['(a OR b) NEAR/3 (c NEAR/1 d)', '(a OR b) NEAR/3 (c NEAR/1 d)'],
    ['a OR (b OR (c OR d))', 'a OR b OR c OR d'],
    ['source:"A-B" source:A-B category:C++', 'source:"A-B" AND source:A-B AND category:C++'],
    ['lang:"en" site:München.de', 'lang:"en" AND site:München.de'],
    ['-title:a b', '-title:a AND b'],
    ['title:(-a b)', 'title:(-a AND b)'],
    ['a\u00a0b\u3000c\u2028d', 'a AND b AND c AND d'],
    ['a\u200b \ud800', 'a\u200b'],
    ['a||b', 'a OR b'],
    ['"a ” b"', '"a ” b"'],
    ['.5 ...a x .net a.b', '5 AND a AND x AND .net AND a.b'],
    ['source:.a source:(a OR "b c")', 'source:".a" AND (source:a OR source:"b c")'],
    ['lang:pt_BR site:1.2.3.4', 'lang:pt_BR AND site:1.2.3.4'],
    ['C+ C++17 c# a&b R&D AT& &T', 'C+ AND C++17 AND c# AND a&b AND R&D AND AT AND T'],
    ['@a a@b.c $5 US$5 €5 #a#', '@a AND a@b.c AND $5 AND US$5 AND €5 AND #a#'],
    ['U.S. don’t 1,000 3.5', 'U.S. AND don’t AND 1,000 AND 3.5'],
  ])('%s → %s', (query, reading) => {
    expect(printQuery(parseQuery(query))).toBe(reading);
    expect(withoutPositions(parseQuery(reading))).toEqual(withoutPositions(parseQuery(query)));
  });
});

/** Readings keep the meaning; their positions are their own. */
function withoutPositions(query: Query): unknown {
  return JSON.parse(
    JSON.stringify(query, (key, value) => (key === 'start' || key === 'end' ? undefined : value)),
  );
}

describe('is refused', () => {
  test.each([
    ['', 0, 0, 'nothing to look for', 'write a word'],
    ['   ', 0, 3, 'nothing to look for', 'write a word'],
    ['"north korea', 0, 1, 'never closed', 'add "'],
    ['a OR b)', 6, 7, 'no "("', 'remove it'],
    ['(a OR b', 0, 1, 'never closed', 'add ")"'],
    ['()', 0, 2, 'nothing in these parentheses', 'add a word'],
    ['""', 0, 2, 'no word between these quotation marks', 'write a word'],
    ['-a', 0, 2, 'none of your words', 'add a word'],
    ['a OR -b', 5, 7, 'none of your words', 'add a word'],
    ['a OR NOT (b c)', 5, 13, 'none of your words', 'add a word'],
    ['*', 0, 1, 'nothing to look for', 'write a word'],
    ['*ship', 0, 1, 'cannot begin with *', 'at its end'],
    ['sh*p', 2, 3, 'only at the end', 'deploy*'],
    ['ab*', 0, 3, 'At least 3 letters', 'shorter'],
    ['東*', 0, 2, 'At least 2 letters', 'shorter'],
    ['x "a *ship"', 5, 6, 'cannot begin with *', 'at its end'],
    ['x ="sh**p"', 6, 8, 'only at the end', 'deploy*'],
    ['"a * b"', 3, 4, 'only behind a word', 'a ONEAR/1 b'],
    ['C++*', 3, 4, 'only behind a word', 'as in deploy*'],
    ['site:*.b.com', 5, 6, 'only behind a word', 'site:b.com'],
    ['site:*.com', 5, 6, 'only behind a word', 'as in deploy*'],
    ['=OR', 0, 3, 'before one word', '="OR"'],
    ['=dep*', 4, 5, 'exact letters', 'leave out'],
    ['OR', 0, 2, 'both sides', '"OR"'],
    ['AND a', 0, 3, 'both sides', '"AND"'],
    ['a OR', 2, 4, 'both sides', 'add it'],
    ['a OR OR b', 5, 7, 'both sides', 'add it'],
    ['a NOT', 2, 5, 'Nothing follows NOT', 'behind it'],
    ['a NEAR b', 2, 6, 'NEAR needs a number, e.g. NEAR/5', 'NEAR/5'],
    ['a NEAR/ b', 2, 7, 'NEAR needs a number', 'NEAR/5'],
    ['a NEAR/-1 b', 2, 9, 'NEAR needs a number', 'NEAR/5'],
    ['a ONEAR/99999 b', 2, 13, 'ONEAR needs a number', 'ONEAR/5'],
    ['a NEAR/3 (b c)', 10, 13, 'NEAR/3 joins words', 'AND c'],
    ['a NEAR/3 -b', 9, 11, 'NEAR/3 joins words', '-(a NEAR/3 b)'],
    ['title:a NEAR/3 b', 0, 7, 'NEAR/3 joins words', 'title:(a NEAR/3 b)'],
    ['a AROUND(3) b', 2, 8, 'no operator', 'NEAR/4'],
    ['colour:red', 0, 7, 'no field "colour"', '"colour:red"'],
    ['intitle:x', 0, 8, 'no field', 'did you mean title:'],
    ['https://example.com', 0, 6, 'no field', 'site:example.com'],
    ['title:', 0, 6, 'needs a value', 'title:word'],
    ['title: x', 0, 6, 'needs a value', 'without a space'],
    ['title:-x', 0, 6, 'needs a value', '-title:word'],
    ['title:(a site:b.com)', 9, 14, 'cannot stand inside', 'AND'],
    ['site:nowhere', 0, 12, 'no site', 'koreaherald.com'],
    ['lang:english!', 0, 13, 'no language', 'lang:en'],
    ['chocolate - swiss', 10, 11, 'excludes nothing', '-swiss'],
    ['a !b', 2, 3, '"!" is no operator', '-word'],
    ['%%%', 0, 3, 'nothing to look for', 'write a word'],
    ['a (', 2, 3, 'never closed', 'add ")"'],
    ['a () b', 2, 4, 'nothing in these parentheses', 'add a word'],
    ['a ) b', 2, 3, 'no "("', 'remove it'],
    [') a', 0, 1, 'nothing before', 'remove it'],
    ['a OR )', 2, 4, 'both sides', 'add it'],
    ['&& a', 0, 2, 'both sides', 'add it'],
    ['a | | b', 4, 5, 'both sides', 'add it'],
    ['a NOT) b', 2, 5, 'Nothing follows NOT', 'behind it'],
    ['a NEAR/5x b', 2, 9, 'NEAR needs a number', 'NEAR/5'],
    ['a NEAR/1001 b', 2, 11, 'NEAR needs a number', 'NEAR/5'],
    ['a NEAR/3', 2, 8, 'both sides', 'add it'],
    ['a NEAR/3 (b OR (c d))', 16, 19, 'NEAR/3 joins words', 'AND c'],
    ['(a OR site:b.com) NEAR/3 c', 6, 16, 'NEAR/3 joins words', 'AND c'],
    ['title:(-a)', 7, 9, 'none of your words', 'add a word'],
    ['a OR (b OR -c)', 11, 13, 'none of your words', 'add a word'],
    ['-a -b', 0, 2, 'none of your words', 'add a word'],
    ['-(-(-a))', 0, 6, 'none of your words', 'add a word'],
    ['a « b', 2, 3, 'never closed', 'add "'],
    ['a “b «c»', 2, 3, 'never closed', 'add "'],
    ['“‘', 0, 1, 'never closed', 'add "'],
    ['a "!" b', 2, 5, 'no word between', 'write a word'],
    ['a =(b c)', 2, 4, 'before one word', 'as in =US'],
    ['title:NOT', 0, 6, 'needs a value', '-title:word'],
    ['title:OR', 0, 6, 'needs a value', 'as in title:word'],
    ['body:title:x', 0, 5, 'body: needs a value', 'body:word'],
    ['body:(title:x)', 6, 12, 'cannot stand inside body:', 'AND'],
    ['a (b -', 2, 3, 'never closed', 'add ")"'],
    ['(- a)', 1, 2, 'excludes nothing', '-swiss'],
    ['site:a.b/c', 5, 10, 'no site', 'koreaherald.com'],
    ['site:a.b:80', 5, 11, 'no site', 'koreaherald.com'],
    ['site:"a.b c"', 5, 12, 'no site', 'koreaherald.com'],
    ['site:.b', 5, 7, 'no site', 'koreaherald.com'],
    ['lang:e', 5, 6, 'no language', 'lang:en'],
    ['lang:en-', 5, 8, 'no language', 'lang:en'],
    ['lang:en-g', 5, 9, 'no language', 'lang:en'],
    ['lang:xen-gb-x1!', 5, 15, 'no language', 'lang:en'],
  ] as [string, number, number, string, string][])('%j', (query, start, end, message, hint) => {
    const error = refusal(query);
    expect(error).toMatchObject({ name: 'QueryError', message: expect.stringContaining(message) });
    expect(error?.hint).toContain(hint);
    if (!/^(lang|site):[a-z]/.test(query)) expect([error?.start, error?.end]).toEqual([start, end]);
  });

  test.each([
    ['more than 4,096 characters', 'a '.repeat(2100), '4096 characters'],
    ['more than 256 words', 'a '.repeat(257), '256 words'],
    ['a phrase of more than 256 words', `"${'a '.repeat(257)}"`, '256 words'],
    ['more than 32 levels', `${'('.repeat(33)}a${')'.repeat(33)}`, '32 levels'],
    ['more than 32 exclusions of exclusions', `a ${'NOT '.repeat(40)}b`, '32 levels'],
    ['a chain of more than 32 NEAR', `a${' NEAR/1 a'.repeat(40)}`, '32 levels'],
    ['more than 32 levels of a tree with as many parentheses', `a OR (${nested(31)})`, '32 levels'],
    ['more than 256 values of fields', 'lang:en '.repeat(257), '256 words'],
  ])('%s', (_, query, message) => {
    expect(refusal(query)?.message).toContain(message);
    expect(refusal(query)?.hint).toBe(message === '32 levels' ? 'use fewer parentheses' : undefined);
  });

  test.each([
    ['4,096 characters', `${'a'.repeat(40)} `.repeat(99) + 'a'.repeat(37)],
    ['256 words', 'a '.repeat(256)],
    ['256 values of fields', 'lang:en '.repeat(256)],
    ['32 levels of parentheses', `${'('.repeat(32)}a${')'.repeat(32)}`],
    ['32 levels of a tree', nested(31)],
    ['32 exclusions of exclusions', `${'NOT '.repeat(32)}b`],
    ['a chain of 32 NEAR', `a${' NEAR/1 a'.repeat(32)}`],
  ])('but not %s', (_, query) => {
    expect(refusal(query)).toBeUndefined();
  });
});

/** AND and OR in turns, one level more than parentheses. */
function nested(parentheses: number): string {
  let query = 'a OR b';
  for (let i = 0; i < parentheses; i++) query = `a ${i % 2 ? 'OR' : 'AND'} (${query})`;
  return query;
}

function refusal(query: string): QueryError | undefined {
  try {
    parseQuery(query);
  } catch (error) {
    return error as QueryError;
  }
}

describe('is warned of', () => {
  test.each([
    ['sanctions', []],
    ['a1 OR b1 c1', ['mixes-and-or']],
    ['a1 b1 OR c1 d1', ['mixes-and-or']],
    ['a1 OR (b1 c1)', []],
    ['(a1 b1) OR -(a1 OR b1 c1) c1', ['mixes-and-or', 'mixes-and-or']],
    ['title:(a1 OR b1 c1)', ['mixes-and-or']],
    ['(a1 OR b1) c1', []],
    ['cats or dogs', ['lower-case-operator']],
    ['cats not dogs', ['lower-case-operator']],
    ['cats near/5 dogs', ['lower-case-operator']],
    ['cats onear/5 dogs', ['lower-case-operator']],
    ['cats "or" dogs', []],
    ['near dogs', []],
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
  ] as [string, string[]][])('%s: %j', (query, places) => {
    expect(lintQuery(parseQuery(query)).map(({ start, end }) => query.slice(start, end))).toEqual(places);
  });
});

test('a query as deep as is allowed is judged as quickly as any', () => {
  const nested = (word: string) => `${'(('.repeat(14)}the${`) AND ${word}) OR the`.repeat(14)}`;
  expect(lintQuery(parseQuery(nested('of'))).map(({ code }) => code)).toEqual(['matches-nearly-everything']);
  expect(lintQuery(parseQuery(`iran -(${nested('iraq')})`))).toEqual([]);
});

describe('for any text', () => {
  test('parse(print(q)) equals q', () => {
    fc.assert(
      fc.property(queryText, (text) => {
        const error = refusal(text);
        if (error) {
          expect(error.name).toBe('QueryError');
          return;
        }
        const query = parseQuery(text);
        const again = parseQuery(printQuery(query));
        expect(withoutPositions(again)).toEqual(withoutPositions(query));
        lintQuery(query);
      }),
      { numRuns: 3000 },
    );
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

  test('only QueryError is thrown, with a position inside the text', () => {
    const junk = fc.array(
      fc.constantFrom(
        '"',
        '“',
        '«',
        '»',
        '(',
        ')',
        '-',
        '–',
        '=',
        '*',
        '|',
        '!',
        '+',
        ':',
        'OR',
        'AND',
        'NEAR/2',
        'title',
        'site',
        '한국',
        'a',
        "'",
        '.',
        '\u0000',
        '\ud800',
        '💩',
        'צ',
        ' ',
        '　',
        'é',
        '\u0301',
        '½',
        '&',
      ),
      { maxLength: 14 },
    );
    const anything = fc.oneof(
      junk.map((each) => each.join('')),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const error = refusal(text);
        if (error === undefined) {
          const printed = printQuery(parseQuery(text));
          expect(printQuery(parseQuery(printed))).toBe(printed);
          return;
        }
        expect(error.name).toBe('QueryError');
        expect(error.start).toBeGreaterThanOrEqual(0);
        expect(error.end).toBeLessThanOrEqual(text.length);
        expect(error.start).toBeLessThanOrEqual(error.end);
      }),
      { numRuns: 6000 },
    );
  });
});
