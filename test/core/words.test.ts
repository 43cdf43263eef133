/** More rows for the words of texts: every sign that joins, every letter that is folded, every rule for plurals. */
import { describe, expect, test } from 'vitest';
import { exactLetters, foldWord } from '../../core/text/fold.ts';
import { singular, wordForms } from '../../core/text/plural.ts';
import { tokenise } from '../../core/text.ts';

const folded = (text: string) =>
  tokenise(text)
    .map((token) => token.folded)
    .join('|');

test.each([
  ['U.S.-led U.Sx U.S5 a.b2 a1.b A. B', 'us|led|u|sx|u|s5|a|b2|a1|b|a|b'],
  ['e\u0301.a\u0301. Ａ．Ｂ． A.B.’s', 'ea|ab|ab'],
  ['5.5. 1. 1,000, 1,000.50 1.000,50', '5.5|1|1000|1000.50|1.000,50'],
  ['12,34,567 1234,567 1,0000 1,000,00 １，０００', '1234567|1234,567|1,0000|1,000,00|1000'],
  ['1’000 5’s x’S x’sy x’s5 x’s\u0301 s’s', "1'000|5|x|x'sy|x's5|x's|s"],
  ['a´s b`s cʼs dʻs eʽs f‛s g′s h׳s i＇s', 'a|b|c|d|e|f|g|h|i'],
  ['J.K.Rowling U.S.Army’s', 'jk|rowling|us|army'],
  ['rock’n’roll ’tis O’N’s', "rock'n'roll|tis|o'n"],
  ['L’ÉCOLE jusqu’à quelqu’un dell’ l’l’eau', "l|ecole|jusqu|a|quelqu'un|dell|l|l|eau"],
  ['d’5 5’d', 'd|5|5|d'],
  ['__ _a_ a__b a＿b a_5 a_💩 a_\u0301b', 'a|a__b|a_b|a_5|a|💩|a|b'],
  ['a\u200bb a\u00ad \u00ada a\u061cb \ufeffa a\u{e0101}b a\u034fb', 'ab|a|a|ab|a|ab|ab'],
  ['\u0301a a \u0301 a\u0301\u0301', 'a|a|a'],
  ['א"ב א״ב א”ב א\u05b8"ב א"\u05b8ב', 'אב|אב|אב|אב|אב'],
  ['א"ת ת"א "א" א" א"b a"ב ב"ب', 'את|תא|א|א|א|b|a|ב|ב|ب'],
  ['½a a½ 1½ ½½ ⅓ ↉', '1/2|a|a|1/2|1|1/2|1/2|1/2|1/3|0/3'],
  ['5㎏ ㏄ ㍱ ㏿ ℃ ① Ⅷ ª ² 10⁶', '5kg|cc|hpa|gal|1|viii|a|2|106'],
  ['🇨🇿🇿🇦 🇦 🇦a', '🇨🇿|🇿🇦|🇦|🇦|a'],
  ['👍🏻👍🏿 🏻 a🏻', '👍🏻|👍🏿|a'],
  ['👩‍🔬 👩‍a ❤️‍🔥 ☺︎☺️ ☀ © ™ ⏰', '👩🔬|👩|a|❤🔥|☺|☺|☀'],
  ['1️⃣ #️⃣', '1'],
  ['カ゛ か\u3099 ﾊﾟ ー 々 〱 가a', 'ガ|が|パ|ー|々|〱|가|a'],
  ['ไก ລາວ', 'ไ|ก|ລ|າ|ວ'],
  ['a\ud83d \udc00b', 'a|b'],
  ['a\u0000b\tc\u2028d\u00a0e', 'a|b|c|d|e'],
])('%j → %s', (text, expected) => {
  expect(folded(text)).toBe(expected);
});

test.each([
  ['東京都', '東 +京 +都'],
  ['東 京、都', '東 京 都'],
  ['東a京', '東 a 京'],
  ['🇨🇿🇿🇦👍🏻', '🇨🇿 +🇿🇦 +👍🏻'],
  ['น้ำ', 'น้ +ํา'],
])('%s: units are glued to units: %s', (text, expected) => {
  const tokens = tokenise(text);
  expect(tokens.map((token) => `${token.glued ? '+' : ''}${token.folded}`).join(' ')).toBe(expected);
  expect(tokens.filter((token) => token.unit === (token.folded === 'a'))).toEqual([]);
});

test.each([
  ['“Russia’s U.S.-led 💩”', 'Russia U.S. led 💩'],
  ['e\u0301\u200bx’s', 'e\u0301\u200bx'],
  ['A.B x C.D’s', 'A.B x C.D'],
  ['1,000.5, ½ A.B', '1,000.5 ½ A.B'],
  ['l’Iran 👩‍🔬!', 'l Iran 👩‍🔬'],
  ['צה״ל, ｶﾞ', 'צה״ל ｶﾞ'],
])('%j stands at %j', (text, expected) => {
  const tokens = tokenise(text);
  expect(tokens.map(({ start, end }) => text.slice(start, end)).join(' ')).toBe(expected);
});

test('every kind of apostrophe, dot, comma, line and quotation mark joins what it joins', () => {
  for (const sign of "'‘’‛ʻʼʽ′´`＇׳") expect(folded(`o${sign}n`), sign).toBe("o'n");
  for (const sign of '.．٫') expect(folded(`3${sign}5`), sign).toHaveLength(3);
  for (const sign of ',，٬') expect(folded(`1${sign}5`), sign).toHaveLength(3);
  for (const sign of '_＿') expect(folded(`a${sign}b`), sign).toBe('a_b');
  for (const sign of '"״”') expect(folded(`א${sign}ב`), sign).toBe('אב');
  for (const sign of '-–—/:;!?()[]{}<>*+=~^|\\•…“„«»') expect(folded(`a${sign}b`), sign).toBe('a|b');
});

test.each([
  ['ß ẞ ς Σ ı İ I ø Ø ł Ł đ Đ', 'ss ss σ σ i i i o o l l d d'],
  ['ð þ ħ ŧ æ Æ œ ĸ ŋ ŉ ſ ǅ ﬁ ĳ', "d th h t ae ae oe k n 'n s dz fi ij"],
  ['é É ç ñ ü Å Ő Ạ ḗ ά Ώ', 'e e c n u a o a e α ω'],
  ['ё Ё ѐ ѝ й ї ў', 'е е е и й ї ў'],
  ['أ إ آ ٱ ی ى ک ة', 'ا ا ا ا ي ي ك ة'],
  ['مُحَمَّد שָׁלוֹם 1⁄2 ١٢٣ ۱۲۳ १२३ 𝟏𝟗', 'محمد שלום 1/2 123 123 123 19'],
  ['1,000 12,34,567 1,000,000 1234,567 1,00', '1000 1234567 1000000 1234,567 1,00'],
])('%s is folded to %s', (raw, expected) => {
  expect(raw.split(' ').map(foldWord).join(' ')).toBe(expected);
});

test.each([
  ['São', 'São'],
  ['Sa\u0303o', 'São'],
  ['O’Neill', "O'Neill"],
  ['O`N', "O'N"],
  ['צה״ל', 'צהל'],
  ['co\u00adop\u200be', 'coope'],
  ['ＵＳ', 'ＵＳ'],
  ['か\u309b は\u309c', 'が ぱ'],
])('%j is exactly %j', (raw, expected) => {
  expect(exactLetters(raw)).toBe(expected);
});

describe('singular', () => {
  test.each([
    ['ximen', 'ximen'],
    ['housewives', 'housewife'],
    ['grandchildren', 'grandchild'],
    ['werewolves', 'werewolf'],
    ['congresswomen', 'congresswoman'],
    ['forefeet', 'forefoot'],
    ['men', 'man'],
    ['omen', 'omen'],
    ['specimens', 'specimen'],
    ['movies', 'movie'],
    ['cries', 'cry'],
    ['dies', 'die'],
    ['caches', 'cache'],
    ['churches', 'church'],
    ['shoes', 'shoe'],
    ['heroes', 'hero'],
    ['abuses', 'abuse'],
    ['houses', 'house'],
    ['viruses', 'virus'],
    ['campuses', 'campus'],
    ['dishes', 'dish'],
    ['classes', 'class'],
    ['boxes', 'box'],
    ['quizzes', 'quiz'],
    ['buzzes', 'buzz'],
    ['blitzes', 'blitz'],
    ['taxis', 'taxi'],
    ['irises', 'iris'],
    ['gurus', 'guru'],
    ['bayous', 'bayou'],
    ['bureaus', 'bureau'],
    ['bus', 'bus'],
    ['gas', 'gas'],
    ['famous', 'famous'],
    ['claus', 'claus'],
    ['mess', 'mess'],
    ['hamas', 'hamas'],
    ['economics', 'economics'],
    ['davos', 'davos'],
    ['williams', 'williams'],
    ['ids', 'id'],
    ['os', 'os'],
    [`${'x'.repeat(39)}s`, 'x'.repeat(39)],
    [`${'x'.repeat(40)}s`, `${'x'.repeat(40)}s`],
    ['cafés', 'cafés'],
  ])('%s → %s', (word, one) => {
    expect(singular(word)).toBe(one);
    expect(wordForms(one)).toContain(word);
  });

  test.each([
    ['country', 'country countrys countries'],
    ['countries', 'countries country countrys'],
    ['man', 'man mans men'],
    ['crisis', 'crisis crises'],
    ['hero', 'hero heros heroes'],
    ['housewife', 'housewife housewifes housewives'],
    ['news', 'news'],
    ['gas', 'gas gases'],
    ['한국', '한국'],
  ])('the forms of %s are %s', (word, forms) => {
    expect(wordForms(word).join(' ')).toBe(forms);
  });
});
