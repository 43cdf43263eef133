/**
 * Works on many things, so many at a time. All are tried, whichever fail.
 *
 * @returns the results, in order
 * @throws the first error, after all are done
 */
export async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: PromiseSettledResult<R>[] = [];
  for (let n = 0; n < items.length; n += atOnce) {
    results.push(...(await Promise.allSettled(items.slice(n, n + atOnce).map(work))));
  }
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
