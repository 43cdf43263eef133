/**
 * What a character is to the tokeniser. The property classes are Unicode's; where a script is written without
 * spaces, each letter is a `unit` of its own, so that words are found as substrings.
 *
 *     kindOf('a'.codePointAt(0)) === kind.letter;   kindOf('東'.codePointAt(0)) === kind.unit
 */

export const kind = {
  /** Space, punctuation, controls, unpaired surrogates: ends a word. */
  gap: 0,
  letter: 1,
  digit: 2,
  /** A letter of a script without spaces, or an emoji. */
  unit: 3,
  /** Belongs to the character before it. */
  mark: 4,
  /** Soft hyphen, zero-width and direction marks: as if not there. */
  ignorable: 5,
  apostrophe: 6,
  dot: 7,
  comma: 8,
  underscore: 9,
  /** `"` and gershayim: inside a Hebrew acronym part of the word, elsewhere a gap. */
  quote: 10,
  /** ½: a word of its own, so that 10½ is not 101⁄2. */
  fraction: 11,
} as const;
export type Kind = (typeof kind)[keyof typeof kind];

const letters =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3031-\u3035\u30fc\uff70]/u;
const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
/** Vowel and final jamo, and the half-width or spacing voicing marks of kana: compose with what precedes. */
const composing = /[\u1160-\u11ff\ud7b0-\ud7fb\u3099-\u309c\uff9e\uff9f]/;
const ignorable =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: marks listed one by one, not composed
  /[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}\u0640]/u;
/** The apostrophes of keyboards and of typography, accents used as one, the Hawaiian and Ukrainian ones, geresh. */
const apostrophe = /['\u2018\u2019\u201b\u02bb\u02bc\u02bd\u2032\u00b4\u0060\uff07\u05f3]/;
/** Squares such as ㎞ and ㎏, which are words to NFKC. */
const squares = /[\u3371-\u337a\u3380-\u33df\u33ff]/;

const known = new Uint8Array(0x10000).fill(255);

/** The kind of a code point. Never throws; an unpaired surrogate is a gap. */
export function kindOf(codePoint: number): Kind {
  if (codePoint > 0xffff) return classify(codePoint);
  let found = known[codePoint] as Kind | 255;
  if (found === 255) {
    found = classify(codePoint);
    known[codePoint] = found;
  }
  return found;
}

function classify(codePoint: number): Kind {
  const character = String.fromCodePoint(codePoint);
  return punctuation(character) ?? (ignorable.test(character) ? kind.ignorable : classifyLetter(character));
}

function punctuation(character: string): Kind | undefined {
  if (apostrophe.test(character)) return kind.apostrophe;
  if ('.\uff0e\u066b'.includes(character)) return kind.dot;
  if (',\uff0c\u066c'.includes(character)) return kind.comma;
  if ('_\uff3f'.includes(character)) return kind.underscore;
  if ('"\u05f4\u201d'.includes(character)) return kind.quote;
  return undefined;
}

function classifyLetter(character: string): Kind {
  if (composing.test(character)) return kind.mark;
  if (/\p{M}/u.test(character)) return kind.mark;
  if (/\p{Nd}/u.test(character)) return kind.digit;
  if (/[\u00bc-\u00be\u2150-\u215f\u2189]/.test(character)) return kind.fraction;
  if (/[\p{L}\p{N}\p{Alphabetic}]/u.test(character)) return letters.test(character) ? kind.unit : kind.letter;
  if (squares.test(character)) return kind.letter;
  return emoji.test(character) && character >= '\u2600' ? kind.unit : kind.gap;
}

export const isHebrew = (codePoint: number) => codePoint >= 0x05d0 && codePoint <= 0x05ea;
export const isFlagHalf = (codePoint: number) => codePoint >= 0x1f1e6 && codePoint <= 0x1f1ff;
export const isSkinTone = (codePoint: number) => codePoint >= 0x1f3fb && codePoint <= 0x1f3ff;
