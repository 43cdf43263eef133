/** Many strings as one array of bytes (UTF-8), each decoded when it is asked for. */

import { IntList } from './int-list.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export interface StringTable {
  readonly bytes: Uint8Array;
  /** Where each string begins, and where the last one ends. */
  readonly offsets: Uint32Array;
}

/** Adds one string after the other. */
export class StringTableBuilder {
  #bytes = new Uint8Array(1 << 12);
  readonly #offsets = new IntList();
  #end = 0;

  /** @returns how many there are */
  push(text: string): number {
    if (this.#end + 3 * text.length > this.#bytes.length) this.#grow(3 * text.length);
    const count = this.#offsets.push(this.#end);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) {
        this.#end += encoder.encodeInto(text, this.#bytes.subarray(this.#end)).written;
        return count;
      }
      this.#bytes[this.#end + i] = code;
    }
    this.#end += text.length;
    return count;
  }

  build(): StringTable {
    this.#offsets.push(this.#end);
    const offsets = new Uint32Array(this.#offsets.view());
    return { bytes: this.#bytes.slice(0, this.#end), offsets };
  }

  #grow(more: number): void {
    const larger = new Uint8Array(2 * this.#bytes.length + more);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
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
