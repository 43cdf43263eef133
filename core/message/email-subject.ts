/**
 * The subject of an e-mail: printable ASCII, below 100 characters, because SNS refuses line breaks and control
 * characters and mail servers differ in what they make of the rest.
 *
 *     emailSubject({ title: '“Café” tax row', … }, 'Taxes');    // '"Cafe" tax row'
 *     emailSubject({ title: '반도체 수출 증가', … }, 'Chips');     // 'Chips: an article in Korean from Yonhap'
 *
 * Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */

import transliterate from '@sindresorhus/transliterate';
import type { Article } from '../model.ts';
import { cutAtWord, plainTypography } from '../text/typography.ts';

const LONGEST_SUBJECT = 99;

/** Scripts whose readers can read them in Latin letters. Arabic without vowels or Hangul by letter they cannot. */
const romanised =
  /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Georgian}]/u;

type Titled = Pick<Article, 'title' | 'url' | 'sourceName' | 'language'>;

/**
 * The title if it stays readable, otherwise which watch it is for, in which language and from where.
 *
 * @param watch its name
 */
export function emailSubject(article: Titled, watch: string): string {
  return fitSubject(readableAscii(article.title) ?? describe(article, watch));
}

/** Undefined when most of the letters would be lost, or be of no use to their readers. */
function readableAscii(text: string): string | undefined {
  const letters = text.match(/\p{L}/gu) ?? [];
  const readable = letters.filter((letter) => romanised.test(letter)).length;
  const ascii = toAscii(text);
  return /[A-Za-z0-9]/.test(ascii) && readable * 2 >= letters.length ? ascii : undefined;
}

/** @param text with something of ASCII in it, so that the subject is not empty */
export function fitSubject(text: string): string {
  // `=?` begins an encoded word (RFC 2047), which a mail program would decode.
  const ascii = toAscii(text).replaceAll('=?', '= ?');
  return cutAtWord(ascii, ({ length }) => length <= LONGEST_SUBJECT);
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

function describe({ url, sourceName = '', language }: Titled, watch: string): string {
  const tongue = language && languageName(language);
  const article = tongue ? `an article in ${tongue}` : 'an article';
  const source = readableAscii(sourceName) ?? new URL(url).hostname.replace(/^www\./, '');
  return `${readableAscii(watch) ?? 'News alert'}: ${article} from ${source}`;
}

function languageName(tag: string): string | undefined {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(tag.split('-')[0]!);
  } catch {
    // A publisher's language tag may be anything; RangeError says that it is no tag.
    return undefined;
  }
}
