/** An index with what changed since it was built: which of its watches are gone. */
import type { Watch } from '../model.ts';
import { parseQuery } from '../query.ts';
import { buildIndex, type ParsedWatch } from './build.ts';
import type { IndexArrays, PercolatorIndex } from './index.ts';
import { SearchMemory } from './search-memory.ts';
import type { Search } from './state.ts';
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

export function createSegment(index: PercolatorIndex, arrays: IndexArrays): Segment {
  // Of its full length from the start: an array that grows by leaps becomes a slow dictionary.
  const decoded = new Array<string | undefined>(Math.min(index.size, mostDecoded));
  const memory = new SearchMemory(arrays, index.slots, index.size);
  return { search: { index, memory }, live: index.size, decoded };
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
  const { index, arrays } = buildIndex(parseAll(last, broken));
  return { segment: createSegment(index, arrays), broken };
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
  const { index, memory } = segment.search;
  const { removed } = memory.areas;
  const number = indexOfString(index.ids, id);
  if (number < 0 || isRemoved(removed, number)) return;
  removed[number >>> 5]! |= 1 << (number & 31);
  segment.live--;
}

const isRemoved = (removed: Int32Array, number: number) =>
  ((removed[number >>> 5]! >>> (number & 31)) & 1) === 1;

export function* liveWatches({ search: { index, memory } }: Segment): Generator<Watch> {
  const { removed } = memory.areas;
  for (let number = 0; number < index.size; number++) {
    if (isRemoved(removed, number)) continue;
    yield { id: stringAt(index.ids, number), query: stringAt(index.queries, number) };
  }
}

/** The ids of the watches that the last search found, in order; forgets the article. */
export function takeFound(segment: Segment): string[] {
  const { decoded } = segment;
  const found = segment.search.memory.kernel.take();
  const { numbers } = segment.search.memory.areas;
  const ids = new Array<string>(found);
  for (let i = 0; i < found; i++) {
    const id = decoded[numbers[i]!];
    ids[i] = id === undefined ? decode(segment, numbers[i]!) : id;
  }
  return ids;
}

function decode({ decoded, search }: Segment, number: number): string {
  const id = stringAt(search.index.ids, number);
  if (number < decoded.length) decoded[number] = id;
  return id;
}
