import { describe, expect, test } from 'vitest';
import { shinglesOf, tokensOf } from '../../core/story/shingles.ts';

describe('the words of', () => {
  test.each([
    ["Don’t, don't", 'dont dont'],
    ['the U.S.-led talks. And so on', 'the us led talks and so on'],
    ['1,000 and 10,5 and 2.50', '1000 and 10,5 and 2.50'],
    ['12:30, 4', '12:30 4'],
    ['Café, Zürich', 'cafe zurich'],
    ['café', 'cafe'],
    ['й in Kyiv', 'й in kyiv'],
    ['गीता', 'गीता'],
    ['B2 is m²', 'b2 is m2'],
    ['부산항', '부 산 항'],
    ['東京タワーへ', '東 京 タ ワ ー へ'],
    ['NHKによると', 'nhk に よ る と'],
    ['LG전자가 3D로', 'lg 전 자 가 3 d 로'],
    ['— … 😀', ''],
  ])('%s', (text, words) => {
    expect(tokensOf(text).join(' ')).toBe(words);
  });
});

describe('of twenty there are so many runs of five words, or of ten characters that stand without spaces', () => {
  const twenty = (first: string) =>
    Array.from({ length: 20 }, (_, n) => String.fromCodePoint(first.codePointAt(0)! + n));

  test.each([
    ['Latin words', twenty('a').join(' '), 16],
    ['Arabic words', twenty('ب').join(' '), 16],
    ['Han', twenty('東').join(''), 11],
    ['Hiragana', twenty('あ').join(''), 11],
    ['Katakana', twenty('ア').join(''), 11],
    ['Hangul', twenty('가').join(''), 11],
    ['Thai', twenty('ก').join(''), 11],
    ['Lao', twenty('ກ').filter(isAssigned).join(''), 11 - unassigned('ກ')],
    ['Khmer', twenty('ក').join(''), 11],
    ['Burmese', twenty('က').join(''), 11],
    ['four words', 'one two three four', 1],
    ['nothing', '', 0],
  ])('%s', (_, text, count) => {
    expect(shinglesOf(text).size).toBe(count);
  });

  function isAssigned(character: string): boolean {
    return /\p{L}/u.test(character);
  }

  function unassigned(first: string): number {
    return twenty(first).filter((each) => !isAssigned(each)).length;
  }
});
