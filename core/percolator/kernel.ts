/**
 * The compiled `kernel/scan.ts` and its memory, which is fixed in size and shared by all percolators: one percolation
 * runs at a time. And the way to compile the other, of which each index has an instance.
 */
import { scanBytes } from './kernel-bytes.ts';

interface Kernel {
  readonly memory: Memory;
  /** @returns whether there are units that `letters` does not know, 1 or 0 */
  classify(from: number, to: number): number;
  scan(from: number, to: number, space: number): number;
  push(start: number, end: number, space: number): void;
  hashScratch(count: number): void;
  scratchPrefixBit(count: number, half: number): number;
  hashFolded(start: number, count: number): void;
  number(terms: number): number;
}

export interface Memory {
  readonly buffer: ArrayBuffer;
  /** In pages of 64 KB. The buffer from before is empty then. */
  grow(pages: number): void;
}

/** Neither the language's types nor Node's know it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports?: object) => { readonly exports: object };
  readonly Memory: new (size: { initial: number }) => Memory;
};

const compile = (base64: string): object =>
  new WebAssembly.Module(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));

/** @returns what makes instances of a compiled kernel, each with a memory of its own */
export function instancesOf<Exports>(base64: string) {
  const module = compile(base64);
  return (pages: number): { memory: Memory; kernel: Exports } => {
    const memory = new WebAssembly.Memory({ initial: pages });
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    return { memory, kernel: exports as Exports };
  };
}

const { exports } = new WebAssembly.Instance(compile(scanBytes));

export const kernel = exports as Kernel;
const { buffer } = kernel.memory;

/** As the kernels' memory is, so that numbers of this machine can be looked at where they are. */
export const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

const addressOf = (name: string) => (exports as Record<string, { value: number }>)[name]!.value;

/** The part of the memory from one name of the kernel to the next. */
export const bytesBetween = (from: string, to: string) =>
  new Uint8Array(buffer, addressOf(from), addressOf(to) - addressOf(from));
export const shortsBetween = (from: string, to: string) =>
  new Uint16Array(buffer, addressOf(from), (addressOf(to) - addressOf(from)) >> 1);
export const intsBetween = (from: string, to: string) =>
  new Int32Array(buffer, addressOf(from), (addressOf(to) - addressOf(from)) >> 2);

bytesBetween('maskAt', 'scratchAt').fill(0xff, 0, 16);
