/**
 * An article's tokens as hashes, in one walk over its code units: no substrings, no map of strings. The kernel does
 * the plain words and stops where a character needs a look at its neighbours. What needs more than that is handed to
 * `tokenise`, from the gap before to the gap behind, so that both always see the same tokens.
 */

import type { Article } from '../model.ts';
import { searchedText, textFields } from '../query/article-text.ts';
import { attributesOf } from '../query/attribute.ts';
import type { TextField } from '../query/tree.ts';
import { tokenise } from '../text.ts';
import { type Hash, hashTerm, hashWord, pairHash1, pairHash2, space } from './hash.ts';
import { action, joinAt, letterAt } from './joins.ts';
import { intsBetween, isLittleEndian, kernel } from './kernel.ts';
import { learnLetter, letter, letters, unitHashes } from './letters.ts';
import {
  fieldAlignment,
  folded,
  pairWord,
  type ScannedField,
  scanned,
  termAt,
  termHash,
  termWord,
  tokenBounds,
  units,
} from './workspace.ts';

/** Node's Buffer copies a string many times faster than a loop; a browser has none. */
const bytes =
  typeof Buffer === 'function' && isLittleEndian
    ? Buffer.from(units.buffer, units.byteOffset, units.byteLength)
    : undefined;

/** The hash of the index between two fields: of no term, and not zero, which stands for a free slot. */
const between: Hash = { h: 1, g: 1 };

/** How many tokens there are, and where the word begins that touches the character at which the kernel stopped. */
const progress = intsBetween('tokensAt', 'foldedAt');
const pairs: number[] = [];
let unitEnd = -1;

/** Fills the workspace with an article. @param withAttributes whether any watch asks for site, source, … */
export function scanArticle(article: Article, withAttributes: boolean): void {
  forgetArticle();
  let base = 0;
  for (const field of textFields) {
    const text = searchedText(article, field);
    if (text === '') continue;
    scanned.fields.push(scanField(field, text, base));
    base = nextBase(base + text.length);
  }
  scanned.units = base;
  scanned.tokens = progress[0]!;
  scanned.terms = scanned.tokens;
  appendPairs();
  if (withAttributes) appendAttributes(article);
  scanned.words = kernel.number(scanned.terms);
  pairs.forEach((first, i) => {
    pairWord[first] = termWord[scanned.tokens + i]!;
  });
}

function forgetArticle(): void {
  for (const first of pairs) pairWord[first] = -1;
  pairs.length = 0;
  scanned.fields = [];
  if (scanned.spelled.size > 0) scanned.spelled.clear();
  progress[0] = 0;
}

/** At least one gap lies between. */
const nextBase = (end: number) => (end & -fieldAlignment) + fieldAlignment;

interface Walk {
  readonly text: string;
  readonly from: number;
  /** Behind the gap that follows the text. */
  readonly to: number;
  readonly inSpace: number;
  readonly firstToken: number;
}

function scanField(field: TextField, text: string, base: number): ScannedField {
  load(text, base);
  const to = base + text.length + 1;
  const from = progress[0]!;
  unitEnd = -1;
  const inSpace = field === 'author' ? space.author : space.word;
  const walk: Walk = { text, from: base, to, inSpace, firstToken: from };
  if (kernel.classify(base, to) !== 0) learn(base, to);
  for (let at = kernel.scan(base, to, inSpace); at < to; ) {
    at = kernel.scan(decide(at, progress[1]!, walk), to, inSpace);
  }
  const end = progress[0]!;
  push(between, base, base);
  return { field, text, base, from, to: end };
}

function load(text: string, base: number): void {
  if (bytes) bytes.write(text, 2 * base, 'utf16le');
  else for (let i = 0; i < text.length; i++) units[base + i] = text.charCodeAt(i);
  units.fill(0x20, base + text.length, nextBase(base + text.length));
}

/** @param began where the word begins that ends before the special character at `at`, or -1; answers where to go on */
function decide(at: number, began: number, walk: Walk): number {
  const code = joinAt(at, began);
  if (code > 0 || code === action.skip) return readJoined(began, walk);
  if (began >= 0 && code !== action.hard) kernel.push(began, at, walk.inSpace);
  return act(code, at, walk);
}

/** Looks up what the kernel has not met before. */
function learn(base: number, to: number): void {
  for (let at = base; at < to; at++) if (letters[units[at]!] === letter.unknown) learnLetter(units[at]!);
  kernel.classify(base, to);
}

/** What the special character asks for when the word before it is done; answers where to go on. */
function act(code: number, at: number, walk: Walk): number {
  switch (code) {
    case action.possessive:
      return at + 2;
    case action.hard:
      return readHard(at, walk);
    case action.unit:
      return readUnits(at, walk);
    default:
      return at + 1;
  }
}

/** A word with characters inside that are not letters, written together: `3.5`, `899,000`, `o'neil`. */
function readJoined(began: number, walk: Walk): number {
  let length = 0;
  let at = began;
  let code: number;
  do {
    for (; letterAt(at) >= letter.plain; at++) folded[began + length++] = letterAt(at);
    code = joinAt(at, began);
    if (code > 0) folded[began + length++] = code;
    if (code > 0 || code === action.skip) at++;
  } while (code > 0 || code === action.skip);
  folded.fill(0, began + length, at);
  kernel.push(began, began + length, walk.inSpace);
  tokenBounds[2 * progress[0]! - 1] = at;
  return act(code, at, walk);
}

/** Letters of scripts without spaces, each a token. */
function readUnits(from: number, { inSpace }: Walk): number {
  let at = from;
  let tokens = progress[0]!;
  while (letterAt(at) === letter.unit && letterAt(at + 1) !== letter.hard) {
    if (unitEnd === at) pairs.push(tokens - 1);
    unitEnd = at + 1;
    termHash[2 * tokens] = unitHashes[2 * units[at]!]! ^ inSpace;
    termHash[2 * tokens + 1] = unitHashes[2 * units[at]! + 1]!;
    tokenBounds[2 * tokens] = at++;
    tokenBounds[2 * tokens++ + 1] = at;
  }
  progress[0] = tokens;
  return at;
}

/** Takes back what was read since the last gap and lets `tokenise` read up to the next one. */
function readHard(at: number, { text, from, to, inSpace, firstToken }: Walk): number {
  let start = at;
  while (start > from && letterAt(start - 1) !== letter.gap) start--;
  let end = at;
  while (end < to && letterAt(end) !== letter.gap) end++;
  takeBack(start, firstToken);
  folded.fill(0, start, end);
  unitEnd = -1;
  for (const token of tokenise(text.slice(start - from, end - from))) {
    const { h, g } = token.unit ? hashTerm('unit', token.folded) : hashWord(token.folded);
    const first = start + token.start;
    if (token.unit && unitEnd === first) pairs.push(progress[0]! - 1);
    if (token.unit) unitEnd = start + token.end;
    if (!token.unit) scanned.spelled.set(progress[0]!, token.folded);
    push({ h: h ^ inSpace, g }, first, start + token.end);
  }
  return end;
}

function takeBack(start: number, firstToken: number): void {
  let tokens = progress[0]!;
  while (tokens > firstToken && tokenBounds[2 * tokens - 2]! >= start) scanned.spelled.delete(--tokens);
  while (pairs.length > 0 && pairs.at(-1)! >= tokens - 1) pairs.pop();
  progress[0] = tokens;
}

function push({ h, g }: Hash, start: number, end: number): void {
  const tokens = progress[0]!;
  termHash[2 * tokens] = h;
  termHash[2 * tokens + 1] = g;
  tokenBounds[2 * tokens] = start;
  tokenBounds[2 * tokens + 1] = end;
  progress[0] = tokens + 1;
}

function appendPairs(): void {
  for (const first of pairs) {
    const h = pairHash1(termHash[2 * first]!, termHash[2 * first + 2]!);
    append({ h, g: pairHash2(termHash[2 * first + 1]!, termHash[2 * first + 3]!) }, first);
  }
}

function appendAttributes(article: Article): void {
  for (const attribute of attributesOf(article)) append(hashTerm('attribute', attribute), -1);
}

function append({ h, g }: Hash, at: number): void {
  const { terms } = scanned;
  termHash[2 * terms] = h;
  termHash[2 * terms + 1] = g;
  termAt[terms] = at;
  scanned.terms++;
}
