/** The shared cases: a query, an article and whether they match. */
import { describe, expect, test } from 'vitest';
import { matches } from '../../core/matches.ts';
import { Percolator } from '../../core/percolator.ts';
import { parseQuery, printQuery } from '../../core/query.ts';
import { corpus, readJsonl } from '../corpus.ts';

interface Case {
  readonly id: string;
  readonly query: string;
  readonly doc: { title?: string; body?: string; author?: string };
  readonly match: boolean;
  readonly tier: 'unarguable' | 'common' | 'arguable';
  readonly note?: string;
}

/** Where most products answer otherwise, or differ, and we decided: `docs/queries.md` says why. */
const decidedOtherwise = new Set([
  'm-399417b0b2', // a query without a field does not look at the author
  'm-012a876358', // a script without spaces matches as a substring of the run
  'm-7a73d7ffab', // singular finds plural
  'm-c44b9ac1fd', // punctuation between the words of a phrase does not count
]);

describe.skipIf(corpus === undefined)('shared matching cases', () => {
  test.each(readJsonl<Case>('matching/cases.jsonl'))(
    '$tier: $query ($id)',
    ({ id, query, doc, ...expected }) => {
      const match = decidedOtherwise.has(id) ? !expected.match : expected.match;
      const article = { id: 'a', url: 'https://example.com/', sourceId: 's', title: '', ...doc };
      const parsed = parseQuery(query);
      expect(matches(parsed, article) !== null).toBe(match);
      expect(matches(parseQuery(printQuery(parsed)), article) !== null).toBe(match);
      const { watchIds } = Percolator.build([{ id: 'w', query }]).percolate(article);
      expect(watchIds).toEqual(match ? ['w'] : []);
    },
  );
});

interface BadQuery {
  readonly id: string;
  readonly query: string;
  readonly mustRefuse: boolean;
}

describe.skipIf(corpus === undefined)('shared bad queries', () => {
  test.each(readJsonl<BadQuery>('matching/bad-queries.jsonl'))('$id', ({ query, mustRefuse }) => {
    const anything = { id: 'a', url: 'https://example.com/', sourceId: 's', title: 'zebra', body: 'quagga' };
    let refused = false;
    try {
      expect(matches(parseQuery(query), anything)).toBeNull();
    } catch (error) {
      refused = true;
      expect(error).toMatchObject({ name: 'QueryError' });
    }
    if (mustRefuse) expect(refused).toBe(true);
  });
});
