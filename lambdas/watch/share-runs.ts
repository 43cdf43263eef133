/**
 * Lets calls share runs that are numbered in the order in which they begin. Whoever needs what is true after a moment
 * remembers how many runs had begun by then, and takes any later one: the last, the one under way, or the next, of
 * which there is never more than one at a time.
 *
 *     const reads = shareRuns(readTheLog);
 *     const begun = reads.begun();
 *     await reads.after(begun);   // of a run that began after the line above
 */
export interface SharedRuns<T> {
  /** How many runs have begun so far. */
  begun(): number;
  /** @returns what a run gives that began when so many had begun already; one that fails is not shared any more */
  after(begun: number): Promise<T>;
}

export function shareRuns<T>(run: () => Promise<T>): SharedRuns<T> {
  let begun = 0;
  /** The last that began and has not failed. */
  let last: { readonly number: number; readonly result: Promise<T> } | undefined;
  let next: Promise<T> | undefined;

  function start(): Promise<T> {
    next = undefined;
    begun += 1;
    const current = { number: begun, result: run() };
    last = current;
    current.result.catch(() => {
      if (last === current) last = undefined;
    });
    return current.result;
  }

  return {
    begun: () => begun,
    after(mark) {
      if (last !== undefined && last.number > mark) return last.result;
      const under = last?.result ?? Promise.resolve();
      next ??= under.then(start, start);
      return next;
    },
  };
}
