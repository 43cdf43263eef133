/**
 * Texts as carriers count and charge them: in parts of 160 GSM-7 septets or 70 UCS-2 units, or of 153 and 67
 * when there are several, because each then carries a header. One curly quote makes a text UCS-2.
 *
 *     segments('It’s here');  // { encoding: 'UCS-2', segments: 1, characters: 9 }
 *     fitSms({ title: 'It’s here', source: 'Korea Herald', link: 'https://example.com/1' }, 1);
 *     // "Korea Herald: It's here https://example.com/1"
 *
 * Source: 3GPP TS 23.038 (alphabets) and TS 23.040, section 9.2.3.24.1 (headers of concatenated messages).
 */

import { septets, toGsm7 } from './message/gsm-7.ts';
import { cutAtWord, plainTypography } from './text/typography.ts';

export interface Segments {
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** Parts that the carrier charges for; 0 for the empty text. */
  readonly segments: number;
  /** Septets in GSM-7 (the extension table takes two a character), UTF-16 units in UCS-2. */
  readonly characters: number;
}

/** Counts the parts of a text exactly as it stands. */
export function segments(text: string): Segments {
  const characters = Array.from(text);
  const widths = characters.map(septets);
  return widths.includes(0)
    ? count(
        'UCS-2',
        characters.map(({ length }) => length),
        70,
        67,
      )
    : count('GSM-7', widths, 160, 153);
}

/** Neither an escaped character nor a surrogate pair is split between two parts. */
function count(encoding: Segments['encoding'], widths: readonly number[], single: number, several: number) {
  const characters = widths.reduce((sum, width) => sum + width, 0);
  if (characters <= single) return { encoding, segments: Math.min(characters, 1), characters };
  let parts = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > several) {
      parts++;
      used = 0;
    }
    used += width;
  }
  return { encoding, segments: parts, characters };
}

export interface SmsContent {
  readonly title: string;
  readonly source: string;
  readonly link: string;
}

/** A title shorter than this says nothing: then the source and the link are worth more. */
const SHORTEST_TITLE = 10;

/**
 * The text of an alert: source, title, link. The title is cut at a word as needed; the link stays whole. A link
 * that leaves a title in another script no room stands alone with its source, and one that is longer than all
 * parts together is left out.
 *
 * @param maxSegments parts that the text may take, at least 1
 */
export function fitSms({ title, source, link }: SmsContent, maxSegments: number): string {
  const fits = (text: string) => segments(text).segments <= maxSegments;
  const words = toGsm7(plainTypography(title));
  const from = toGsm7(plainTypography(source));
  const to = asciiUrl(link);
  for (const compose of layouts(from, to)) {
    const text = cutAtWord(words, (candidate) => fits(compose(candidate)));
    if (text.length >= Math.min(SHORTEST_TITLE, words.length) && text !== '') return compose(text);
  }
  const rest = [`${from} ${to}`, to].find(fits);
  return rest?.trim() ?? cutAtWord(words, fits);
}

/** The ways to put a title into a text, the fullest first. */
function layouts(source: string, link: string): ((title: string) => string)[] {
  const short = (title: string) => `${title} ${link}`;
  return source === '' ? [short] : [(title) => short(`${source}: ${title}`), short];
}

/** A link with other characters than ASCII would make the text UCS-2. What is no URL stays as it is. */
function asciiUrl(link: string): string {
  return URL.canParse(link) ? new URL(link).href : link;
}
