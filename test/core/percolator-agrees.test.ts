/**
 * The percolator against the plain definition, on random watches and articles. `TOCSIN_RUNS` says how many cases:
 * `npm run test:long` runs a million.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches, matchesText } from '../../core/matches.ts';
import type { Article, Watch } from '../../core/model.ts';
import { Percolator } from '../../core/percolator.ts';
import { readArticle } from '../../core/query/article-text.ts';
import type { Query } from '../../core/query/tree.ts';
import { parseQuery } from '../../core/query.ts';
import { articleOf, idsFor } from './percolator-article.ts';
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

describe('conditions inside each other hold as matches says, for every choice of words', () => {
  const words = ['a1', 'b1', 'c1', 'd1'];
  const bodies = Array.from({ length: 16 }, (_, bits) => words.filter((_, i) => (bits >> i) & 1).join(' '));
  test.each([
    'a1 ((-b1 c1) OR d1)',
    'a1 (b1 OR (c1 d1))',
    'a1 (b1 OR -(c1 d1))',
    'a1 -(b1 (c1 OR d1))',
    '(a1 OR b1) (c1 OR d1)',
    '(a1 OR b1) -(c1 OR d1)',
    'a1 NEAR/0 b1 body:(c1 OR d1)',
    'a1 -(b1 NEAR/0 c1) -"c1 d1"',
    '"a1 b1" NEAR/0 (c1 OR d1)',
    '(a1 NEAR/0 b1) NEAR/1 =d1',
  ])('%s', (query) => {
    const percolator = Percolator.build([{ id: 'w', query }]);
    const found = bodies.filter((body) => idsFor(percolator, body).length === 1);
    expect(found).toEqual(bodies.filter((body) => matches(parseQuery(query), articleOf(body))));
    expect(found.length).toBeGreaterThan(0);
  });
});

describe('a prefix is found as matches finds it', () => {
  test.each([
    ['899000*', 'for 899,000 won'],
    ['8990000*', 'for 899,000 won'],
    ['899000*', 'for 899,000 won \u2d30 of another script'],
    ["o'neil*", 'Mr O’Neill'],
    ['oneil*', 'Mr O’Neill'],
    ['strassen*', 'die Straßenbahn'],
    ['str\u00e4ss*', 'das Sträßchen'],
    ['author:kim*', 'no Kimberly here'],
    ['author:strass*', 'no street'],
    ['strass*', 'no street'],
    ['deployments*', 'one deployment'],
    ['한국전*', '한국전쟁'],
    ['agent_sm*', 'agent_smith_jones'],
    ['deployments* OR dep*', 'a deputy'],
    ['strassenbahnen* OR strass* OR str*', 'die Straße'],
  ])('%s in %s', (query, body) => {
    const article = { ...articleOf(body), author: 'Straßmann' };
    const expected = matches(parseQuery(query), article) ? ['w'] : [];
    expect(Percolator.build([{ id: 'w', query }]).percolate(article).watchIds).toEqual(expected);
  });
});

describe('words near each other in one field, but not from one field to the next', () => {
  const [near, far] = ['alpha beta', 'alpha. - . beta'];
  const apart = { title: 'alpha', summary: 'beta gamma', body: 'delta' };
  test.each<[string, Partial<Article>, boolean]>([
    ['"alpha" NEAR/3 "beta"', apart, false],
    ['"beta" NEAR/3 "alpha"', apart, false],
    ['"gamma" NEAR/3 "delta"', apart, false],
    ['"alpha" NEAR/9 "delta"', apart, false],
    ['"alpha" NEAR/9 "delta"', { body: 'delta', summary: 'alpha' }, false],
    ['author:("alpha" NEAR/3 "beta")', { title: near, author: 'alpha' }, false],
    ...(['title', 'summary', 'body'] as const).flatMap((field): [string, Partial<Article>, boolean][] => [
      ['"alpha" NEAR/0 "beta"', { title: 'x', summary: 'y', body: 'z', [field]: far, author: near }, true],
      ['"alpha" ONEAR/3 "beta"', { ...apart, [field]: far }, true],
    ]),
    ['"alpha" ONEAR/0 "alpha"', { body: 'alpha alpha' }, true],
    ['"alpha" ONEAR/0 "alpha"', { body: 'alpha beta alpha' }, false],
    ['author:("alpha" NEAR/3 "beta")', { ...apart, author: near }, true],
  ])('%s in %j', (query, fields, found) => {
    const article = { ...articleOf(''), ...fields };
    expect(matches(parseQuery(query), article) !== null).toBe(found);
    expect(Percolator.build([{ id: 'w', query }]).percolate(article).watchIds).toEqual(found ? ['w'] : []);
  });
});
