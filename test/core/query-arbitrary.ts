/** Random queries and articles over a small vocabulary in mixed scripts, so that they often meet. */
import fc from 'fast-check';
import type { Article } from '../../core/model.ts';

const words = [
  'us',
  'US',
  'Russia',
  'Russia’s',
  "ministers'",
  'sanction',
  'sanctions',
  'countries',
  'country',
  'crisis',
  'news',
  'new',
  'men',
  'man',
  'first',
  'ever',
  'first-ever',
  'são',
  'Sao',
  'straße',
  'strasse',
  'C++',
  'C#',
  '.NET',
  'AT&T',
  '$TSLA',
  '#nato',
  'nato',
  '@handle',
  'S&P',
  '500',
  '1,000',
  '1000',
  '10000',
  '899,000',
  '3.5',
  'U.S.',
  'S.',
  'Korea',
  'l’Iran',
  'Iran',
  "don't",
  'O’Neill',
  'deploy',
  'deployed',
  'deployment',
  'ISTANBUL',
  'istanbul',
  'ΟΔΟΣ',
  'οδος',
  'ёлка',
  'елка',
  'й',
  '한국',
  '한국은',
  '한미',
  '동맹',
  '한미동맹',
  '東京',
  '東京都',
  'トヨタ',
  'ﾄﾖﾀ',
  'がぎ',
  'かき',
  'กรุงเทพ',
  'เทพ',
  'हिन्दी',
  'צה"ל',
  'عربي',
  'SK하이닉스',
  '5G手机',
  '中国5G',
  '💩',
  '👍🏽',
  '🇰🇷',
  '½',
  '10½',
  'a',
  'b',
  'c',
  'the',
  'ﬁn',
  'x_y',
  '㎞',
  'A.B.c',
  '…',
  '1,2,34',
];
const separators = [
  ' ',
  ' ',
  ' ',
  ' ',
  ', ',
  '. ',
  ' — ',
  '-',
  '\n',
  '',
  '/',
  ' “',
  '” ',
  '\u00a0',
  '\u200b',
  ' (',
  ') ',
  "'",
];

/** A few words to a case, so that watches and articles share them. */
const vocabulary = fc.uniqueArray(fc.constantFrom(...words), { minLength: 2, maxLength: 6 });

export interface Scene {
  readonly queries: string[];
  readonly articles: Article[];
}

/** Queries (some of them refused) and articles of one vocabulary. */
export const scene: fc.Arbitrary<Scene> = vocabulary.chain((some) =>
  fc.record({
    queries: fc.array(queryOf(some), { minLength: 1, maxLength: 12 }),
    articles: fc.array(articleOf(some), { minLength: 1, maxLength: 3 }),
  }),
);

/** Text that looks like a query and may be refused. */
export const queryText: fc.Arbitrary<string> = vocabulary.chain(queryOf);

function textOf(some: readonly string[], maxLength: number): fc.Arbitrary<string> {
  const any = fc.integer({ min: 0xa0, max: 0xffff }).map((code) => String.fromCharCode(code));
  const word = fc.oneof(
    { weight: 50, arbitrary: fc.constantFrom(...some) },
    { weight: 10, arbitrary: fc.constantFrom(...words) },
    { weight: 1, arbitrary: any },
  );
  const pieces = fc.array(fc.tuple(word, fc.constantFrom(...separators)), { maxLength });
  return pieces.map((each) => each.flat().join(''));
}

function articleOf(some: readonly string[]): fc.Arbitrary<Article> {
  const fields = {
    id: fc.constant('article'),
    url: fc.constantFrom('https://www.koreaherald.com/a', 'https://news.example.org/b?c=d', 'no url'),
    title: textOf(some, 6),
    summary: textOf(some, 6),
    body: textOf(some, 20),
    author: textOf(some, 4),
    language: fc.constantFrom('en', 'en-GB', 'ko', 'pt_BR'),
    categories: fc.array(fc.constantFrom('World', 'World News', 'Economy'), { maxLength: 2 }),
    sourceId: fc.constantFrom('herald', 'source-2'),
    sourceName: fc.constantFrom('The Herald', 'Example News'),
  };
  return fc.record(fields, { requiredKeys: ['id', 'url', 'title', 'sourceId'] });
}

const attribute = fc.constantFrom(
  'site:koreaherald.com',
  'site:example.org',
  'source:herald',
  'source:"Example News"',
  'category:"World News"',
  'category:world',
  'lang:en',
  'lang:pt-BR',
);

/** Words, phrases, prefixes and exact words. */
function wordsOf(some: readonly string[]): fc.Arbitrary<string> {
  const word = fc.constantFrom(...some);
  const plain = word.map((each) => each.replace(/["…]/g, ''));
  const phrase = fc.array(plain, { minLength: 1, maxLength: 3 }).map((each) => each.join(' '));
  return fc.oneof(
    { weight: 6, arbitrary: word },
    { weight: 3, arbitrary: phrase.map((each) => `"${each}"`) },
    { weight: 1, arbitrary: phrase.map((each) => `="${each}"`) },
    { weight: 1, arbitrary: plain.map((each) => `=${each}`) },
    { weight: 2, arbitrary: fc.tuple(plain, fc.integer({ min: 3, max: 8 }), beyond).map(prefixOf) },
    { weight: 1, arbitrary: fc.tuple(plain, plain).map(([a, b]) => `"${a} ${b}*"`) },
  );
}

/** Where a prefix is longer than its word. */
const beyond = fc.constantFrom('', '', '0', 's');
const prefixOf = ([word, length, more]: [string, number, string]) =>
  `${[...word].slice(0, length).join('')}${more}*`;

function nearOf(words: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const place = fc.oneof(
    { weight: 3, arbitrary: words },
    fc.tuple(words, words).map(([a, b]) => `(${a} OR ${b})`),
  );
  return fc
    .tuple(place, fc.constantFrom('NEAR', 'ONEAR'), fc.integer({ min: 0, max: 12 }), place, fc.option(place))
    .map(([a, operator, within, b, c]) => `(${a} ${operator}/${within} ${b}${c ? ` NEAR/3 ${c}` : ''})`);
}

function fieldOf(words: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const value = fc.oneof(
    words,
    nearOf(words),
    fc.tuple(words, fc.constantFrom(' ', ' OR ', ' -'), words).map((each) => `(${each.join('')})`),
  );
  const field = fc.constantFrom('title', 'summary', 'body', 'author');
  return fc.tuple(field, value).map((each) => each.join(':'));
}

function queryOf(some: readonly string[]): fc.Arbitrary<string> {
  const words = wordsOf(some);
  return fc.letrec<{ query: string; group: string }>((tie) => ({
    query: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 4, arbitrary: words },
      { weight: 3, arbitrary: nearOf(words) },
      { weight: 1, arbitrary: attribute },
      { weight: 2, arbitrary: fieldOf(words) },
      { weight: 3, arbitrary: tie('group') },
      { weight: 1, arbitrary: tie('query').map((each) => `-(${each})`) },
    ),
    group: fc
      .tuple(
        fc.constantFrom(' ', ' AND ', ' OR ', ' -', ' NOT '),
        fc.array(tie('query'), { minLength: 2, maxLength: 3 }),
      )
      .map(([operator, parts]) => `(${parts.join(operator)})`),
  })).query;
}
