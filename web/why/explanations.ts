/** What became of an article for each of some watches. */
import { useEffect, useState } from 'preact/hooks';
import { call, Problem } from '../api/client.ts';
import type { Explanation, Watch } from '../api/types.ts';

export interface Explained extends Explanation {
  readonly watch: Watch;
}

/** As many as a browser asks one server at once. */
const AT_ONCE = 6;

/** @throws Problem `site-not-polled`, `article-not-seen` where there is no article at the address */
export async function explainUrl(url: string, watches: readonly Watch[]): Promise<Explained[]> {
  const [first, ...others] = watches;
  if (!first) return [];
  const found = [await ask('url', url, first)];
  for (let at = 0; at < others.length; at += AT_ONCE) {
    const some = others.slice(at, at + AT_ONCE);
    found.push(...(await Promise.all(some.map((watch) => ask('article', found[0]!.article.id, watch)))));
  }
  return found.sort((a, b) => rank(a) - rank(b));
}

async function ask(by: 'url' | 'article', value: string, watch: Watch): Promise<Explained> {
  const query = new URLSearchParams({ [by]: value, watch: watch.id });
  return { ...(await call<Explanation>('GET', `/v1/explain?${query}`)), watch };
}

/** What rang first, then what nearly did. */
function rank({ outcome, clauses }: Explained): number {
  if (outcome === 'alerted') return 0;
  if (outcome !== 'not-matched') return 1;
  return 2 + clauses.filter(({ matched }) => !matched).length / clauses.length;
}

interface Asked {
  readonly explained?: readonly Explained[];
  readonly problem?: Problem;
}

/** @param watches undefined while they are not known */
export function useExplanations(url: string, watches: readonly Watch[] | undefined): Asked {
  const [asked, setAsked] = useState<Asked>({});
  const ids = watches?.map(({ id }) => id).join(' ');
  useEffect(() => {
    let isWanted = true;
    setAsked({});
    if (!url || !watches) return;
    explainUrl(url, watches)
      .then((explained) => isWanted && setAsked({ explained }))
      .catch((error) => isWanted && error instanceof Problem && setAsked({ problem: error }));
    return () => {
      isWanted = false;
    };
  }, [url, ids]);
  return asked;
}
