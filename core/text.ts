/**
 * Text into tokens, the same for queries and articles. A token is a word, or one letter (a unit) of a script
 * written without spaces. What lies between tokens (space, punctuation, signs) does not count as a word.
 *
 *     tokenise('Russia’s U.S. deal: 1,000') → russia · us · deal · 1000
 *     tokenise('東京都') → 東 · 京 · 都, each glued to the one before
 *
 * Follows UAX #29 where scripts have words, and differs where a reader would: initials are one word (`U.S.`),
 * a possessive is not part of the word, French and Italian elisions stand apart (`l'Iran`), a dot between longer
 * words separates (`amazon.com`), a thousands comma is not there.
 */
import { isFlagHalf, isHebrew, isSkinTone, type Kind, kind, kindOf } from './text/characters.ts';
import { foldWord } from './text/fold.ts';

export interface Token {
  /** The spelling that is compared: see `foldWord`. */
  readonly folded: string;
  /** Where it stands in the original text, UTF-16 code units, half-open; without a possessive ending. */
  readonly start: number;
  readonly end: number;
  /** One letter of a script without spaces, or an emoji. */
  readonly unit: boolean;
  /** A unit with nothing between it and the unit before. */
  readonly glued: boolean;
}

/** French, Italian and Catalan words that lose their vowel before another word. */
export const elided: ReadonlySet<string> = new Set(
  'l d j m t s n c qu jusqu lorsqu puisqu quoiqu all dall dell nell sull coll un quest quell bell sant'.split(
    ' ',
  ),
);

/** All tokens of a text in order. Linear in its length, whatever it contains. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const first = kindAt(text, at);
    if (first === kind.letter || first === kind.digit) at = readWord(text, at, tokens);
    else if (first === kind.unit) at = readUnit(text, at, tokens);
    else if (first === kind.fraction) at = push(text, at, at + 1, tokens);
    else at += widthAt(text, at);
  }
  return tokens;
}

function push(text: string, start: number, end: number, tokens: Token[]): number {
  const folded = foldWord(text.slice(start, end));
  if (folded !== '') tokens.push({ folded, start, end, unit: false, glued: false });
  return end;
}

/** Reads the word that begins at `start`; answers where to go on. */
function readWord(text: string, start: number, tokens: Token[]): number {
  const initials = endOfInitials(text, start);
  if (initials > 0) {
    const folded = foldWord(text.slice(start, initials).replace(/[.\uff0e]/g, ''));
    const end = kindAt(text, initials) === kind.dot ? initials + 1 : initials;
    tokens.push({ folded, start, end, unit: false, glued: false });
    return afterPossessive(text, end) || end;
  }
  let end = afterCharacter(text, start);
  let last = kindAt(text, start);
  for (;;) {
    const next = kindAt(text, end);
    if (next === kind.letter || next === kind.digit) {
      last = next;
      end = afterCharacter(text, end);
      continue;
    }
    const possessive = afterPossessive(text, end);
    if (possessive > 0) {
      push(text, start, end, tokens);
      return possessive;
    }
    const joined = joins(text, start, end, last);
    if (joined === 0) return push(text, start, end, tokens);
    last = kindAt(text, joined);
    end = afterCharacter(text, joined);
  }
}

/** Where the word goes on after a joining character at `at`; 0 where it ends. */
function joins(text: string, start: number, at: number, last: Kind): number {
  const joiner = kindAt(text, at);
  const next = afterAttached(text, at + 1);
  const following = kindAt(text, next);
  if (joiner === kind.apostrophe) {
    if (following !== last) return 0;
    return last === kind.letter && isElided(text, start, at) ? 0 : next;
  }
  if (joiner === kind.dot || joiner === kind.comma) {
    return last === kind.digit && following === kind.digit ? next : 0;
  }
  if (joiner === kind.underscore) return afterUnderscores(text, at);
  if (joiner === kind.quote && isHebrew(text.charCodeAt(next))) {
    return isHebrew(baseBefore(text, at)) ? next : 0;
  }
  return 0;
}

function isElided(text: string, start: number, at: number): boolean {
  return at - start <= 7 && elided.has(text.slice(start, at).toLowerCase());
}

function afterUnderscores(text: string, at: number): number {
  let next = at;
  while (kindAt(text, next) === kind.underscore) next++;
  const following = kindAt(text, next);
  return following === kind.letter || following === kind.digit ? next : 0;
}

/** The last character before `at` that is not a mark. */
function baseBefore(text: string, at: number): number {
  let before = at - 1;
  while (before > 0 && isAttached(kindOf(text.charCodeAt(before)))) before--;
  return text.charCodeAt(before);
}

/** After `'s` at `at` when no word goes on behind it; 0 otherwise. */
function afterPossessive(text: string, at: number): number {
  if (kindAt(text, at) !== kind.apostrophe) return 0;
  const letter = text[at + 1];
  if (letter !== 's' && letter !== 'S') return 0;
  const behind = kindAt(text, at + 2);
  return behind === kind.letter || behind === kind.digit || behind === kind.mark ? 0 : at + 2;
}

/** Behind the last letter of `U.S.` or `e.g`: at least two single letters with dots between; 0 for anything else. */
function endOfInitials(text: string, start: number): number {
  let end = start;
  let count = 0;
  for (;;) {
    if (kindAt(text, end) !== kind.letter) break;
    const after = afterCharacter(text, end);
    const following = kindAt(text, after);
    if (following === kind.letter || following === kind.digit) break;
    count++;
    if (following !== kind.dot || kindAt(text, after + 1) !== kind.letter) return count > 1 ? after : 0;
    end = after + 1;
  }
  return count > 1 ? end - 1 : 0;
}

function readUnit(text: string, start: number, tokens: Token[]): number {
  const end = afterUnit(text, start);
  const before = tokens.at(-1);
  const glued = before?.unit === true && before.end === start;
  const folded = foldWord(text.slice(start, end));
  if (folded !== '') tokens.push({ folded, start, end, unit: true, glued });
  return end;
}

/** A letter with its marks, a flag of two halves, or an emoji with its skin tone and whatever is joined to it. */
function afterUnit(text: string, start: number): number {
  let end = afterCharacter(text, start);
  if (isFlagHalf(text.codePointAt(start)!) && isFlagHalf(text.codePointAt(end) ?? 0))
    return afterCharacter(text, end);
  if (!isEmoji(text.codePointAt(start)!)) return end;
  for (;;) {
    while (isSkinTone(text.codePointAt(end) ?? 0)) end = afterCharacter(text, end);
    if (text[end - 1] !== '\u200d' || !isEmoji(text.codePointAt(end) ?? 0)) return end;
    end = afterCharacter(text, end);
  }
}

/** Of the characters that are units. */
const isEmoji = (codePoint: number) =>
  (codePoint >= 0x2600 && codePoint < 0x2e80) || (codePoint >= 0x1f000 && codePoint < 0x20000);

/** Behind the character at `at` and the marks that belong to it. */
function afterCharacter(text: string, at: number): number {
  return afterAttached(text, at + widthAt(text, at));
}

function afterAttached(text: string, at: number): number {
  let end = at;
  while (isAttached(kindAt(text, end))) end += widthAt(text, end);
  return end;
}

const isAttached = (found: Kind) => found === kind.mark || found === kind.ignorable;

function kindAt(text: string, at: number): Kind {
  return at < text.length ? kindOf(text.codePointAt(at)!) : kind.gap;
}

function widthAt(text: string, at: number): number {
  return text.codePointAt(at)! > 0xffff ? 2 : 1;
}
