/**
 * Conditions that are more than terms and phrases: fields, demands on the text, chains of NEAR, nested groups.
 * Places are worked out by the same functions as in `matches`.
 */

import { maxPlaces, meetsDemandsAt, nearPlaces, type Place, sortPlaces } from '../query/places.ts';
import { fieldBit } from './plan.ts';
import { elementKind, node, step } from './program.ts';
import { groupOf, isPresent, type Search } from './state.ts';
import { lastTerm, type ScannedField, scanned, termAt, termBefore, tokenBounds } from './workspace.ts';

/** Whether the steps of a program hold that the kernel has left open. */
export function holdsRest(search: Search, program: number): boolean {
  const { blocks: programs } = search.memory.areas;
  const end = program + 1 + programs[program]!;
  for (let at = program + 2; at < end; at += stepLength(programs, at)) {
    if (programs[at] === step.tree && !holdsTree(search, at + 2)) return false;
    if (programs[at] === step.near && !isNearInLongText(search, at)) return false;
  }
  return true;
}

function stepLength(programs: Int32Array, at: number): number {
  switch (programs[at]) {
    case step.has:
    case step.lacks:
      return 2;
    case step.near:
      return 5;
    case step.phrase:
      return 3 + programs[at + 1]!;
    default:
      return 2 + programs[at + 1]!;
  }
}

/** Whether the node that begins at `at` holds. */
function holdsTree(search: Search, at: number): boolean {
  const { blocks: programs } = search.memory.areas;
  switch (programs[at]) {
    case node.has:
      return isPresent(search, programs[at + 1]! >> 2);
    case node.not:
      return !holdsTree(search, at + 2);
    case node.and:
      return everyChild(programs, at, (child) => holdsTree(search, child));
    case node.or:
      return !everyChild(programs, at, (child) => !holdsTree(search, child));
    default:
      return scanned.fields.some(
        (field) =>
          (fieldBit[field.field] & programs[at + 1]!) !== 0 && placesOf(search, at, field).length > 0,
      );
  }
}

function everyChild(programs: Int32Array, at: number, holds: (child: number) => boolean): boolean {
  let child = at + 2;
  for (let left = programs[at + 1]!; left > 0; left--) {
    if (!holds(child + 1)) return false;
    child += 1 + programs[child]!;
  }
  return true;
}

/** In a long text, many watches may ask for the same words: places found for one are kept for the others. */
const found = new Map<string, Place[]>();
const longText = 4096;

/** Called before each article. */
export function forgetPlaces(): void {
  if (found.size > 0) found.clear();
}

/** Where in a field a leaf, a NEAR or an OR of these stands. */
function placesOf(search: Search, at: number, field: ScannedField): Place[] {
  const { blocks: programs } = search.memory.areas;
  if (scanned.tokens < longText || programs[at] === node.or) return workOutPlaces(search, at, field);
  const key = `${field.field} ${programs.subarray(at, endOfNode(programs, at)).join()}`;
  let places = found.get(key);
  if (places === undefined) {
    places = workOutPlaces(search, at, field);
    found.set(key, places);
  }
  return places;
}

/** Behind a leaf or a NEAR. */
function endOfNode(programs: Int32Array, at: number): number {
  if (programs[at] === node.leaf) {
    const demands = at + 3 + programs[at + 2]!;
    return demands + 1 + 3 * programs[demands]!;
  }
  const right = at + 5 + programs[at + 4]!;
  return right + 1 + programs[right]!;
}

function workOutPlaces(search: Search, at: number, field: ScannedField): Place[] {
  const { blocks: programs } = search.memory.areas;
  if (programs[at] === node.leaf) return placesOfLeaf(search, at, field);
  if (programs[at] === node.or) {
    const places: Place[] = [];
    everyChild(programs, at, (child) => {
      places.push(...placesOf(search, child, field));
      return true;
    });
    return sortPlaces(places);
  }
  const left = at + 4;
  const right = left + 1 + programs[left]!;
  const near = { within: programs[at + 2]!, ordered: programs[at + 3] === 1 };
  const a = placesOf(search, left + 1, field);
  return a.length === 0 ? a : nearPlaces(a, placesOf(search, right + 1, field), near).places;
}

/** Goes through the places of the first element that is no wildcard. */
function placesOfLeaf(search: Search, at: number, field: ScannedField): Place[] {
  const { blocks: programs } = search.memory.areas;
  const count = programs[at + 2]!;
  const elements = programs.subarray(at + 3, at + 3 + count);
  const positions: (ReadonlySet<number> | undefined)[] = [];
  for (const element of elements) {
    const found = positionsOf(search, element, field);
    if (found?.size === 0) return [];
    positions.push(found);
  }
  const places: Place[] = [];
  for (const from of [...positions[0]!].sort((a, b) => a - b)) {
    if (places.length === maxPlaces) break;
    const fits = positions.every((each, i) => each === undefined || each.has(from + i));
    if (fits && meetsAll(search, at + 3 + count, from, field)) places.push({ from, to: from + count });
  }
  return places;
}

/** Two words in a text in which either may have more places than are looked at; the kernel has seen to others. */
function isNearInLongText(search: Search, at: number): boolean {
  const { blocks: programs } = search.memory.areas;
  if (scanned.tokens <= maxPlaces) return true;
  const near = { within: programs[at + 1]!, ordered: programs[at + 2] === 1 };
  return scanned.fields.some((field) => {
    const [left, right] = [programs[at + 3]!, programs[at + 4]!].map((element) =>
      firstPlaces(search, element, field),
    );
    return nearPlaces(left!, right!, near).places.length > 0;
  });
}

function firstPlaces(search: Search, element: number, field: ScannedField): Place[] {
  const positions = [...positionsOf(search, element, field)!].sort((a, b) => a - b);
  return positions.slice(0, maxPlaces).map((from) => ({ from, to: from + 1 }));
}

/** Undefined for any token. The first element is never that. */
function positionsOf(search: Search, element: number, field: ScannedField): ReadonlySet<number> | undefined {
  const kind = element & 3;
  if (kind === elementKind.any) return undefined;
  const slot = element >> 2;
  const positions = new Set<number>();
  if (!isPresent(search, slot)) return positions;
  const group = groupOf(search, slot);
  if (kind !== elementKind.group) addPositions(group, field, positions);
  else for (const word of membersOf(search, group)) addPositions(word, field, positions);
  return positions;
}

/** The words that belong to a group, which is numbered behind the words. */
function* membersOf({ memory }: Search, group: number): Generator<number> {
  const { members } = memory.areas;
  for (let m = members[4 * (group - scanned.words) + 2]!; m >= 0; m = members[4 * m + 1]!)
    yield members[4 * m]!;
}

function addPositions(word: number, { from, to }: ScannedField, positions: Set<number>): void {
  for (let term = lastTerm[word]!; term >= 0; term = termBefore[term]!) {
    const position = term < scanned.tokens ? term : termAt[term]!;
    if (position >= from && position < to) positions.add(position);
  }
}

function meetsAll(
  { index, memory }: Search,
  at: number,
  from: number,
  { text, base }: ScannedField,
): boolean {
  const { demands } = index;
  const { blocks: programs } = memory.areas;
  for (let i = 0; i < programs[at]!; i++) {
    const [first, behind, number] = programs.subarray(at + 1 + 3 * i, at + 4 + 3 * i);
    const start = tokenBounds[2 * (from + first!)]! - base;
    const end = tokenBounds[2 * (from + behind!) - 1]! - base;
    if (!meetsDemandsAt(demands[number!]!, text, start, end)) return false;
  }
  return true;
}
