/** One short note at the bottom of the page, which goes by itself; perhaps with a way back. */
import { useEffect } from 'preact/hooks';
import { t } from '../i18n.ts';
import { createStore } from '../store.ts';

interface Toast {
  readonly text: string;
  readonly undo?: () => void;
}

const store = createStore<Toast | undefined>(undefined);
export const TOAST_MS = 6000;

export const toast = (text: string, undo?: () => void) => store.write(undo ? { text, undo } : { text });

export function Toasts() {
  const shown = store.use();
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => store.write(undefined), TOAST_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  const undo = () => {
    shown?.undo?.();
    store.write(undefined);
  };
  return (
    <div class="toasts" role="status">
      {shown && (
        <p class="toast">
          {shown.text}
          {shown.undo && (
            <button type="button" onClick={undo}>
              {t('undo')}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
