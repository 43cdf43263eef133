/** What the scan does at a character that is neither a plain letter nor a plain gap. Agrees with `tokenise`. */
import { isHebrew } from '../text/characters.ts';
import { elided } from '../text.ts';
import { hashFolded, hashWord } from './hash.ts';
import { letter, letters } from './letters.ts';
import { units as allUnits } from './workspace.ts';

/** Negative answers of `joinAt`; any other is the code unit that the word goes on with, or 0 for a gap. */
export const action = {
  /** The word goes on as if the character were not there: a thousands comma. */
  skip: -1,
  /** The word ends before `'s`. */
  possessive: -2,
  /** A letter that is a token of its own. */
  unit: -3,
  /** Only `tokenise` knows. */
  hard: -4,
} as const;

// Constants of this module are read faster than imported ones.
const units = allUnits;
const table = letters;
const { gap, apostrophe, comma, plain, quote, underscore, unit } = letter;
const letterDot = letter.dot;
const hardLetter = letter.hard;
const elidedHashes = new Set([...elided].map((word) => hashWord(word).h));
const [dot, quoteMark, zero, nine] = [0x2e, 0x27, 0x30, 0x39];

/** What the code unit at `at` is: see `letter`. All units of the article have been learnt. */
export const letterAt = (at: number): number => table[units[at]!]!;

/**
 * @param at where the character stands
 * @param began where the word before it began; -1 where a gap is before it
 */
export function joinAt(at: number, began: number): number {
  const code = letterAt(at);
  if (code >= plain || code === gap) return code;
  if (code === hardLetter) return action.hard;
  const next = letterAt(at + 1);
  if (code === unit) return next === hardLetter ? action.hard : action.unit;
  if (began < 0) return gap;
  if (code === quote) return isHebrew(units[at - 1]!) ? action.hard : gap;
  if (code === underscore) {
    return next >= plain || next === underscore ? action.hard : gap;
  }
  if (next < plain) return gap;
  if (code === apostrophe) return joinApostrophe(at, began);
  const digits = isDigit(units[at - 1]!) && isDigit(units[at + 1]!);
  if (code === letterDot) return digits ? dot : action.hard;
  return digits ? joinThousands(at, began) : gap;
}

const isDigit = (code: number) => code >= zero && code <= nine;

function joinApostrophe(at: number, began: number): number {
  if ((units[at + 1]! | 0x20) === 0x73) {
    const behind = letterAt(at + 2);
    if (behind === hardLetter) return action.hard;
    if (behind < plain) return action.possessive;
  }
  if (isDigit(units[at - 1]!) || isDigit(units[at + 1]!)) return action.hard;
  return at - began <= 7 && elidedHashes.has(hashFolded(began, at - began).h) ? action.hard : quoteMark;
}

/** The first comma of `899,000`; anything longer or odd is left to `tokenise`. */
function joinThousands(at: number, began: number): number {
  if (at - began > 3) return action.hard;
  for (let i = began; i < at; i++) if (!isDigit(units[i]!)) return action.hard;
  for (let i = at + 1; i < at + 4; i++) if (!isDigit(units[i]!)) return action.hard;
  return isDigit(units[at + 4]!) || letterAt(at + 4) === comma ? action.hard : action.skip;
}
