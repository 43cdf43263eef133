/**
 * The compiled `kernel/scan.ts` and its memory, which is fixed in size and shared by all percolators: one percolation
 * runs at a time.
 */
import { kernelBytes } from './kernel-bytes.ts';

interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer };
  classify(from: number, to: number): void;
  scan(from: number, to: number, space: number): number;
  push(start: number, end: number, space: number): void;
  hashScratch(count: number): void;
  hashFolded(start: number, count: number): void;
  number(terms: number): number;
}

/** Neither the language's types nor Node's know it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Kernel };
};

const module = new WebAssembly.Module(Uint8Array.from(atob(kernelBytes), (byte) => byte.charCodeAt(0)));
const { exports } = new WebAssembly.Instance(module);
const { buffer } = exports.memory;

export const kernel: Kernel = exports;

/** As the kernel's memory is, so that numbers of this machine can be looked at where they are. */
export const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

const addressOf = (name: string) => (exports as unknown as Record<string, { value: number }>)[name]!.value;

/** The part of the memory from one name of the kernel to the next. */
export const bytesBetween = (from: string, to: string) =>
  new Uint8Array(buffer, addressOf(from), addressOf(to) - addressOf(from));
export const shortsBetween = (from: string, to: string) =>
  new Uint16Array(buffer, addressOf(from), (addressOf(to) - addressOf(from)) >> 1);
export const intsBetween = (from: string, to: string) =>
  new Int32Array(buffer, addressOf(from), (addressOf(to) - addressOf(from)) >> 2);

bytesBetween('maskAt', 'scratchAt').fill(0xff, 0, 16);
