/**
 * A percolator as one piece of bytes: a header of 32-bit numbers (magic, version, checksum of the rest, length of
 * the details), the details as JSON, then each array at a multiple of four.
 */
import type { PercolatorIndex } from './index.ts';
import { isLittleEndian } from './kernel.ts';
import { createSegment, type Segment } from './segment.ts';
import { clearGroups } from './table.ts';

/** A snapshot that cannot be used: build the percolator from the watches instead. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

const magic = 0x4e43_4f54;
/** Grows with every change of the format or of what a query means. */
const version = 2;
const headerLength = 16;

interface Details {
  readonly lengths: readonly number[];
  readonly slots: number;
  readonly size: number;
  readonly prefixLengths: readonly number[];
  readonly usesAttributes: boolean;
  readonly demands: PercolatorIndex['demands'];
  readonly broken: readonly { watchId: string; message: string }[];
}

/** @param segment with nothing removed */
export function writePercolator({ search }: Segment, broken: Details['broken']): Uint8Array {
  const { index } = search;
  const arrays = arraysOf(index);
  const { slots, size, prefixLengths, usesAttributes, demands } = index;
  const lengths = arrays.map(({ byteLength }) => byteLength);
  const details: Details = { lengths, slots, size, prefixLengths, usesAttributes, demands, broken };
  const json = new TextEncoder().encode(JSON.stringify(details));
  const bytes = new Uint8Array(
    lengths.reduce((sum, length) => sum + padded(length), headerLength + padded(json.length)),
  );
  bytes.set(json, headerLength);
  let at = headerLength + padded(json.length);
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  clearGroups(new Int32Array(bytes.buffer, headerLength + padded(json.length), index.table.length));
  new Int32Array(bytes.buffer).set([magic, version, checksum(bytes), json.length]);
  return bytes;
}

const padded = (length: number) => (length + 3) & ~3;

function arraysOf({
  table,
  filter,
  blocks,
  programs,
  prefixes,
  prefixFilter,
  ids,
  queries,
}: PercolatorIndex) {
  return [
    table,
    filter,
    blocks,
    programs,
    prefixes,
    prefixFilter,
    ids.offsets,
    ids.bytes,
    queries.offsets,
    queries.bytes,
  ];
}

/** Four sums side by side, each over every fourth number: any changed, missing or added number changes one. */
function checksum(bytes: Uint8Array): number {
  const numbers = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  let [a, b, c, d] = [1, 2, 3, 4];
  for (let i = headerLength >> 2; i < numbers.length; i += 4) {
    a = Math.imul(a ^ numbers[i]!, 0x01000193);
    b = Math.imul(b ^ (numbers[i + 1] ?? 0), 0x85ebca6b);
    c = Math.imul(c ^ (numbers[i + 2] ?? 0), 0xc2b2ae35);
    d = Math.imul(d ^ (numbers[i + 3] ?? 0), 0x27d4eb2f);
  }
  return a ^ (b >>> 1) ^ (c << 1) ^ (d >>> 3) ^ bytes.length;
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
  return { segment: createSegment(toIndex(details, pieces)), broken: details.broken };
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

function toIndex(details: Details, pieces: readonly Uint8Array[]): PercolatorIndex {
  const ints = (i: number) =>
    new Int32Array(pieces[i]!.buffer, pieces[i]!.byteOffset, pieces[i]!.length >> 2);
  const offsets = (i: number) =>
    new Uint32Array(pieces[i]!.buffer, pieces[i]!.byteOffset, pieces[i]!.length >> 2);
  const { slots, size, prefixLengths, usesAttributes, demands } = details;
  return {
    // The search writes into the table; the caller's bytes stay as they are.
    table: ints(0).slice(),
    filter: ints(1),
    blocks: ints(2),
    programs: ints(3),
    prefixes: ints(4),
    prefixFilter: ints(5),
    ids: { offsets: offsets(6), bytes: pieces[7]! },
    queries: { offsets: offsets(8), bytes: pieces[9]! },
    slots,
    size,
    prefixLengths,
    usesAttributes,
    demands,
  };
}
