/** What a query is read as; what is refused and warned of stands in files of its own. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lintQuery, parseQuery, printQuery } from '../../core/query.ts';
import { queryText } from './query-arbitrary.ts';
import { refusal, withoutPositions } from './query-reading.ts';

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
    ['»a b«»c d«', '"a b" AND "c d"'],
    ['"a b” c', '"a b" AND c'],
    ['„a b“ „c d” ”e f”', '"a b" AND "c d" AND "e f"'],
    ['「東京 都」『大 阪』｢a b｣', '"東京 都" AND "大 阪" AND "a b"'],
    ['‘a b’', 'a AND b'],
    ['a"b c"d', 'a AND "b c" AND d'],
    ['צה"ל "צה"ל"', 'צה"ל AND "צה"ל"'],
    ['O,R a', 'O,R AND a'],
    ['a OR, b', 'a OR b'],
    ['a OR,, b', 'a OR b'],
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
    ['category:«a"b»', 'category:"ab"'],
    ['category:" World  News "', 'category:"World News"'],
    ['"a   b"', '"a b"'],
    ['XNEAR/5 a', 'XNEAR/5 AND a'],
    ['=💩 +title:a a@ b', '=💩 AND title:a AND a AND b'],
    ['a##b F#7 a#b', 'a##b AND F#7 AND a#b'],
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
