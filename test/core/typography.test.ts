import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutAtWord, plainTypography } from '../../core/text/typography.ts';

test.each([
  ['“Café” — it’s ﬁne…', '"Café" - it\'s fine...'],
  ['1990–2000', '1990-2000'],
  ['  a\u00a0 b\r\nc\u200b\u0007 ', 'a b c'],
  ['«Le Monde»', '"Le Monde"'],
  ['می\u200cخواهم', 'می\u200cخواهم'],
])('%j in plain characters is %j', (text, plain) => {
  expect(plainTypography(text)).toBe(plain);
});

test.each([
  ['‘a’ ‚b‛ ‹c› ʼʻ`´′＇', "'a' 'b' 'c' ''''''"],
  ['“a” „b‟ ″＂〝〞', '"a" "b" ""' + '""'],
  ['a‐b‑c‒d–e−f﹣g－h', 'a-b-c-d-e-f-g-h'],
  ['a—b ― c', 'a - b - c'],
  ['• a · b ・ ●', '- a - b - -'],
  ['ﬀﬁﬃ A™ №5', 'fffiffi ATM No5'],
  ['— a —', '- a -'],
])('%s is typed %s', (text, plain) => {
  expect(plainTypography(text)).toBe(plain);
});

test.each([
  ['one two three', 13, 'one two three'],
  ['one two three', 12, 'one two...'],
  ['one two, three', 12, 'one two...'],
  ['one two three', 6, 'one...'],
  ['incomprehensible', 10, 'incompr...'],
  ['incomprehensible', 3, ''],
  ['incomprehensible', 4, 'i...'],
  ['one two - three', 12, 'one two...'],
  ['one: two', 7, 'one...'],
  ['one twofold', 10, 'one...'],
  ['one two three', 10, 'one two...'],
  ['one two', 7, 'one two'],
  ['', 0, ''],
  ['😀😀😀', 5, '😀...'],
])('%j cut to %i is %j', (text, most, cut) => {
  expect(cutAtWord(text, ({ length }) => length <= most)).toBe(cut);
});

test('the mark is the caller’s', () => {
  expect(cutAtWord('one two three', ({ length }) => length <= 9, '…')).toBe('one two…');
});

test('what is cut fits and is a beginning', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, most) => {
      const cut = cutAtWord(text, ({ length }) => length <= most);
      expect(cut.length).toBeLessThanOrEqual(most);
      expect(text.startsWith(cut.replace(/\.\.\.$/, ''))).toBe(true);
    }),
  );
});
