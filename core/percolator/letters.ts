/**
 * What the scan does with a code unit, in one table lookup: the folded letter (48 and up), a gap (0), or a case that
 * needs a look at its neighbours. Filled as characters are met, ASCII at once; follows `kindOf` and `foldWord`.
 */
import { kind, kindOf } from '../text/characters.ts';
import { foldWord } from '../text/fold.ts';
import { hashTerm } from './hash.ts';
import { bytesBetween, shortsBetween } from './kernel.ts';

export const letter = {
  gap: 0,
  dot: 1,
  comma: 2,
  apostrophe: 3,
  quote: 4,
  /** From here on the scan asks at every place, before only between letters. */
  underscore: 5,
  /** One letter of a script without spaces. */
  unit: 6,
  /** Anything the tokeniser must look at: marks, surrogates, ß, digits that are not ASCII. */
  hard: 7,
  unknown: 15,
  /** The first value that is a folded letter or digit itself. */
  plain: 48,
} as const;

export const letters = shortsBetween('lettersAt', 'asciiAt').fill(letter.unknown);
const ascii = bytesBetween('asciiAt', 'maskAt');
/** Two hashes of each unit met, which spare the search to fold it. */
export const unitHashes = new Int32Array(2 << 16);

/** Looks a code unit up that was not met before, and remembers it. */
export function learnLetter(code: number): number {
  const learnt = classify(code);
  letters[code] = learnt;
  return learnt;
}

const joiners = new Map<number, number>([
  [kind.gap, letter.gap],
  [kind.dot, letter.dot],
  [kind.comma, letter.comma],
  [kind.apostrophe, letter.apostrophe],
  [kind.underscore, letter.underscore],
  [kind.quote, letter.quote],
]);

function classify(code: number): number {
  if (code >= 0xd800 && code <= 0xdfff) return letter.hard;
  const found = kindOf(code);
  const joiner = joiners.get(found);
  if (joiner !== undefined) return joiner;
  if (found === kind.digit) return code < 0x80 ? code : letter.hard;
  if (found !== kind.letter && found !== kind.unit) return letter.hard;
  const folded = foldWord(String.fromCharCode(code));
  if (found === kind.unit) return classifyUnit(code, folded);
  return folded.length === 1 && folded.charCodeAt(0) >= letter.plain ? folded.charCodeAt(0) : letter.hard;
}

function classifyUnit(code: number, folded: string): number {
  if (folded.length !== 1 || (code >= 0x2600 && code < 0x2e80)) return letter.hard;
  const { h, g } = hashTerm('unit', folded);
  unitHashes.set([h, g], 2 * code);
  return letter.unit;
}

for (let code = 0; code < ascii.length; code++) ascii[code] = learnLetter(code);
