/**
 * What came since the page was opened. It is announced rather than pushed in above what is being read; only an empty
 * page shows it at once.
 */
import { useEffect, useState } from 'preact/hooks';
import type { Alert } from '../api/types.ts';
import type { EndlessList } from '../resource.ts';
import { useLookout } from '../ui/lookout.ts';

const EVERY_MS = 10_000;

export interface News {
  /** What is to be seen now. */
  readonly shown: readonly Alert[] | undefined;
  /** How many came since. */
  readonly waiting: number;
  show(): void;
}

export function useNews(path: string, { items, refresh }: EndlessList<Alert>): News {
  const [seen, setSeen] = useState<{ path: string; first: string | undefined }>();
  useLookout(refresh, EVERY_MS, path);
  const first = items?.[0]?.id;
  useEffect(() => {
    if (first && seen?.path !== path) setSeen({ path, first });
  }, [first, path]);
  const at = seen?.path === path ? (items?.findIndex(({ id }) => id === seen.first) ?? -1) : -1;
  const waiting = Math.max(at, 0);
  const show = () => {
    setSeen({ path, first });
    scrollTo({ top: 0 });
  };
  return { shown: items?.slice(waiting), waiting, show };
}
