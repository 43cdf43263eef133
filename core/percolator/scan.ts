/**
 * An article's tokens as hashes, in one walk over its code units: no substrings, no map of strings. Whatever needs
 * more than a look at the neighbours is handed to `tokenise`, from the gap before to the gap behind, so that both
 * always see the same tokens.
 */

import type { Article } from '../model.ts';
import { searchedText, textFields } from '../query/article-text.ts';
import { attributesOf } from '../query/attribute.ts';
import type { TextField } from '../query/tree.ts';
import { tokenise } from '../text.ts';
import { hashTerm, hashWord, mix1, mix2, pairHash1, pairHash2, prime1, prime2, space } from './hash.ts';
import { action, joinAt, letterAt } from './joins.ts';
import { letter, letters, unitLetters } from './letters.ts';
import { scanned, termAt, termEnd, termG, termH, termStart, units } from './workspace.ts';

// Constants of this module are read faster than imported ones.
const codes = units;
const { gap, plain } = letter;
const [p1, p2, m1, m2] = [prime1, prime2, mix1, mix2];
const table = letters;
const hashes = termH;
const others = termG;
const starts = termStart;
const ends = termEnd;

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
/** Node's Buffer copies a string many times faster than a loop; a browser has none. */
const bytes = typeof Buffer === 'function' && isLittleEndian ? Buffer.from(units.buffer) : undefined;

/** The hashes of the index between two fields: of no term, and not zero, which stands for a free slot. */
const between = 1;

const pairs: number[] = [];
let unitEnd = -1;
let tokens = 0;

/** Fills the workspace with an article. @param withAttributes whether any watch asks for site, source, … */
export function scanArticle(article: Article, withAttributes: boolean): void {
  tokens = 0;
  pairs.length = 0;
  scanned.fields = [];
  if (scanned.spelled.size > 0) scanned.spelled.clear();
  let base = 0;
  for (const field of textFields) {
    const text = searchedText(article, field);
    if (text === '') continue;
    scanField(field, text, base);
    base += text.length + 1;
  }
  scanned.tokens = tokens;
  scanned.terms = tokens;
  appendPairs();
  if (withAttributes) appendAttributes(article);
}

function scanField(field: TextField, text: string, base: number): void {
  const from = tokens;
  load(text, base);
  unitEnd = -1;
  const inSpace = field === 'author' ? space.author : space.word;
  walk({ from: base, to: base + text.length, inSpace, firstToken: from });
  scanned.fields.push({ field, text, base, from, to: tokens });
  push(between, between, base, base);
}

function load(text: string, base: number): void {
  if (bytes) bytes.write(text, 2 * base, 'utf16le');
  else for (let i = 0; i < text.length; i++) codes[base + i] = text.charCodeAt(i);
  codes[base + text.length] = 0x20;
}

function walk(walking: Walk): void {
  const { to, inSpace } = walking;
  let goesOn = false;
  for (let i = walking.from; ; ) {
    i = walkPlain(i, to, inSpace, goesOn);
    if (i >= to) return;
    const code = joinAt(i, i === word.began ? -1 : word.began, word.h);
    goesOn = code > 0 || code === action.skip;
    if (code >= letter.plain) continue;
    if (code > 0) {
      word.h = Math.imul(word.h ^ code ^ mix1, prime1);
      word.g = Math.imul(word.g ^ code ^ mix2, prime2);
    } else if (!goesOn) {
      if (i > word.began && code !== action.hard) push(word.h ^ inSpace, word.g, word.began, i);
      if (code < 0) i = act(code, i, walking);
    }
    i++;
  }
}

/** The word that `walkPlain` was in when it met a special character. */
const word = { began: 0, h: 0, g: 0 };

/** The hot loop: plain letters and gaps, up to a special character. @param goesOn whether `word` goes on at `from` */
function walkPlain(from: number, to: number, inSpace: number, goesOn: boolean): number {
  let n = tokens;
  let i = from;
  let { began, h, g } = word;
  let fresh = !goesOn;
  for (; i < to; i++) {
    let code = table[codes[i]!]!;
    if (code === gap) continue;
    if (fresh) {
      began = i;
      h = 0;
      g = 0;
    }
    fresh = true;
    while (code >= plain) {
      h = Math.imul(h ^ code ^ m1, p1);
      g = Math.imul(g ^ code ^ m2, p2);
      code = table[codes[++i]!]!;
    }
    if (code !== gap) {
      word.began = began;
      word.h = h;
      word.g = g;
      break;
    }
    hashes[n] = h ^ inSpace;
    others[n] = g;
    starts[n] = began;
    ends[n++] = i;
  }
  tokens = n;
  return i;
}

interface Walk {
  readonly from: number;
  readonly to: number;
  readonly inSpace: number;
  readonly firstToken: number;
}

/** Answers the last code unit that is done with. */
function act(code: number, at: number, walk: Walk): number {
  if (code === action.possessive) return at + 1;
  if (code === action.hard) return readHard(at, walk);
  const { h, g } = unitHash(codes[at]!);
  pushUnit(h ^ walk.inSpace, g, at, at + 1);
  return at;
}

function unitHash(code: number) {
  const unit = unitLetters[code]!;
  return {
    h: Math.imul(unit ^ mix1, prime1) ^ space.unit,
    g: Math.imul(unit ^ mix2, prime2),
  };
}

/** Takes back what was read since the last gap and lets `tokenise` read up to the next one. */
function readHard(at: number, { from, to, inSpace, firstToken }: Walk): number {
  let start = at;
  while (start > from && letterAt(start - 1) !== letter.gap) start--;
  let end = at;
  while (end < to && letterAt(end) !== letter.gap) end++;
  takeBack(start, firstToken);
  unitEnd = -1;
  for (const token of tokenise(textBetween(start, end))) {
    if (token.unit) {
      const { h, g } = hashTerm('unit', token.folded);
      pushUnit(h ^ inSpace, g, start + token.start, start + token.end);
      continue;
    }
    const { h, g } = hashWord(token.folded);
    scanned.spelled.set(tokens, token.folded);
    push(h ^ inSpace, g, start + token.start, start + token.end);
  }
  return end - 1;
}

function takeBack(start: number, firstToken: number): void {
  while (tokens > firstToken && starts[tokens - 1]! >= start) tokens--;
  while (pairs.length > 0 && pairs.at(-1)! >= tokens - 1) pairs.pop();
}

function textBetween(start: number, end: number): string {
  const pieces: string[] = [];
  for (let i = start; i < end; i += 4096) {
    pieces.push(String.fromCharCode(...codes.subarray(i, Math.min(end, i + 4096))));
  }
  return pieces.join('');
}

function push(h: number, g: number, start: number, end: number): void {
  hashes[tokens] = h;
  others[tokens] = g;
  starts[tokens] = start;
  ends[tokens++] = end;
}

function pushUnit(h: number, g: number, start: number, end: number): void {
  if (unitEnd === start) pairs.push(tokens - 1);
  unitEnd = end;
  push(h, g, start, end);
}

function appendPairs(): void {
  let n = scanned.terms;
  for (const first of pairs) {
    hashes[n] = pairHash1(hashes[first]!, hashes[first + 1]!);
    others[n] = pairHash2(others[first]!, others[first + 1]!);
    termAt[n++] = first;
  }
  scanned.terms = n;
}

function appendAttributes(article: Article): void {
  for (const attribute of attributesOf(article)) {
    const { h, g } = hashTerm('attribute', attribute);
    hashes[scanned.terms] = h;
    others[scanned.terms] = g;
    termAt[scanned.terms++] = -1;
  }
}
