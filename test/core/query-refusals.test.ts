/** What is refused: where, why, and what to write instead. */
import { describe, expect, test } from 'vitest';
import { refusal } from './query-reading.ts';

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
    ['a.*.b.c', 2, 3, 'only behind a word', 'as in deploy*'],
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
    ['a |', 2, 3, '| needs something on both sides', '"|"'],
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
    ['a !💩', 2, 3, 'no operator', '-word'],
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
    [
      'NEAR within parentheses, more than 32',
      `${'('.repeat(30)}a${' NEAR/1 a'.repeat(3)}${')'.repeat(30)}`,
      '32 levels',
    ],
    ['a chain of more than 32 NEAR', `a${' NEAR/1 a'.repeat(40)}`, '32 levels'],
    ['more than 32 levels of a tree with as many parentheses', `a OR (${nested(31)})`, '32 levels'],
    ['more than 256 values of fields', 'lang:en '.repeat(257), '256 words'],
  ])('%s', (_, query, message) => {
    const error = refusal(query)!;
    expect(error.message).toContain(message);
    expect(error.end).toBeGreaterThan(error.start);
    expect(error.hint).toBe(message === '32 levels' ? 'use fewer parentheses' : undefined);
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
