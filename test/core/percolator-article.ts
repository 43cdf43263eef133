import type { Article } from '../../core/model.ts';
import type { Percolator } from '../../core/percolator.ts';

/** An article of nothing but a body. */
export const articleOf = (body: string): Article => ({
  id: 'a',
  url: 'https://example.org/',
  sourceId: 's',
  title: '',
  body,
});

/** The ids of the watches that match it. */
export const idsFor = (percolator: Percolator, body: string) =>
  percolator.percolate(articleOf(body)).watchIds;
