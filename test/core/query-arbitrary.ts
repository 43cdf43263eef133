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

const word = fc.constantFrom(...words);
const text = (maxLength: number) =>
  fc
    .array(fc.tuple(word, fc.constantFrom(...separators)), { maxLength })
    .map((pieces) => pieces.flat().join(''));

/** An article whose fields are made of the vocabulary. */
export const article: fc.Arbitrary<Article> = fc.record(
  {
    id: fc.constant('article'),
    url: fc.constantFrom('https://www.koreaherald.com/a', 'https://news.example.org/b?c=d', 'no url'),
    title: text(6),
    summary: text(6),
    body: text(25),
    author: text(3),
    language: fc.constantFrom('en', 'en-GB', 'ko', 'pt_BR'),
    categories: fc.array(fc.constantFrom('World', 'World News', 'Economy'), { maxLength: 2 }),
    sourceId: fc.constantFrom('herald', 'source-2'),
    sourceName: fc.constantFrom('The Herald', 'Example News'),
  },
  { requiredKeys: ['id', 'url', 'title', 'sourceId'] },
);

const plain = word.filter((each) => !/["…]/.test(each));
const phrase = fc.array(plain, { minLength: 1, maxLength: 3 }).map((each) => `"${each.join(' ')}"`);
const prefix = fc.constantFrom(
  'deplo*',
  'rus*',
  'san*',
  '한국*',
  'cou*',
  '100*',
  'min*',
  '"north dep*"',
  'istan*',
  'ёлк*',
);
const exact = fc.constantFrom(
  '=US',
  '=Korea',
  '="first ever"',
  '=한국',
  '=C++',
  '=us',
  '="Russia sanctions"',
  '=são',
);
const words_ = fc.oneof({ weight: 6, arbitrary: word }, { weight: 3, arbitrary: phrase }, prefix, exact);
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

const place = fc.oneof(
  words_,
  fc.tuple(words_, words_).map(([a, b]) => `(${a} OR ${b})`),
);
const near = fc
  .tuple(place, fc.constantFrom('NEAR', 'ONEAR'), fc.integer({ min: 0, max: 6 }), place, fc.option(place))
  .map(
    ([a, operator, within, b, c]) =>
      `${a} ${operator}/${within} ${b}${c === null ? '' : ` ${operator}/2 ${c}`}`,
  );

const { query } = fc.letrec<{ query: string; group: string }>((tie) => ({
  query: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: words_ },
    { weight: 2, arbitrary: near.map((each) => `(${each})`) },
    { weight: 1, arbitrary: attribute },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom('title', 'summary', 'body', 'author'),
          fc.oneof(
            words_,
            near.map((each) => `(${each})`),
            fc.tuple(words_, words_).map(([a, b]) => `(${a} OR -${b})`),
          ),
        )
        .map(([field, each]) => `${field}:${each}`),
    },
    { weight: 3, arbitrary: tie('group') },
    { weight: 1, arbitrary: tie('query').map((each) => `-(${each})`) },
  ),
  group: fc
    .tuple(
      fc.constantFrom(' ', ' AND ', ' OR ', ' -', ' NOT '),
      fc.array(tie('query'), { minLength: 2, maxLength: 3 }),
    )
    .map(([operator, parts]) => `(${parts.join(operator)})`),
}));

/** Text that looks like a query and may be refused. */
export const queryText: fc.Arbitrary<string> = query;
