/** An index with what changed since it was built: which of its watches are gone. */
import type { Watch } from '../model.ts';
import { parseQuery } from '../query.ts';
import { buildIndex, type ParsedWatch } from './build.ts';
import type { PercolatorIndex } from './index.ts';
import { createSearch, type Search } from './state.ts';
import { indexOfString, stringAt } from './string-table.ts';

export interface Segment {
  readonly search: Search;
  /** How many of its watches are not removed. */
  live: number;
  /** Ids that matched before, by number. */
  readonly decoded: (string | undefined)[];
}

/** How many ids are kept decoded, at most. */
const mostDecoded = 1 << 20;

export function createSegment(index: PercolatorIndex): Segment {
  // Of its full length from the start: an array that grows by leaps becomes a slow dictionary.
  const decoded = new Array<string | undefined>(Math.min(index.size, mostDecoded));
  return { search: createSearch(index), live: index.size, decoded };
}

interface BuiltSegment {
  readonly segment: Segment;
  readonly broken: { readonly watchId: string; readonly message: string }[];
}

/** @param watches in any order, sorted in place; of two with the same id the later counts */
export function buildSegment(watches: Watch[]): BuiltSegment {
  watches.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const last = watches.filter(({ id }, i) => id !== watches[i + 1]?.id);
  const broken: { watchId: string; message: string }[] = [];
  return { segment: createSegment(buildIndex(parseAll(last, broken))), broken };
}

function* parseAll(
  watches: readonly Watch[],
  broken: { watchId: string; message: string }[],
): Generator<ParsedWatch> {
  for (const { id, query } of watches) {
    try {
      yield { id, query, parsed: parseQuery(query) };
    } catch (error) {
      broken.push({ watchId: id, message: (error as Error).message });
    }
  }
}

export function removeFrom(segment: Segment, id: string): void {
  const { removed, index } = segment.search;
  const number = indexOfString(index.ids, id);
  if (number < 0 || isRemoved(removed, number)) return;
  removed[number >>> 5]! |= 1 << (number & 31);
  segment.live--;
}

const isRemoved = (removed: Int32Array, number: number) =>
  ((removed[number >>> 5]! >>> (number & 31)) & 1) === 1;

export function* liveWatches({ search: { index, removed } }: Segment): Generator<Watch> {
  for (let number = 0; number < index.size; number++) {
    if (isRemoved(removed, number)) continue;
    yield { id: stringAt(index.ids, number), query: stringAt(index.queries, number) };
  }
}

/** Appends the ids of the watches that the last search found, in order, and forgets them. */
export function collectHits(segment: Segment, into: string[]): void {
  const { decoded } = segment;
  const { ids } = segment.search.index;
  const found = takeHits(segment);
  for (let i = 0; i < found; i++) {
    const number = numbers[i]!;
    let id = decoded[number];
    if (id === undefined) {
      id = stringAt(ids, number);
      if (number < decoded.length) decoded[number] = id;
    }
    into.push(id);
  }
}

/** The numbers of the watches found. */
let numbers = new Int32Array(1 << 10);

/** Fills `numbers` in ascending order; answers how many there are. */
function takeHits({ search, live }: Segment): number {
  const { hits, hitBlocks, removed, index } = search;
  let count = 0;
  for (let block = 0; block < hitBlocks.length; block++) {
    for (let words = hitBlocks[block]!; words !== 0; words &= words - 1) {
      const word = (block << 5) + 31 - Math.clz32(words & -words);
      const found = live === index.size ? hits[word]! : hits[word]! & ~removed[word]!;
      if (count + 32 > numbers.length) numbers = enlarged(numbers);
      for (let rest = found; rest !== 0; rest &= rest - 1) {
        numbers[count++] = (word << 5) + 31 - Math.clz32(rest & -rest);
      }
      hits[word] = 0;
    }
    hitBlocks[block] = 0;
  }
  return count;
}

function enlarged(array: Int32Array<ArrayBuffer>) {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}
