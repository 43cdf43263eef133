/**
 * The alphabet of texts: characters that take one septet, and those that take two because an escape precedes
 * them. Any other character turns the whole text into UCS-2, at less than half the length.
 *
 * Source: 3GPP TS 23.038, section 6.2.1, default alphabet and its extension table.
 */

const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extension = new Set('\f^{}\\[~]|€');

/** @returns how many septets the character takes: 1 or 2, or 0 if the alphabet has no such character */
export function septets(character: string): 0 | 1 | 2 {
  if (basic.has(character)) return 1;
  return extension.has(character) ? 2 : 0;
}

const latinLetter = /\p{Script=Latin}/u;
const picture = /\p{Extended_Pictographic}|\p{Emoji_Component}|\p{Cf}/u;

/** Latin letters that do not decompose into a base letter and a mark. */
const strokes: Readonly<Record<string, string>> = {
  đ: 'd',
  Đ: 'D',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
  œ: 'oe',
  Œ: 'OE',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ħ: 'h',
  ŧ: 't',
  ẞ: 'SS',
};

/**
 * The text in the alphabet, if letters lose no more than marks: `Málaga` stays readable as `Malaga`. Emoji are
 * left out. A text in another script stays as it is.
 */
export function toGsm7(text: string): string {
  const folded = Array.from(text.normalize('NFC'), fold).join('');
  return Array.from(folded).every((character) => septets(character) > 0) ? tidy(folded) : text;
}

function fold(character: string): string {
  if (septets(character) > 0) return character;
  if (picture.test(character)) return '';
  if (!latinLetter.test(character)) return character;
  return strokes[character] ?? character.normalize('NFKD').replace(/\p{M}/gu, '');
}

function tidy(text: string): string {
  return text.replace(/ {2,}/g, ' ').trim();
}
