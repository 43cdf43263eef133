/**
 * Typographic characters as the plain ones a typewriter has: what newsrooms use for looks, and what neither an
 * SNS subject nor the alphabet of texts knows.
 *
 *     plainTypography('“Café” — it’s ﬁne…')  // '"Café" - it\'s fine...'
 */

type Replacement = readonly [pattern: RegExp, plain: (found: string) => string];

const replacements: readonly Replacement[] = [
  [/[‘’‚‛‹›ʼʻ`´′＇]/gu, () => "'"],
  [/[“”„‟«»″＂〝〞]/gu, () => '"'],
  [/[‐‑‒–−﹣－]/gu, () => '-'],
  [/\s*[—―]\s*/gu, () => ' - '],
  [/…/gu, () => '...'],
  [/[•·・●]/gu, () => '-'],
  [/[\ufb00-\ufb06™№]/gu, (found) => found.normalize('NFKC')],
];

/** Control and format characters, but for those that join letters in Persian and Hindi. */
const invisible = /(?![\u200c\u200d])[\p{Cc}\p{Cf}]/gu;

/** The same text with plain quotes, dashes, ellipses and ligatures, and one space wherever there was whitespace. */
export function plainTypography(text: string): string {
  let result = text.replace(/\s+/gu, ' ').replace(invisible, '');
  for (const [pattern, plain] of replacements) result = result.replace(pattern, plain);
  return result.replace(/ {2,}/g, ' ').trim();
}

/**
 * The beginning of a text, cut where a word ends, with `mark` in the place of the rest. Nothing is cut inside a
 * character. A first word that is too long by itself is cut anyway.
 *
 * @param fits whether a candidate is short enough
 * @returns the whole text if it fits, and '' if not even one character does
 */
export function cutAtWord(text: string, fits: (candidate: string) => boolean, mark = '...'): string {
  if (fits(text)) return text;
  const characters = Array.from(text);
  const length = longest(characters.length, (n) => fits(characters.slice(0, n).join('') + mark));
  if (length === 0) return '';
  const cut = characters.slice(0, length).join('');
  const whole = characters[length] === ' ' ? cut : cut.replace(/\s\S*$/u, '');
  return whole.replace(/[\s,;:.\-–—]+$/u, '') + mark;
}

/** The largest n up to `most` for which `fits` holds; it holds for all below the largest. */
function longest(most: number, fits: (n: number) => boolean): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
