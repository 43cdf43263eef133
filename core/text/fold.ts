/**
 * One spelling for all ways to write a word: NFKC, case folding, accents off where they are accents.
 *
 *     foldWord('São') === 'sao';  foldWord('STRASSE') === foldWord('Straße');  foldWord('1,000') === '1000'
 *
 * An accent is a mark that a careful reader may leave out: in Latin and Greek all of them, Hebrew points, Arabic
 * vowel signs, Russian stress and ё. A mark that makes another letter stays: dakuten, й, ї, every Indic vowel sign.
 */

/** Letters that Unicode does not take apart although people do, and letters that are typed for one another. */
const spelled: Readonly<Record<string, string>> = {
  ß: 'ss',
  ς: 'σ',
  ı: 'i',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  æ: 'ae',
  œ: 'oe',
  ĸ: 'k',
  ŋ: 'n',
  ё: 'е',
  ѐ: 'е',
  ѝ: 'и',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ی: 'ي',
  ى: 'ي',
  ک: 'ك',
  '\u2044': '/',
};

const accents =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: marks listed one by one, not composed
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0730-\u074a\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu;
const takesAccents = /[\p{Script=Latin}\p{Script=Greek}]/u;
const apostrophes = /['\u2018\u2019\u201b\u02bb\u02bc\u02bd\u2032\u00b4\u0060\uff07\u05f3]/g;
const dropped =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: marks listed one by one, not composed
  /["\u05f4\u201d\u00ad\u034f\u061c\u0640\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]/gu;
const grouped = /^(\d{1,3}(?:,\d{2,3})*,\d{3})(?![\d,])/;
const ascii = /^[\x20-\x7e]*$/;

/** The spelling by which a word is compared. Folding a folded word changes nothing. */
export function foldWord(raw: string): string {
  const folded = ascii.test(raw) ? raw.toLowerCase().replaceAll('`', "'") : foldLetters(raw);
  if (!folded.includes(',')) return folded;
  return folded.replace(grouped, (digits) => digits.replaceAll(',', ''));
}

function foldLetters(raw: string): string {
  const composed = exactLetters(raw)
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(apostrophes, "'"); // ŉ is ʼn
  let folded = '';
  for (const letter of composed) folded += foldLetter(letter);
  return folded.replace(accents, '').replace(dropped, '');
}

/** The spelling by which `=word` is compared: NFC, apostrophes alike, invisible characters gone; case and accents stay. */
export function exactLetters(raw: string): string {
  if (ascii.test(raw)) return raw.replaceAll('`', "'");
  return raw
    .replace(apostrophes, "'")
    .replace(dropped, '')
    .replaceAll('\u309b', '\u3099')
    .replaceAll('\u309c', '\u309a')
    .normalize('NFC');
}

const folds = new Map<string, string>();

function foldLetter(letter: string): string {
  if (letter <= '\u007f') return letter;
  let folded = folds.get(letter);
  if (folded === undefined) {
    folded = foldUnknown(letter);
    folds.set(letter, folded);
  }
  return folded;
}

function foldUnknown(letter: string): string {
  const other = spelled[letter];
  if (other !== undefined) return other;
  if (/\p{Nd}/u.test(letter)) return String(digitValue(letter.codePointAt(0)!));
  if (!takesAccents.test(letter)) return letter;
  const bare = letter.normalize('NFD').replace(accents, '');
  return spelled[bare] ?? bare;
}

/** Decimal digits come in runs of ten, zero first (Unicode, chapter 4.6); NFKC has replaced the mathematical ones. */
function digitValue(codePoint: number): number {
  let zero = codePoint;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && codePoint - zero < 9) zero--;
  return codePoint - zero;
}
