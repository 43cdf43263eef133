/** Many strings as one array of bytes (UTF-8), each decoded when it is asked for. */

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export interface StringTable {
  readonly bytes: Uint8Array;
  /** Where each string begins, and where the last one ends. */
  readonly offsets: Uint32Array;
}

export function createStringTable(strings: readonly string[]): StringTable {
  const bytes = encoder.encode(strings.join(''));
  const offsets = new Uint32Array(strings.length + 1);
  const isAscii = bytes.length === strings.reduce((sum, { length }) => sum + length, 0);
  strings.forEach((each, i) => {
    offsets[i + 1] = offsets[i]! + (isAscii ? each.length : encoder.encode(each).length);
  });
  return { bytes, offsets };
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
