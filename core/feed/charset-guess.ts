/**
 * The charset of text that declares none and is no UTF-8, judged by what it would say in each: Korean is mostly
 * syllables of Hangul, Japanese has kana, Hebrew nearly nothing but letters, Russian is mostly in lower case, Chinese
 * keeps to the first level of its character set. Greek would be Russian too, but hardly has the letter `ΰ`, which
 * is the Russian `а`.
 */

interface Guess {
  readonly encoding: string;
  /** What such text is made of, and how much of what is not ASCII must be that. */
  readonly typical: RegExp;
  readonly share: number;
}

/** The strictest first. A single letter among Latin ones is Western. */
const guesses: readonly Guess[] = [
  { encoding: 'euc-kr', typical: /[가-힣]/g, share: 0.8 },
  { encoding: 'shift_jis', typical: /[\u3041-\u30fe]/g, share: 0.15 },
  { encoding: 'euc-jp', typical: /[\u3041-\u30fe]/g, share: 0.15 },
  { encoding: 'windows-1255', typical: /[\u05d0-\u05ea]{2,}/g, share: 0.95 },
  { encoding: 'windows-1253', typical: /[ά-ία-ώ]{2,}/g, share: 0.9 },
  { encoding: 'windows-1251', typical: /[а-яё]{2,}/g, share: 0.7 },
  { encoding: 'koi8-r', typical: /[а-яё]{2,}/g, share: 0.7 },
];

/** Chinese: lead and trail bytes of the first level, which holds the characters of everyday text. */
const levels = [
  { encoding: 'gb18030', lead: [0xb0, 0xd7], trail: 0xa1, share: 0.7 },
  { encoding: 'big5', lead: [0xa4, 0xc6], trail: 0x40, share: 0.7 },
] as const;

const sampleBytes = 65_536;
/** The Russian `я` is no Greek letter, and other letters that are as common are none of Hebrew. */
const mostUnreadable = 0.01;

export function guessCharset(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, sampleBytes);
  const guess =
    guesses.find((each) => isTypical(sample, each)) ?? levels.find((each) => isFirstLevel(sample, each));
  return guess?.encoding ?? 'windows-1252';
}

function isTypical(sample: Uint8Array, { encoding, typical, share }: Guess): boolean {
  const text = new TextDecoder(encoding).decode(sample, { stream: true });
  const letters = text.match(/[^\0-\x7f\s]/gu)?.length ?? 0;
  const unreadable = text.match(/\ufffd/g)?.length ?? 0;
  const found = text.match(typical)?.join('').length ?? 0;
  return letters > 0 && found >= letters * share && unreadable <= letters * mostUnreadable;
}

function isFirstLevel(sample: Uint8Array, { lead, trail, share }: (typeof levels)[number]): boolean {
  let pairs = 0;
  let found = 0;
  for (let i = 0; i + 1 < sample.length; i++) {
    const byte = sample[i] as number;
    if (byte < 0x80) continue;
    pairs++;
    i++;
    if (byte >= lead[0] && byte <= lead[1] && (sample[i] as number) >= trail) found++;
  }
  return found >= pairs * share;
}
