/** A growing array of 32-bit integers. */
export class IntList {
  length = 0;
  #items = new Int32Array(1 << 10);

  /** @returns the new length */
  push(item: number): number {
    if (this.length === this.#items.length) {
      const larger = new Int32Array(2 * this.length);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.length++] = item;
    return this.length;
  }

  at(index: number): number {
    return this.#items[index]!;
  }

  set(index: number, item: number): void {
    this.#items[index] = item;
  }

  /** What is in it so far, where it is. */
  view(): Int32Array {
    return this.#items.subarray(0, this.length);
  }
}
