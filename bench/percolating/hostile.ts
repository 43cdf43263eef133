/** Watches and texts made to hurt: whatever they are, an article takes a bounded time. */
import type { Article, Watch } from '../../core/model.ts';

const common = ['the', 'of', 'and', 'to', 'in', 'a', 'is'];
const words = (count: number) => Array.from({ length: count }, (_, i) => common[i % common.length]!);

/** The dearest of their kinds that a query may be. */
const queries = [
  words(250).join(' OR '),
  words(250).join(' '),
  words(30).join(' NEAR/1000 '),
  words(30).join(' ONEAR/1000 '),
  `${'('.repeat(14)}the${' NEAR/9 of)'.repeat(14)}`,
  words(100)
    .map((word) => `="${word.toUpperCase()}"`)
    .join(' OR '),
  `"${words(60).join(' ')}" NEAR/1000 "of the"`,
  words(100)
    .map((word) => `title:${word}`)
    .join(' OR '),
  '"the of" NEAR/1000 (and OR to OR in)',
  'the -="THE" of',
  'the NEAR/1000 the',
];

/** Each a little different, so that nothing of one serves another. */
export function hostileWatches(count: number): Watch[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `w${i}`,
    query: `(${queries[i % queries.length]}) OR only${i}`,
  }));
}

const longest = 131_072;

export const hostileTexts: Readonly<Record<string, string>> = {
  'one word': 'the '.repeat(longest / 4),
  'the words of the watches': `${common.join(' ')} `.repeat(longest / 16),
  'one character': 'x'.repeat(longest),
  'one letter of Hangul': '한'.repeat(longest),
  initials: 'U.S.'.repeat(longest / 4),
};

export const articleOf = (text: string): Article => ({
  id: 'hostile',
  url: 'https://news.example.org/a',
  sourceId: 'bench',
  title: text.slice(0, 1000),
  body: text,
});
