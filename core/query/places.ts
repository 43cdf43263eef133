/** Where in one field the words of a query stand. A place is a half-open range of tokens. */

import { exactLetters } from '../text/fold.ts';
import type { FieldText } from './article-text.ts';
import type { NearQuery, OrQuery, Part, WordsQuery } from './tree.ts';

export interface Place {
  readonly from: number;
  readonly to: number;
}

/** The first so many places of a word in a field are looked at, and kept for highlighting. Bounds the time of NEAR. */
export const maxPlaces = 2048;

/** Places in order, none twice. */
export function findPlaces(query: WordsQuery | OrQuery | NearQuery, text: FieldText): Place[] {
  switch (query.type) {
    case 'words':
      return placesOfWords(query, text);
    case 'or':
      return sortPlaces(query.clauses.flatMap((clause) => findPlaces(clause as WordsQuery, text)));
    case 'near':
      return pairs(query, text).places;
  }
}

function placesOfWords({ parts }: WordsQuery, text: FieldText): Place[] {
  const places: Place[] = [];
  for (let from = 0; from < text.tokens.length && places.length < maxPlaces; from++) {
    const to = endOfWords(parts, text, from);
    if (to > 0) places.push({ from, to });
  }
  return places;
}

/** Behind the last part where all stand one after the other from token `from` on; 0 where they do not. */
function endOfWords(parts: readonly Part[], text: FieldText, from: number): number {
  let at = from;
  for (const part of parts) {
    const length = part.kind === 'run' ? part.units.length : 1;
    if (!standsAt(part, text, at) || !meetsDemands(part, text, at, at + length)) return 0;
    at += length;
  }
  return at;
}

function standsAt(part: Part, { tokens }: FieldText, at: number): boolean {
  const token = tokens[at];
  if (token === undefined) return false;
  if (part.kind === 'run') {
    return part.units.every((unit, i) => {
      const each = tokens[at + i];
      return each?.unit === true && each.folded === unit && (i === 0 || each.glued);
    });
  }
  if (token.unit) return false;
  return part.kind === 'prefix' ? token.folded.startsWith(part.prefix) : part.forms.includes(token.folded);
}

function meetsDemands(part: Part, text: FieldText, from: number, to: number): boolean {
  if (part.exact === undefined && part.before === undefined && part.after === undefined) return true;
  const { start } = text.tokens[from]!;
  const { end } = text.tokens[to - 1]!;
  return meetsDemandsAt(part, text.text, start, end);
}

/** Whether the exact letters and the signs that a part demands stand at `start`..`end` of the text. */
export function meetsDemandsAt(
  { exact, before, after }: Pick<Part, 'exact' | 'before' | 'after'>,
  text: string,
  start: number,
  end: number,
): boolean {
  if (exact !== undefined && exactLetters(text.slice(start, end)) !== exact) return false;
  if (before !== undefined && !hasBefore(before, text, start)) return false;
  return after === undefined || hasAfter(after, text, end);
}

/** `.NET` is not in `example.net`. */
function hasBefore(sign: string, text: string, start: number): boolean {
  if (plainSign(text[start - 1]) !== sign) return false;
  return sign !== '.' || !/[\p{L}\p{M}\p{N}.]/u.test(plainSign(text[start - 2]) ?? '');
}

/** `C+` is not in `C++`. */
function hasAfter(signs: string, text: string, end: number): boolean {
  for (let i = 0; i < signs.length; i++) if (plainSign(text[end + i]) !== signs[i]) return false;
  return plainSign(text[end + signs.length]) !== signs.at(-1);
}

const plainSign = (sign: string | undefined) => sign?.normalize('NFKC');

/** The places of both sides together, and of each side, wherever the two are near enough. */
export function pairs(query: NearQuery, text: FieldText): NearPlaces {
  const left = findPlaces(query.left as WordsQuery, text);
  const right = left.length > 0 ? findPlaces(query.right as WordsQuery, text) : [];
  return nearPlaces(left, right, query);
}

export interface NearPlaces {
  /** From the first word of a pair to its last. */
  readonly places: Place[];
  /** What was near, each on its own. */
  readonly parts: Place[];
}

/** @param left, right in order */
export function nearPlaces(
  left: readonly Place[],
  right: readonly Place[],
  near: { readonly within: number; readonly ordered: boolean },
): NearPlaces {
  const longest = right.reduce((length, { from, to }) => Math.max(length, to - from), 0);
  const places: Place[] = [];
  const parts: Place[] = [];
  let first = 0;
  for (const a of left) {
    while (first < right.length && right[first]!.from + longest + near.within < a.from) first++;
    for (let i = first; i < right.length && places.length < maxPlaces; i++) {
      const b = right[i]!;
      if (b.from > a.to + near.within) break;
      if (!areNear(a, b, near)) continue;
      places.push({ from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) });
      parts.push(a, b);
    }
  }
  return { places: sortPlaces(places), parts: sortPlaces(parts) };
}

function areNear(a: Place, b: Place, { within, ordered }: { within: number; ordered: boolean }): boolean {
  if (b.from >= a.to) return b.from - a.to <= within;
  return !ordered && a.from >= b.to && a.from - b.to <= within;
}

/** In order, none twice, no more than `maxPlaces`. */
export function sortPlaces(places: Place[]): Place[] {
  places.sort((a, b) => a.from - b.from || a.to - b.to);
  const distinct = places.filter(
    ({ from, to }, i) => from !== places[i - 1]?.from || to !== places[i - 1]?.to,
  );
  return distinct.slice(0, maxPlaces);
}
