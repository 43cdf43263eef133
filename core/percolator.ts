/**
 * Which of many watches match one article. Each watch is filed under its rarest words; an article looks only at what
 * is filed under the words it has. `matches` says what the answer means, this gives the same one fast.
 *
 *     const percolator = Percolator.build([{ id: 'w1', query: 'sanctions -trade' }]);
 *     percolator.percolate(article).watchIds → ['w1']
 *
 * Changes go into small indexes beside the large one, which are merged as they grow. How it works and what it costs:
 * `docs/percolator.md`.
 */
import type { Article, Watch } from './model.ts';
import { readPercolator, writePercolator } from './percolator/bytes.ts';
import { scanArticle } from './percolator/scan.ts';
import { findCandidates, verifyCandidates } from './percolator/search.ts';
import { buildSegment, liveWatches, removeFrom, type Segment, takeFound } from './percolator/segment.ts';

export interface BrokenWatch {
  readonly watchId: string;
  readonly message: string;
}

export interface Percolation {
  /** Sorted by UTF-16 code units. */
  readonly watchIds: string[];
  /** How many watches were looked at: those filed under a word of the article. */
  readonly candidates: number;
}

/** The last index may be this much smaller than the one before until the two are merged. */
const mergeRatio = 4;

export class Percolator {
  /** Largest first; an id is live in at most one. */
  readonly #segments: Segment[] = [];
  /** Changed since the last percolation. */
  readonly #fresh = new Map<string, string>();
  readonly #broken = new Map<string, string>();

  /** Never throws for a bad watch: see `broken`. Of two with the same id the later counts. */
  static build(watches: Iterable<Watch>): Percolator {
    const percolator = new Percolator();
    percolator.#add([...watches]);
    return percolator;
  }

  /** @throws SnapshotError where the bytes are not those of `toBytes` of this version, whole and unchanged */
  static fromBytes(bytes: Uint8Array): Percolator {
    const percolator = new Percolator();
    const { segment, broken } = readPercolator(bytes);
    percolator.#segments.push(segment);
    for (const { watchId, message } of broken) percolator.#broken.set(watchId, message);
    return percolator;
  }

  /** How many watches can match: the broken ones do not count. */
  get size(): number {
    this.#takeIn();
    return this.#segments.reduce((sum, { live }) => sum + live, 0);
  }

  /** Watches whose query cannot be read, sorted by id. */
  get broken(): BrokenWatch[] {
    this.#takeIn();
    const found = [...this.#broken].map(([watchId, message]) => ({ watchId, message }));
    return found.sort((a, b) => (a.watchId < b.watchId ? -1 : 1));
  }

  /** Adds a watch or replaces the one with the same id. */
  upsert({ id, query }: Watch): void {
    this.remove(id);
    this.#fresh.set(id, query);
  }

  /** Does nothing for an unknown id. */
  remove(id: string): void {
    this.#fresh.delete(id);
    this.#broken.delete(id);
    for (const segment of this.#segments) removeFrom(segment, id);
  }

  percolate(article: Article): Percolation {
    this.#takeIn();
    scanArticle(
      article,
      this.#segments.some(({ search }) => search.index.usesAttributes),
    );
    let candidates = 0;
    const watchIds = this.#segments.map((segment) => {
      const found = findCandidates(segment.search);
      verifyCandidates(segment.search, found);
      candidates += found;
      return takeFound(segment);
    });
    return { watchIds: watchIds.length === 1 ? watchIds[0]! : watchIds.flat().sort(), candidates };
  }

  /** Everything in one versioned, checksummed piece, for `fromBytes`. Merges all indexes first. */
  toBytes(): Uint8Array {
    this.#takeIn();
    const [only] = this.#segments;
    const isWhole = this.#segments.length === 1 && only?.live === only?.search.index.size;
    if (!isWhole) this.#mergeLast(this.#segments.length);
    return writePercolator(this.#segments[0]!, this.broken);
  }

  /** What changed becomes a small index, merged with those before it while they are of about its size. */
  #takeIn(): void {
    if (this.#fresh.size === 0) return;
    const fresh = [...this.#fresh].map(([id, query]) => ({ id, query }));
    this.#fresh.clear();
    this.#add(fresh);
    for (;;) {
      const [before, last] = this.#segments.slice(-2);
      if (last === undefined || before === undefined || last.live * mergeRatio < before.live) return;
      this.#mergeLast(2);
    }
  }

  #add(watches: Watch[]): void {
    const { segment, broken } = buildSegment(watches);
    for (const { watchId, message } of broken) this.#broken.set(watchId, message);
    this.#segments.push(segment);
  }

  #mergeLast(count: number): void {
    const merged = this.#segments.splice(this.#segments.length - count);
    this.#add(merged.flatMap((segment) => [...liveWatches(segment)]));
  }
}
