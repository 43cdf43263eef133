/**
 * Lets calls share a run: whoever calls while one is under way waits for the next, so that each call gets a run that
 * began after it, and there is never more than one at a time.
 */
export function shareNext<T>(run: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let waiting: Promise<T> | undefined;
  function start(): Promise<T> {
    waiting = undefined;
    const current = run();
    running = current;
    return current;
  }
  return () => {
    waiting ??= running.then(start, start);
    return waiting;
  };
}
