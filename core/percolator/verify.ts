/** Runs the program of a candidate. Agrees with `find` in `matches.ts`, which says what the steps mean. */

import { maxPlaces } from '../query/places.ts';
import { elementKind, step } from './program.ts';
import { groupOf, isPresent, type Search } from './state.ts';
import { holdsTree, isNearInLongText } from './tree.ts';
import { groupLast, groupSlot, pairWord, scanned, termAt, termBefore, termWord } from './workspace.ts';

/** @param program where it begins: its length, the watch's number, steps */
export function runProgram(search: Search, program: number): boolean {
  const { programs } = search.index;
  const end = program + 1 + programs[program]!;
  for (let at = program + 2; at < end; ) {
    switch (programs[at]) {
      case step.has:
        if (!isPresent(search, programs[at + 1]!)) return false;
        at += 2;
        break;
      case step.lacks:
        if (isPresent(search, programs[at + 1]!)) return false;
        at += 2;
        break;
      case step.hasAny:
        if (!hasAny(search, at)) return false;
        at += 2 + programs[at + 1]!;
        break;
      case step.near:
        if (!isNear(search, at)) return false;
        at += 5;
        break;
      case step.phrase:
        if (!hasPhrase(search, at)) return false;
        at += 3 + programs[at + 1]!;
        break;
      default:
        if (!holdsTree(search, at + 2)) return false;
        at += 2 + programs[at + 1]!;
    }
  }
  return true;
}

function hasAny(search: Search, at: number): boolean {
  const { programs } = search.index;
  for (let i = at + 2; i < at + 2 + programs[at + 1]!; i++) if (isPresent(search, programs[i]!)) return true;
  return false;
}

function hasPhrase(search: Search, at: number): boolean {
  const { programs } = search.index;
  const rarest = programs[at + 2]!;
  const slot = programs[at + 3 + rarest]! >> 2;
  if (!isPresent(search, slot)) return false;
  for (let term = groupLast[groupOf(search, slot)]!; term >= 0; term = termBefore[term]!) {
    const start = positionOf(term) - rarest;
    if (start >= 0 && standsAt(programs, at, start)) return true;
  }
  return false;
}

const positionOf = (term: number) => (term < scanned.tokens ? term : termAt[term]!);

/** The gap between two fields has no term, so a phrase that fits lies in one field. */
function standsAt(programs: Int32Array, at: number, start: number): boolean {
  const count = programs[at + 1]!;
  if (start + count > scanned.tokens) return false;
  for (let i = 0; i < count; i++) {
    const element = programs[at + 3 + i]!;
    const kind = element & 3;
    if (kind === elementKind.any) continue;
    const words = kind === elementKind.pair ? pairWord : termWord;
    if (groupSlot[words[start + i]!] !== element >> 2) return false;
  }
  return true;
}

/** Two words: the places of both, from the last to the first. */
function isNear(search: Search, at: number): boolean {
  const { programs } = search.index;
  const [within, ordered, left, right] = [
    programs[at + 1]!,
    programs[at + 2]!,
    programs[at + 3]!,
    programs[at + 4]!,
  ];
  if (!isPresent(search, left) || !isPresent(search, right)) return false;
  if (scanned.tokens > maxPlaces) return isNearInLongText(search, at);
  let a = groupLast[groupOf(search, left)]!;
  let b = groupLast[groupOf(search, right)]!;
  if (a === b) b = termBefore[b]!;
  while (a >= 0 && b >= 0) {
    const between = a > b ? a - b - 1 : b - a - 1;
    if (between <= within && (a < b || ordered === 0 || left === right) && isInOneField(a, b)) return true;
    if (left === right) a = b;
    if (left === right || b > a) b = termBefore[b]!;
    else a = termBefore[a]!;
  }
  return false;
}

function isInOneField(a: number, b: number): boolean {
  for (const { from, to } of scanned.fields) if (a >= from && a < to) return b >= from && b < to;
  return false;
}
