/**
 * A percolator as one piece of bytes: a header of 32-bit numbers (magic, version, checksum of the rest, length of
 * the details), the details as JSON, then each array at a multiple of four.
 */
import type { IndexArrays, PercolatorIndex } from './index.ts';
import { isLittleEndian } from './kernel.ts';
import { createSegment, type Segment } from './segment.ts';
import { clearGroups } from './table.ts';

/** A snapshot that cannot be used: build the percolator from the watches instead. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

const magic = 0x4e43_4f54;
/** Grows with every change of the format or of what a query means. */
const version = 3;
const headerLength = 16;
/** Which of the header's numbers it is. */
const checksumAt = 2;

interface Details {
  readonly lengths: readonly number[];
  readonly slots: number;
  readonly size: number;
  readonly usesAttributes: boolean;
  readonly demands: PercolatorIndex['demands'];
  readonly broken: readonly { watchId: string; message: string }[];
}

/** @param segment with nothing removed */
export function writePercolator({ search }: Segment, broken: Details['broken']): Uint8Array {
  const { index, memory } = search;
  const arrays = arraysOf(index, memory.areas);
  const { slots, size, usesAttributes, demands } = index;
  const lengths = arrays.map(({ byteLength }) => byteLength);
  const details: Details = { lengths, slots, size, usesAttributes, demands, broken };
  const json = new TextEncoder().encode(JSON.stringify(details));
  const start = headerLength + padded(json.length);
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + padded(length), start));
  bytes.set(json, headerLength);
  let at = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  clearGroups(new Int32Array(bytes.buffer, start, lengths[0]! >> 2));
  const header = new Int32Array(bytes.buffer, 0, headerLength >> 2);
  header.set([magic, version, 0, json.length]);
  header[checksumAt] = checksum(bytes);
  return bytes;
}

const padded = (length: number) => (length + 3) & ~3;

function arraysOf({ ids, queries }: PercolatorIndex, arrays: IndexArrays) {
  const { table, filter, blocks, prefixes, prefixFilter, prefixLengths } = arrays;
  const strings = [ids.offsets, ids.bytes, queries.offsets, queries.bytes];
  return [table, filter, blocks, prefixes, prefixFilter, prefixLengths, ...strings];
}

/**
 * Of all behind itself: four sums side by side, each over every fourth number, then one over the four. Every step is a
 * bijection of the sum and of the number, so a single changed number always changes the result.
 */
function checksum(bytes: Uint8Array): number {
  const numbers = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  let [a, b, c, d] = [1, 2, 3, 4];
  for (let i = checksumAt + 1; i < numbers.length; i += 4) {
    a = add(a, numbers[i]!);
    b = add(b, numbers[i + 1] ?? 0);
    c = add(c, numbers[i + 2] ?? 0);
    d = add(d, numbers[i + 3] ?? 0);
  }
  return [a, b, c, d].reduce(add, bytes.length);
}

/** The rotation brings every bit to where the product spreads it. */
function add(sum: number, number: number): number {
  const mixed = sum ^ number;
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x85ebca6b);
}

/** @throws SnapshotError */
export function readPercolator(given: Uint8Array): { segment: Segment; broken: Details['broken'] } {
  const bytes = given.byteOffset % 4 === 0 ? given : given.slice();
  const json = checkHeader(bytes);
  const details = JSON.parse(
    new TextDecoder().decode(bytes.subarray(headerLength, headerLength + json)),
  ) as Details;
  const pieces: Uint8Array[] = [];
  let at = headerLength + padded(json);
  for (const length of details.lengths) {
    pieces.push(bytes.subarray(at, at + length));
    at += padded(length);
  }
  if (at !== bytes.length || pieces.length !== 10) throw new SnapshotError('The snapshot is not whole');
  return { segment: createSegment(toIndex(details, pieces), toArrays(pieces)), broken: details.broken };
}

/** Answers the length of the details. */
function checkHeader(bytes: Uint8Array): number {
  if (!isLittleEndian) throw new SnapshotError('Snapshots are read on little-endian machines only');
  if (bytes.length < headerLength) throw new SnapshotError('The snapshot is not whole');
  const [found, itsVersion, sum, json] = new Int32Array(bytes.buffer, bytes.byteOffset, 4);
  if (found !== magic) throw new SnapshotError('These bytes are no snapshot of a percolator');
  if (itsVersion !== version) {
    throw new SnapshotError(`The snapshot has version ${itsVersion}, this is version ${version}`);
  }
  if (bytes.length % 4 !== 0 || checksum(bytes) !== sum) {
    throw new SnapshotError('The snapshot is not whole or was changed: its checksum differs');
  }
  return json!;
}

const toInts = (piece: Uint8Array) => new Int32Array(piece.buffer, piece.byteOffset, piece.length >> 2);
const toOffsets = (piece: Uint8Array) => new Uint32Array(piece.buffer, piece.byteOffset, piece.length >> 2);

function toArrays(pieces: readonly Uint8Array[]): IndexArrays {
  const [table, filter, blocks, prefixes, prefixFilter, prefixLengths] = pieces.slice(0, 6).map(toInts);
  return {
    table: table!,
    filter: filter!,
    blocks: blocks!,
    prefixes: prefixes!,
    prefixFilter: prefixFilter!,
    prefixLengths: prefixLengths!,
  };
}

function toIndex({ slots, size, usesAttributes, demands }: Details, pieces: readonly Uint8Array[]) {
  const ids = { offsets: toOffsets(pieces[6]!), bytes: pieces[7]! };
  const queries = { offsets: toOffsets(pieces[8]!), bytes: pieces[9]! };
  return { ids, queries, slots, size, usesAttributes, demands };
}
