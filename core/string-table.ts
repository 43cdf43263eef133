/** Many strings as one array of bytes (UTF-8), each decoded when it is asked for. */

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export interface StringTable {
  readonly bytes: Uint8Array;
  /** Where each string begins, and where the last one ends. */
  readonly offsets: Uint32Array;
}

export function createStringTable(strings: readonly string[]): StringTable {
  const offsets = new Uint32Array(strings.length + 1);
  let bytes = new Uint8Array(strings.reduce((sum, { length }) => sum + length, 16));
  let at = 0;
  strings.forEach((each, i) => {
    if (at + 3 * each.length > bytes.length) bytes = grown(bytes, at + 3 * each.length);
    at += encoder.encodeInto(each, bytes.subarray(at)).written;
    offsets[i + 1] = at;
  });
  return { bytes: bytes.slice(0, at), offsets };
}

function grown(bytes: Uint8Array, needed: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(needed + (needed >> 1));
  larger.set(bytes);
  return larger;
}

/** Node's Buffer decodes a short string several times faster than a TextDecoder; a browser has none. */
const buffers = new WeakMap<Uint8Array, Buffer>();

export function stringAt({ bytes, offsets }: StringTable, index: number): string {
  const from = offsets[index]!;
  const to = offsets[index + 1]!;
  if (typeof Buffer !== 'function') return decoder.decode(bytes.subarray(from, to));
  let buffer = buffers.get(bytes);
  if (buffer === undefined) {
    buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    buffers.set(bytes, buffer);
  }
  return buffer.toString('utf8', from, to);
}

/** The index of a string in a table sorted by code units, or -1. */
export function indexOfString(table: StringTable, text: string): number {
  let low = 0;
  let high = table.offsets.length - 2;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = stringAt(table, middle);
    if (found === text) return middle;
    if (found < text) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
