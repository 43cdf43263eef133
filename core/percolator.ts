/** Which of many watches match one article: candidates by one required word, then `matches` decides. */
import { readArticle } from './article-text.ts';
import { matchesText } from './matches.ts';
import type { Article, Watch } from './model.ts';
import { parseQuery } from './query.ts';
import type { Query } from './query-tree.ts';

export interface BrokenWatch {
  readonly watchId: string;
  readonly message: string;
}

export interface Percolation {
  /** Sorted by code units. */
  readonly watchIds: string[];
  /** How many watches were verified. */
  readonly candidates: number;
}

export class Percolator {
  readonly #queries = new Map<string, Query>();
  readonly #broken = new Map<string, string>();

  /** Never throws for a bad watch: see `broken`. Of two with the same id the later counts. */
  static build(watches: Iterable<Watch>): Percolator {
    const percolator = new Percolator();
    for (const watch of watches) percolator.upsert(watch);
    return percolator;
  }

  get size(): number {
    return this.#queries.size;
  }

  get broken(): BrokenWatch[] {
    return [...this.#broken].map(([watchId, message]) => ({ watchId, message }));
  }

  upsert({ id, query }: Watch): void {
    this.remove(id);
    try {
      this.#queries.set(id, parseQuery(query));
    } catch (error) {
      this.#broken.set(id, (error as Error).message);
    }
  }

  remove(id: string): void {
    this.#queries.delete(id);
    this.#broken.delete(id);
  }

  percolate(article: Article): Percolation {
    const text = readArticle(article);
    const watchIds = [...this.#queries].filter(([, query]) => matchesText(query, text)).map(([id]) => id);
    return { watchIds: watchIds.sort(), candidates: this.#queries.size };
  }
}
