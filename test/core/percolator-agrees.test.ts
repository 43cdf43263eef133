/**
 * The percolator against the plain definition, on random watches and articles. `TOCSIN_RUNS` says how many cases:
 * `npm run test:long` runs a million.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readArticle } from '../../core/article-text.ts';
import { matchesText } from '../../core/matches.ts';
import type { Article, Watch } from '../../core/model.ts';
import { Percolator } from '../../core/percolator.ts';
import { parseQuery } from '../../core/query.ts';
import type { Query } from '../../core/query-tree.ts';
import { article, queryText } from './query-arbitrary.ts';

const runs = Number(process.env.TOCSIN_RUNS ?? 4000);

const watches = fc
  .array(queryText, { minLength: 1, maxLength: 12 })
  .map((queries): Watch[] => queries.map((query, i) => ({ id: `s${i % 3}#w${i}`, query })));

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
  test('for any watches and article', () => {
    fc.assert(
      fc.property(watches, article, (all, each) => {
        expect(Percolator.build(all).percolate(each).watchIds).toEqual(filterByMatches(all, each));
      }),
      { numRuns: runs },
    );
  });

  test('for one article after the other', () => {
    fc.assert(
      fc.property(watches, fc.array(article, { minLength: 2, maxLength: 5 }), (all, articles) => {
        const percolator = Percolator.build(all);
        for (const each of articles) {
          expect(percolator.percolate(each).watchIds).toEqual(filterByMatches(all, each));
        }
      }),
      { numRuns: Math.ceil(runs / 4) },
    );
  });

  test('after any changes and a round trip through bytes', () => {
    const change = fc.record({
      id: fc.constantFrom('s0#w0', 's1#w1', 's2#w2', 's9#new'),
      query: fc.option(queryText),
    });
    fc.assert(
      fc.property(
        watches,
        fc.array(change, { maxLength: 8 }),
        fc.array(article, { minLength: 1, maxLength: 3 }),
        (all, changes, articles) => {
          let percolator = Percolator.build(all);
          const now = new Map(all.map((watch) => [watch.id, watch]));
          changes.forEach(({ id, query }, i) => {
            if (query === null) {
              percolator.remove(id);
              now.delete(id);
            } else {
              percolator.upsert({ id, query });
              now.set(id, { id, query });
            }
            if (i % 3 === 1) percolator = Percolator.fromBytes(percolator.toBytes());
            const each = articles[i % articles.length]!;
            expect(percolator.percolate(each).watchIds).toEqual(filterByMatches(now.values(), each));
          });
          const good = [...now.values()].filter(({ query }) => accepted(query));
          expect(percolator.size).toBe(good.length);
          expect(percolator.broken.length).toBe(now.size - good.length);
        },
      ),
      { numRuns: Math.ceil(runs / 4) },
    );
  });
});
