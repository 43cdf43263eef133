/** Tokens of texts, against tables, the Unicode test data and the percolator's own scan. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashTerm } from '../../core/percolator/hash.ts';
import { scanArticle } from '../../core/percolator/scan.ts';
import { scanned, termHash, tokenBounds } from '../../core/percolator/workspace.ts';
import { foldWord } from '../../core/text/fold.ts';
import { singular, wordForms } from '../../core/text/plural.ts';
import { tokenise } from '../../core/text.ts';
import { corpus, readJsonl } from '../corpus.ts';

const folded = (text: string) =>
  tokenise(text)
    .map((token) => token.folded)
    .join('|');

describe('tokens', () => {
  test.each([
    ['Russia’s U.S. deal: 1,000', 'russia|us|deal|1000'],
    ['“It’s — the ‘best’ (ever)!”', 'it|the|best|ever'],
    ["the ministers' meeting", 'the|ministers|meeting'],
    ["rock 'n' roll", 'rock|n|roll'],
    ['l’Iran dell’ONU qu’il aujourd’hui', "l|iran|dell|onu|qu|il|aujourd'hui"],
    ['AT&T C++ .NET #tag @me', 'at|t|c|net|tag|me'],
    ['1,234,567.89 1,00,000 12,34 1.5.2 ½', '1234567.89|100000|12,34|1.5.2|1/2'],
    ['a.m. in D.C., J.K. Rowling; node.js', 'am|in|dc|jk|rowling|node|js'],
    ['snake_case __init__ _x_', 'snake_case|init|x'],
    ['東京都で', '東|京|都|で'],
    ['iPhone手机 5G网', 'iphone|手|机|5g|网'],
    ['\u1112\u1161\u11ab글', '한|글'],
    ['ｶﾞ カ゛', 'ガ|ガ'],
    ['น้ำ', 'น้|ํา'],
    ['👨‍👩‍👧 👍🏽🇰🇷🇯🇵', '👨‍👩‍👧|👍🏽|🇰🇷|🇯🇵'.replaceAll('\u200d', '')],
    ['\ud800 x\udfff', 'x'],
    ['5㎞ №', '5km'],
    ['', ''],
  ])('%s → %s', (text, expected) => {
    expect(folded(text)).toBe(expected);
  });

  test('positions are those of the original text', () => {
    const text = '💩 Russia’s U.S.-led ｶﾞ x';
    expect(tokenise(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      '💩',
      'Russia',
      'U.S.',
      'led',
      'ｶﾞ',
      'x',
    ]);
  });

  test('a megabyte of anything is read in linear time', () => {
    for (const piece of ['a', "a'", 'a.', '1,', 'א"', 'a\u0301', '한', '💩', '\u200d', 'a_', '👨‍']) {
      expect(tokenise(piece.repeat(1_000_000 / piece.length)).length).toBeGreaterThanOrEqual(0);
    }
  });

  test('folding twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const token of tokenise(text)) expect(foldWord(token.folded)).toBe(token.folded);
      }),
      { numRuns: 2000, examples: [['ŉ']] },
    );
  });
});

describe.skipIf(corpus === undefined)('Unicode word boundaries, where scripts have words', () => {
  const isWord = (text: string) => /[\p{L}\p{N}]/u.test(text);
  /** Decided otherwise: a colon separates, underscores around a word are not part of it, kana marks are units. */
  const isOurs = (text: string) => /[_:〱]|[א-ת]'/u.test(text);
  const rows = readJsonl<{ text: string; words: string[] }>('wordbreak/cases.jsonl');
  test.each(rows.filter(({ text }) => !isOurs(text.replace(/\p{M}|\p{Cf}/gu, ''))))(
    '%j',
    ({ text, words }) => {
      const ours = tokenise(text).map(({ start, end }) => text.slice(start, end));
      expect(ours.filter(isWord)).toEqual(words.filter(isWord));
    },
  );
});

describe('the scan of the percolator sees the same tokens', () => {
  const pieces = [
    ...Array.from('asSU\'’.,1 -_"“”(éßıİςй국한東のกא状٣қ&+'),
    ...[
      '000',
      '23',
      'e\u0301',
      'и\u0306',
      '\u0301',
      'ำ',
      '้',
      'צ',
      '״',
      '💩',
      '👍🏽',
      '🇰🇷',
      '½',
      '\u200b',
      '\u00ad',
      'ﬁ',
      '㎞',
      '\ud800',
    ],
    ...['ﾄ', 'ﾞ', '々', 'ー', 'ह', '्', 'l', 'd', 'n', 'x', '\n'],
  ];
  test.each(
    `1,000 12,345 123,456 1234,567 a1,000 1a2,000 1,0000 12,34 1,000, 1,000a 1,000.5 1,000's 1,000,000 1,000,00
    1,000,0000 1,2,34 3.5 3.5.1 3. a.b l'x jusqu'a aujourd'hui l's x_y x__y x_ _x s' 's x's' x's's 1's 1'2`.split(
      /\s+/,
    ),
  )('%s', (text) => {
    scanArticle({ id: 'a', url: '', sourceId: '', title: text }, false);
    expect(scanned.fields.flatMap(hashesOf)).toEqual(expectedHashes(text));
  });

  test('for any text', () => {
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 16 }).map((each) => each.join(''));
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), fc.nat(64), text, (title, gap, text) => {
        const body = ' '.repeat(gap) + text;
        scanArticle({ id: 'a', url: '', sourceId: '', title, body }, false);
        for (const field of scanned.fields) expect(hashesOf(field)).toEqual(expectedHashes(field.text));
      }),
      { numRuns: 20_000 },
    );
  });
});

function hashesOf({ base, from, to }: { base: number; from: number; to: number }) {
  return Array.from({ length: to - from }, (_, i) => [
    termHash[2 * (from + i)],
    termHash[2 * (from + i) + 1],
    tokenBounds[2 * (from + i)]! - base,
    tokenBounds[2 * (from + i) + 1]! - base,
  ]);
}

function expectedHashes(text: string) {
  return tokenise(text).map((token) => {
    const { h, g } = hashTerm(token.unit ? 'unit' : 'word', token.folded);
    return [h, g, token.start, token.end];
  });
}

describe('singular', () => {
  test.each([
    ['countries', 'country'],
    ['crises', 'crisis'],
    ['analyses', 'analysis'],
    ['congressmen', 'congressman'],
    ['yemen', 'yemen'],
    ['news', 'news'],
    ['gases', 'gas'],
    ['buses', 'bus'],
    ['causes', 'cause'],
    ['cases', 'case'],
    ['taxes', 'tax'],
    ['headaches', 'headache'],
    ['matches', 'match'],
    ['wives', 'wife'],
    ['potatoes', 'potato'],
    ['photos', 'photo'],
    ['ties', 'tie'],
    ['series', 'series'],
    ['politics', 'politics'],
    ['topics', 'topic'],
    ['boss', 'boss'],
    ['menus', 'menu'],
    ['plateaus', 'plateau'],
    ['criteria', 'criterion'],
    ['houthis', 'houthi'],
    ['basis', 'basis'],
    ['tvs', 'tv'],
    ['texas', 'texas'],
    ['1990s', '1990s'],
  ])('%s → %s', (word, one) => {
    expect(singular(word)).toBe(one);
    expect(wordForms(one)).toContain(word);
  });

  test('the forms of a word are exactly the words of its singular', () => {
    const ends = ['s', 'es', 'ies', 'ves', 'men', 'ches', 'uses', 'oes', 'is', 'us', 'y', 'ses', 'xes'];
    const word = fc
      .tuple(fc.string({ unit: fc.constantFrom(...'abehlmnot'), maxLength: 5 }), fc.constantFrom('', ...ends))
      .map((each) => each.join(''));
    fc.assert(
      fc.property(word, (each) => {
        for (const form of wordForms(each)) expect(singular(form)).toBe(singular(each));
        expect(wordForms(singular(each))).toEqual(
          expect.arrayContaining(singular(singular(each)) === singular(each) ? [each] : []),
        );
      }),
      { numRuns: 5000 },
    );
  });
});
