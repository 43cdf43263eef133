/**
 * The subject of an e-mail: printable ASCII, below 100 characters, because SNS refuses line breaks and control
 * characters and mail servers differ in what they make of the rest.
 *
 *     emailSubject({ title: '“Café” tax row', … });   // '"Cafe" tax row'
 *     emailSubject({ title: '반도체 수출 증가', … });      // 'Yonhap News: an article in Korean'
 *
 * Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */

import transliterate from '@sindresorhus/transliterate';
import type { Article } from './model.ts';
import { cutAtWord, plainTypography } from './typography.ts';

const LONGEST_SUBJECT = 99;

/** Scripts whose readers can read them in Latin letters. Arabic without vowels or Hangul by letter they cannot. */
const romanised =
  /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Georgian}]/u;

type Titled = Pick<Article, 'title' | 'url' | 'sourceName' | 'language'>;

/** The title if it stays readable, otherwise where the article is from and in which language. */
export function emailSubject(article: Titled): string {
  const { title } = article;
  const letters = title.match(/\p{L}/gu) ?? [];
  const readable = letters.filter((letter) => romanised.test(letter)).length;
  const ascii = toAscii(title);
  const isTitle = /[A-Za-z0-9]/.test(ascii) && readable * 2 >= letters.length;
  return fitSubject(isTitle ? ascii : describe(article));
}

/** Any text as a subject; never empty. */
export function fitSubject(text: string): string {
  // `=?` begins an encoded word (RFC 2047), which a mail program would decode.
  const ascii = toAscii(text).replaceAll('=?', '= ?');
  return cutAtWord(ascii || 'News alert', ({ length }) => length <= LONGEST_SUBJECT);
}

const money: [string, string][] = [
  ['€', 'EUR '],
  ['£', 'GBP '],
  ['¥', 'JPY '],
  ['₩', 'KRW '],
];

function toAscii(text: string): string {
  const latin = transliterate(plainTypography(text), { customReplacements: money });
  const ascii = latin.normalize('NFKD').replace(/[^\x20-\x7e]/g, '');
  return ascii.replace(/ {2,}/g, ' ').trim();
}

function describe({ url, sourceName = '', language }: Titled): string {
  const source = toAscii(sourceName);
  const name = /[A-Za-z]/.test(source) ? source : hostOf(url);
  const tongue = language && languageName(language);
  return `${name}: ${tongue ? `an article in ${tongue}` : 'a new article'}`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : 'News alert';
}

function languageName(tag: string): string | undefined {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(tag.split('-')[0]!);
  } catch {
    // A publisher's language tag may be anything; RangeError says that it is no tag.
    return undefined;
  }
}
