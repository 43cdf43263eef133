/**
 * A snapshot as one piece of bytes: a header of 32-bit numbers (magic, version, CRC-32 of the details, their length),
 * the details as JSON with blanks up to a multiple of four, then the percolator's own bytes, which have a checksum of
 * theirs. A million watches are looked at where they are; nothing is made of each.
 */
import { crc32 } from 'node:zlib';
import { SnapshotError } from '../../core/percolator/bytes.ts';
import { Percolator } from '../../core/percolator.ts';
import type { KnownWatches } from './known-watches.ts';

const magic = 0x4e53_4354;
/** Grows with every change of the header or the details; the percolator's bytes have a version of their own. */
const version = 1;
const headerLength = 16;

interface Details {
  /** The table whose log was read: another one's snapshot says nothing of our watches. */
  readonly log: string;
  readonly readAt: string;
  readonly recent: readonly (readonly [string, number])[];
  /** Length of what follows. */
  readonly percolator: number;
}

export function encodeSnapshot({ percolator, recent, readAt }: KnownWatches, log: string): Uint8Array {
  const body = percolator.toBytes();
  const details: Details = {
    log,
    readAt: readAt.toISOString(),
    recent: [...recent],
    percolator: body.length,
  };
  const json = inFours(JSON.stringify(details));
  const bytes = Buffer.alloc(headerLength + json.length + body.length);
  [magic, version, crc32(json), json.length].forEach((number, i) => void bytes.writeUInt32LE(number, 4 * i));
  bytes.set(json, headerLength);
  bytes.set(body, headerLength + json.length);
  return bytes;
}

/**
 * @param log the table whose log is read here
 * @throws SnapshotError where the bytes are not those of `encodeSnapshot` of this version and log, whole and unchanged
 */
export function decodeSnapshot(given: Uint8Array, log: string): KnownWatches {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.length);
  const json = readJson(bytes);
  const details = JSON.parse(json.toString()) as Details;
  if (details.log !== log) throw new SnapshotError(`The snapshot is of the watches in ${details.log}`);
  const body = given.subarray(headerLength + json.length);
  if (body.length !== details.percolator) throw new SnapshotError('The snapshot is not whole');
  return {
    percolator: Percolator.fromBytes(body),
    recent: new Map(details.recent),
    readAt: new Date(details.readAt),
  };
}

function readJson(bytes: Buffer): Buffer {
  if (bytes.length < headerLength) throw new SnapshotError('The snapshot is not whole');
  const [found, itsVersion, sum, length] = [0, 4, 8, 12].map((at) => bytes.readUInt32LE(at));
  if (found !== magic) throw new SnapshotError('These bytes are no snapshot of watches');
  if (itsVersion !== version)
    throw new SnapshotError(`The snapshot has version ${itsVersion}, this is version ${version}`);
  const json = bytes.subarray(headerLength, headerLength + length!);
  if (json.length !== length || crc32(json) !== sum)
    throw new SnapshotError('The snapshot is not whole or was changed: its checksum differs');
  return json;
}

/** With blanks behind it, so that the body begins at a multiple of four. */
function inFours(json: string): Buffer {
  const bytes = Buffer.from(json);
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3, ' ')]);
}
