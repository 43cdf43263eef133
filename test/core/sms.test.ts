import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitSms, segments } from '../../core/sms.ts';
import { corpus, readJsonl } from '../corpus.ts';

const counts: readonly [text: string, encoding: string, segments: number, characters: number][] = [
  ['', 'GSM-7', 0, 0],
  ['a', 'GSM-7', 1, 1],
  ['€', 'GSM-7', 1, 2],
  ['“quoted”', 'UCS-2', 1, 8],
  ['x'.repeat(160), 'GSM-7', 1, 160],
  ['x'.repeat(161), 'GSM-7', 2, 161],
  ['x'.repeat(306), 'GSM-7', 2, 306],
  ['x'.repeat(307), 'GSM-7', 3, 307],
  [`${'x'.repeat(152)}{${'x'.repeat(151)}`, 'GSM-7', 2, 305],
  [`${'x'.repeat(152)}{${'x'.repeat(152)}`, 'GSM-7', 3, 306],
  ['한'.repeat(70), 'UCS-2', 1, 70],
  ['한'.repeat(71), 'UCS-2', 2, 71],
  [`${'한'.repeat(66)}😀${'한'.repeat(65)}`, 'UCS-2', 2, 133],
  [`${'한'.repeat(66)}😀${'한'.repeat(66)}`, 'UCS-2', 3, 134],
];

test.each(counts)('%j is %s, %i parts, %i characters', (text, encoding, parts, characters) => {
  expect(segments(text)).toEqual({ encoding, segments: parts, characters });
});

interface Counted {
  readonly id: string;
  readonly text: string;
  readonly encoding: string;
  readonly segments: number;
  readonly units: number;
}

describe.skipIf(corpus === undefined)('the shared cases', () => {
  test.each(readJsonl<Counted>('sms/segments.jsonl'))('$id', ({ text, encoding, units, ...expected }) => {
    expect(segments(text)).toEqual({ encoding, segments: expected.segments, characters: units });
  });
});

const link = 'https://example.com/a';
const long = `${'word '.repeat(60)}end`;

const fitted: readonly [name: string, title: string, source: string, link: string, expected: string][] = [
  ['plain', 'Rates rise', 'Korea Herald', link, `Korea Herald: Rates rise ${link}`],
  ['quotes and dashes', '“It’s” — done…', 'BBC', link, `BBC: "It's" - done... ${link}`],
  ['ligatures and spaces', 'ﬁrst\u00a0oﬀer', 'BBC', link, `BBC: first offer ${link}`],
  ['marks that the alphabet lacks', 'Málaga y Łódź', 'BBC', link, `BBC: Malaga y Lodz ${link}`],
  ['letters without marks', 'Đđ łı Œœ Ðð Þþ ħŧ ẞ', 'BBC', link, `BBC: Dd li OEoe Dd Thth ht SS ${link}`],
  ['letters that it has', 'Köln é', 'BBC', link, `BBC: Köln é ${link}`],
  ['emoji', '🔥 Fire 👨‍👩‍👧 out', 'BBC', link, `BBC: Fire out ${link}`],
  ['line breaks', 'one\r\ntwo', 'BBC', link, `BBC: one two ${link}`],
  ['another script', '반도체 수출 증가', '연합뉴스', link, `연합뉴스: 반도체 수출 증가 ${link}`],
  ['another script and Latin letters', 'Gdańsk 항구', '연합뉴스', link, `연합뉴스: Gdańsk 항구 ${link}`],
  ['no source', 'Rates rise', '', link, `Rates rise ${link}`],
  ['no title', '', 'BBC', link, `BBC ${link}`],
  ['an IRI', 'Rates rise', 'BBC', 'https://example.com/é', 'BBC: Rates rise https://example.com/%C3%A9'],
  ['cut at a word', long, 'BBC', link, `BBC: ${'word '.repeat(25)}word... ${link}`],
  [
    'a title that is worth more than its source',
    '반도체 수출 증가',
    'Yonhap',
    `https://example.com/${'x'.repeat(35)}`,
    `반도체 수출 증가 https://example.com/${'x'.repeat(35)}`,
  ],
  [
    'a link that leaves another script no room',
    '반도체 수출 증가',
    'Yonhap',
    `https://example.com/${'x'.repeat(60)}`,
    `Yonhap https://example.com/${'x'.repeat(60)}`,
  ],
  [
    'a link too long for any text',
    'Rates rise',
    'BBC',
    `https://example.com/${'x'.repeat(160)}`,
    'Rates rise',
  ],
];

test.each(fitted)('%s', (_name, title, source, to, expected) => {
  expect(fitSms({ title, source, link: to }, 1)).toBe(expected);
});

test('whatever is said, a text fits its parts and keeps a link of usual length', () => {
  const content = fc.record({
    title: fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
    source: fc.string({ unit: 'grapheme', maxLength: 80 }),
    link: fc.webUrl().filter((url) => url.length <= 60),
  });
  fc.assert(
    fc.property(content, fc.integer({ min: 1, max: 4 }), (sms, parts) => {
      const text = fitSms(sms, parts);
      expect(segments(text).segments).toBeLessThanOrEqual(parts);
      expect(text).toContain(new URL(sms.link).href);
    }),
  );
});
