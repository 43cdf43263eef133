/**
 * Which stories each channel has to be told of, by the plain definition: what was published while its paper was
 * watched, whether the query matches it, and where the watch is told. When it is told is not its affair.
 */
import { matches } from '../../core/matches.ts';
import { parseQuery } from '../../core/query.ts';
import { news, type Told } from './news.ts';
import { pageOf } from './newsstand.ts';
import type { ReaderWatch } from './people.ts';
import type { Subscribed } from './readership.ts';

/** @returns names of stories, sorted */
export function owedTo({ reader, channel }: Subscribed): string[] {
  const watches = reader.watches.filter(({ to }) => to === undefined || to.includes(channel.kind));
  const owed = news.filter((told) => watches.some((watch) => isMatch(watch, told)));
  return [...new Set(owed.map(({ story }) => story))].sort();
}

function isMatch({ query }: ReaderWatch, told: Told): boolean {
  const { paper, title, text } = told;
  const article = { id: '', url: pageOf(told), title, summary: text, sourceId: '', sourceName: paper };
  return matches(parseQuery(query), article) !== null;
}
