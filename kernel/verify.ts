/**
 * Runs the programs of candidates: `core/percolator/program.ts` says what their numbers mean, `find` in
 * `core/matches.ts` what their steps do.
 */
import {
  bitsAt,
  blocksAt,
  groupOf,
  isPresent,
  lastTermAt,
  pairAtAt,
  pairWordAt,
  slotOfWordAt,
  termBeforeAt,
  termWordAt,
} from './areas';

const has: i32 = 1;
const lacks: i32 = 2;
const hasAny: i32 = 3;
const phrase: i32 = 4;
const near: i32 = 5;

/** The kind of an element of a phrase, in its two lowest bits. */
const pair: i32 = 1;
const any: i32 = 3;

/** What `runProgram` answers. */
export const no: i32 = 0;
export const yes: i32 = 1;
export const open: i32 = 2;

let tokens: i32 = 0;
let isLong: bool = false;
/** Where the first two fields end: two tokens before or behind both are in one, as the author's words are others. */
let end1: i32 = 0;
let end2: i32 = 0;

/** @param long there may be more places of a word than are looked at, which `tree.ts` counts */
export function loadTerms(count: i32, long: bool, first: i32, second: i32): void {
  tokens = count;
  isLong = long;
  end1 = first;
  end2 = second;
}

/** Goes through the steps until one does not hold, or is left open. @param program where it begins */
export function runProgram(program: i32): i32 {
  let at = blocksAt + (program << 2);
  const end = at + 4 + (load<i32>(at) << 2);
  for (at += 8; at < end; ) {
    const kind = load<i32>(at);
    const first = load<i32>(at + 4);
    if (kind === phrase) {
      if (!hasPhrase(at)) return no;
      at += (3 + first) << 2;
    } else if (kind <= lacks) {
      if (isPresent(bitsAt, first >> 2) !== i32(kind === has)) return no;
      at += 8;
    } else if (kind === hasAny) {
      if (!hasOne(at + 8, first)) return no;
      at += (2 + first) << 2;
    } else if (kind === near && !isLong) {
      if (!isNear(at)) return no;
      at += 20;
    } else {
      return open;
    }
  }
  return yes;
}

function hasOne(at: i32, count: i32): i32 {
  const bits = bitsAt;
  let found = 0;
  for (const end = at + (count << 2); at < end; at += 4) found |= isPresent(bits, load<i32>(at) >> 2);
  return found;
}

/** Goes through the places of the rarest word. */
function hasPhrase(at: i32): bool {
  const count = load<i32>(at + 4);
  const rarest = load<i32>(at + 8);
  const slot = load<i32>(at + 12 + (rarest << 2)) >> 2;
  if (!isPresent(bitsAt, slot)) return false;
  let term = load<i32>(lastTermAt + (groupOf(slot) << 2));
  for (; term >= 0; term = load<i32>(termBeforeAt + (term << 2))) {
    const place = term < tokens ? term : load<i32>(pairAtAt + ((term - tokens) << 2));
    const start = place - rarest;
    if (start >= 0 && start + count <= tokens && standsAt(at + 12, count, start)) return true;
  }
  return false;
}

/** The gap between two fields is a token that no watch asks for, so a phrase that fits lies in one field. */
function standsAt(elements: i32, count: i32, start: i32): bool {
  for (let i = 0; i < count; i++) {
    const element = load<i32>(elements + (i << 2));
    const kind = element & 3;
    if (kind === any) continue;
    const word = load<i32>((kind === pair ? pairWordAt : termWordAt) + ((start + i) << 2));
    if (word < 0 || load<i32>(slotOfWordAt + (word << 2)) !== element >> 2) return false;
  }
  return true;
}

/** Two words: the places of both, from the last to the first. */
function isNear(at: i32): bool {
  const within = load<i32>(at + 4);
  const ordered = load<i32>(at + 8) !== 0;
  const left = load<i32>(at + 12) >> 2;
  const right = load<i32>(at + 16) >> 2;
  if (!(isPresent(bitsAt, left) & isPresent(bitsAt, right))) return false;
  const isSame = left === right;
  let a = load<i32>(lastTermAt + (groupOf(left) << 2));
  let b = load<i32>(lastTermAt + (groupOf(right) << 2));
  if (isSame) b = before(b);
  while (a >= 0 && b >= 0) {
    const between = (a > b ? a - b : b - a) - 1;
    if (between <= within && (a < b || !ordered || isSame) && areInOneField(a, b)) return true;
    if (isSame) a = b;
    if (isSame || b > a) b = before(b);
    else a = before(a);
  }
  return false;
}

@inline
function before(term: i32): i32 {
  return load<i32>(termBeforeAt + (term << 2));
}

@inline
function areInOneField(a: i32, b: i32): bool {
  return a < end1 === b < end1 && a < end2 === b < end2;
}
