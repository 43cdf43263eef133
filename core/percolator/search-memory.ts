/** One index in a memory of its own, where `kernel/search.ts` reads it. The memory is collected with the index. */
import { type Areas, articleSizes, type IndexSizes, indexSizes, type Room } from './areas.ts';
import type { IndexArrays } from './index.ts';
import { instancesOf, type Memory } from './kernel.ts';
import { searchBytes } from './kernel-bytes.ts';

interface SearchKernel {
  /** How many words of the article the index does not know. */
  readonly unknown: { readonly value: number };
  /** How many members its groups have so far. */
  readonly members: { readonly value: number };
  /** @returns how many members the groups of the words found will have: there must be room for them */
  find(words: number): number;
  addGroups(): void;
  /** @returns how many unknown words may begin with a prefix */
  keepLikely(unknown: number, tokens: number): number;
  /** There must be room for a member of each length that a word has. */
  addPrefixes(words: number, authorSpace: number, authorFrom: number, authorTo: number): void;
  addPrefix(h: number, g: number, word: number): void;
  /** @returns how many candidates there are */
  gather(): number;
  loadTerms(tokens: number, isLong: boolean, end1: number, end2: number): void;
  /** @returns how many programs are left in the queue */
  verify(candidates: number): number;
  /** @param bit 1 */
  mark(watch: number, bit: number): void;
  /** @returns how many numbers there are */
  take(): number;
}

/** Where each area begins and how large it is, in bytes, and how many pages all take. */
interface Layout {
  readonly at: Readonly<Record<string, number>>;
  readonly sizes: Readonly<Record<string, number>>;
  readonly pages: number;
}

const pageLength = 1 << 16;
const instantiate = instancesOf<SearchKernel & Record<string, { value: number }>>(searchBytes);

export class SearchMemory {
  readonly kernel: SearchKernel;
  /** Others after `makeRoom`. */
  areas: Areas;
  readonly #memory: Memory;
  readonly #set: (values: Record<string, number>) => void;
  readonly #indexSizes: IndexSizes;
  readonly #room: Room = { terms: 1 << 10, units: 1 << 12, members: 1 << 10 };

  /** @param size how many watches there are */
  constructor(arrays: IndexArrays, slots: number, size: number) {
    this.#indexSizes = indexSizes(arrays, slots, size);
    const layout = this.#layOut();
    const { kernel, memory } = instantiate(layout.pages);
    this.kernel = kernel;
    this.#memory = memory;
    this.#set = (values) => {
      for (const [name, value] of Object.entries(values)) kernel[name]!.value = value;
    };
    const { prefixes, prefixFilter, prefixLengths, hits } = this.#indexSizes;
    this.#set({ slots, hitsLength: hits, prefixesLength: prefixes });
    this.#set({ prefixFilterLength: prefixFilter, prefixLengthsLength: prefixLengths });
    this.areas = this.#lookAtAreas(layout);
    for (const [name, array] of Object.entries(arrays)) this.areas[name as keyof IndexArrays].set(array);
    this.areas.masks.fill(-1, 0, 4);
    // What stands in `bits` before the first article.
    kernel.take();
  }

  /** For an article; what stands in the areas of another one is lost. */
  makeRoom(terms: number, units: number): void {
    this.#enlarge({ terms, units, members: 0 });
  }

  /** For more members of the article; moves nothing. */
  makeRoomForMembers(more: number): void {
    this.#enlarge({ terms: 0, units: 0, members: this.kernel.members.value + more });
  }

  /** The kernel may write one behind the last. */
  #enlarge(needed: Room): void {
    const room = this.#room;
    if (needed.terms < room.terms && needed.units < room.units && needed.members < room.members) return;
    for (const name of ['terms', 'units', 'members'] as const)
      while (room[name] <= needed[name]) room[name] *= 2;
    const layout = this.#layOut();
    const missing = layout.pages - this.#memory.buffer.byteLength / pageLength;
    if (missing > 0) this.#memory.grow(missing);
    this.areas = this.#lookAtAreas(layout);
  }

  #layOut(): Layout {
    const sizes = { ...this.#indexSizes, ...articleSizes(this.#room) };
    let end = 16;
    const at: Record<string, number> = {};
    for (const [name, size] of Object.entries(sizes)) {
      at[name] = end;
      end += (size + 15) & ~15;
    }
    return { at, sizes, pages: Math.ceil(end / pageLength) };
  }

  #lookAtAreas({ at, sizes }: Layout): Areas {
    this.#set(Object.fromEntries(Object.entries(at).map(([name, address]) => [`${name}At`, address])));
    const { buffer } = this.#memory;
    const areas = Object.entries(sizes).map(([name, size]) => [
      name,
      new Int32Array(buffer, at[name], size >> 2),
    ]);
    return Object.fromEntries(areas) as Areas;
  }
}
