/**
 * The percolator against the plain definition, on random watches and articles. `TOCSIN_RUNS` says how many cases:
 * `npm run test:long` runs a million.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesText } from '../../core/matches.ts';
import type { Article, Watch } from '../../core/model.ts';
import { Percolator } from '../../core/percolator.ts';
import { readArticle } from '../../core/query/article-text.ts';
import type { Query } from '../../core/query/tree.ts';
import { parseQuery } from '../../core/query.ts';
import { queryText, scene } from './query-arbitrary.ts';

const runs = Number(process.env.TOCSIN_RUNS ?? 2500);

const watchesOf = (queries: readonly string[]): Watch[] =>
  queries.map((query, i) => ({ id: `s${i % 3}#w${i}`, query }));

function accepted(query: string): Query | undefined {
  try {
    return parseQuery(query);
  } catch {
    return undefined;
  }
}

/** What the percolator must answer, the slow obvious way. */
function filterByMatches(all: Iterable<Watch>, each: Article): string[] {
  const text = readArticle(each);
  return [...all]
    .filter(({ query }) => {
      const parsed = accepted(query);
      return parsed !== undefined && matchesText(parsed, text) !== null;
    })
    .map(({ id }) => id)
    .sort();
}

describe('percolate equals filtering by matches', () => {
  test('for any watches and articles', () => {
    fc.assert(
      fc.property(scene, ({ queries, articles }) => {
        const watches = watchesOf(queries);
        const percolator = Percolator.build(watches);
        for (const article of articles) {
          expect(percolator.percolate(article).watchIds).toEqual(filterByMatches(watches, article));
        }
      }),
      { numRuns: runs },
    );
  });

  test('after any changes and a round trip through bytes', () => {
    const change = fc.record({
      id: fc.constantFrom('s0#w0', 's1#w1', 's2#w2', 's9#new'),
      query: fc.option(queryText),
    });
    fc.assert(
      fc.property(scene, fc.array(change, { maxLength: 8 }), ({ queries, articles }, changes) => {
        const watches = watchesOf(queries);
        let percolator = Percolator.build(watches);
        const now = new Map(watches.map((watch) => [watch.id, watch.query]));
        changes.forEach(({ id, query }, i) => {
          percolator.remove(id);
          now.delete(id);
          if (query !== null) {
            percolator.upsert({ id, query });
            now.set(id, query);
          }
          if (i % 3 === 1) percolator = Percolator.fromBytes(percolator.toBytes());
          const article = articles[i % articles.length]!;
          expect(percolator.percolate(article).watchIds).toEqual(filterByMatches(toWatches(now), article));
        });
        const good = [...now.values()].filter((query) => accepted(query));
        expect(percolator.size).toBe(good.length);
        expect(percolator.broken.length).toBe(now.size - good.length);
      }),
      { numRuns: Math.ceil(runs / 4) },
    );
  });
});

const toWatches = (now: ReadonlyMap<string, string>): Watch[] =>
  [...now].map(([id, query]) => ({ id, query }));
