/**
 * Removal with a way back: what is removed disappears at once and is removed for good when the note about it has
 * gone, or the page is left.
 */
import { call, Problem } from '../api/client.ts';
import { createStore } from '../store.ts';
import { problemText } from './states.tsx';
import { TOAST_MS, toast } from './toast.tsx';

interface Removal {
  readonly path: string;
  /** Undefined once it is done. */
  readonly timer?: number;
}

const store = createStore<readonly Removal[]>([]);

function forget(path: string): void {
  store.write(store.read().filter((removal) => removal.path !== path));
}

async function finish(path: string): Promise<void> {
  store.write(store.read().map((removal) => (removal.path === path ? { path } : removal)));
  try {
    await call('DELETE', path, { keepalive: true });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.slug === 'not-found') return;
    forget(path);
    toast(problemText(error));
  }
}

/** @param text the note, such as `“Strikes” is removed.` */
export function removeLater(path: string, text: string): void {
  const timer = setTimeout(() => void finish(path), TOAST_MS);
  store.write([...store.read(), { path, timer }]);
  toast(text, () => {
    clearTimeout(timer);
    forget(path);
  });
}

/** In a component: whether something is (about to be) removed. */
export function useRemoved(): (path: string) => boolean {
  const removals = store.use();
  return (path) => removals.some((removal) => removal.path === path);
}

addEventListener('pagehide', () => {
  for (const { path, timer } of store.read()) {
    if (timer === undefined) continue;
    clearTimeout(timer);
    void finish(path);
  }
});
