/**
 * Conditions that are more than terms and phrases: fields, demands on the text, chains of NEAR, nested groups.
 * Places are worked out by the same functions as in `matches`.
 */

import { maxPlaces, meetsDemandsAt, nearPlaces, type Place, sortPlaces } from '../query/places.ts';
import { fieldBit } from './plan.ts';
import { elementKind, node } from './program.ts';
import { groupOf, isPresent, memberGroup, memberNext, type Search } from './state.ts';
import { groupLast, type ScannedField, scanned, termAt, termBefore, tokenBounds } from './workspace.ts';

/** Whether the node that begins at `at` holds. */
export function holdsTree(search: Search, at: number): boolean {
  const { programs } = search.index;
  switch (programs[at]) {
    case node.has:
      return isPresent(search, programs[at + 1]!);
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
  const { programs } = search.index;
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
  const { programs } = search.index;
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
  const { programs } = search.index;
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

/** Two words in a text in which either may have more places than are looked at. */
export function isNearInLongText(search: Search, at: number): boolean {
  const { programs } = search.index;
  const near = { within: programs[at + 1]!, ordered: programs[at + 2] === 1 };
  return scanned.fields.some((field) => {
    const [left, right] = [programs[at + 3]!, programs[at + 4]!].map((slot) =>
      firstPlaces(search, slot, field),
    );
    return nearPlaces(left!, right!, near).places.length > 0;
  });
}

function firstPlaces(search: Search, slot: number, field: ScannedField): Place[] {
  const positions = [...positionsOf(search, (slot << 2) | elementKind.token, field)!].sort((a, b) => a - b);
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
  else
    for (let m = groupLast[group]!; m >= 0; m = memberNext[m]!)
      addPositions(memberGroup[m]!, field, positions);
  return positions;
}

function addPositions(group: number, { from, to }: ScannedField, positions: Set<number>): void {
  for (let term = groupLast[group]!; term >= 0; term = termBefore[term]!) {
    const position = term < scanned.tokens ? term : termAt[term]!;
    if (position >= from && position < to) positions.add(position);
  }
}

function meetsAll({ index }: Search, at: number, from: number, { text, base }: ScannedField): boolean {
  const { programs, demands } = index;
  for (let i = 0; i < programs[at]!; i++) {
    const [first, behind, number] = programs.subarray(at + 1 + 3 * i, at + 4 + 3 * i);
    const start = tokenBounds[2 * (from + first!)]! - base;
    const end = tokenBounds[2 * (from + behind!) - 1]! - base;
    if (!meetsDemandsAt(demands[number!]!, text, start, end)) return false;
  }
  return true;
}
